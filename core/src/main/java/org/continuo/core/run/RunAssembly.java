package org.continuo.core.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.train.Interruption;
import org.continuo.core.train.Scopes;
import org.continuo.core.train.TrainingListener;

/** The parts of one run, put together but not run; closing it frees all native memory. */
public final class RunAssembly implements AutoCloseable {
  private final Injector injector;

  /**
   * @param strategy id under which the names of the strategy stand
   */
  public RunAssembly(
      Experiment experiment,
      String strategy,
      TrainingListener listener,
      Interruption interruption) {
    injector =
        Guice.createInjector(
            Stage.DEVELOPMENT, new RunModule(experiment, strategy, listener, interruption));
  }

  /** A part by its type: {@code Trainer}, {@code Evaluator}, {@code Backbone}, {@code Head} .. */
  public <T> T part(Class<T> type) {
    try {
      return injector.getInstance(type);
    } catch (ProvisionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    injector.getInstance(Scopes.class).close();
  }
}
