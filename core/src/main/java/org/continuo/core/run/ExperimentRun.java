package org.continuo.core.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Plan;
import org.continuo.core.plan.Planner;
import org.continuo.core.terminal.Progress;
import org.continuo.core.train.Interruption;
import org.continuo.core.train.Scopes;

/** One experiment file, bound: planned, or run in an injector of its own. */
public final class ExperimentRun {
  private final Bound<Experiment> file;
  private final Progress progress;

  public ExperimentRun(Bound<Experiment> file, PrintStream messages) {
    this.file = file;
    this.progress = Progress.on(messages);
  }

  /**
   * What the run would do.
   *
   * @throws DataException with all problems, if the run cannot be planned
   */
  public Plan plan() {
    requireCapabilities();
    RunListener listener = new RunListener(progress);
    return within(
        listener, () -> false, injector -> injector.getInstance(Planner.class).plan(strategy()));
  }

  /** Runs it, in a new folder under {@code out}; see {@link #run(RunFolder.Place, Finish)}. */
  public Outcome run(Path out, Finish finish) {
    return run(RunFolder.Place.under(out), finish);
  }

  /**
   * Runs it. Nothing is created if the plan does not stand.
   *
   * @param finish what to do with a run that completed or was interrupted, before the process may
   *     end
   * @throws DataException with all problems, if the run cannot be planned
   * @throws RunFailed if it breaks later
   */
  public Outcome run(RunFolder.Place place, Finish finish) {
    requireCapabilities();
    try (Interrupt interrupt = Interrupt.onShutdown()) {
      RunListener listener = new RunListener(progress);
      return within(
          listener,
          interrupt,
          injector -> {
            List<String> refusals = injector.getInstance(Planner.class).refusals();
            if (!refusals.isEmpty()) {
              throw new DataException(refusals);
            }
            Outcome outcome = run(injector, place, listener);
            finish.finished(outcome, injector.getInstance(Backbone.class));
            return outcome;
          });
    }
  }

  private Outcome run(Injector injector, RunFolder.Place place, RunListener listener) {
    Execution execution = injector.getInstance(Execution.class);
    try (RunFolder folder = place.open(file.options().name())) {
      folder.experiment(file.text());
      listener.writeTo(folder);
      return execution.run(strategy(), folder, listener, progress);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the run's folder", e);
    }
  }

  /** Called when a run has written its results. */
  @FunctionalInterface
  public interface Finish {
    void finished(Outcome outcome, Backbone backbone);
  }

  private void requireCapabilities() {
    List<String> problems = Planner.capabilityProblems(file);
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  private <R> R within(
      RunListener listener, Interruption interruption, Function<Injector, R> body) {
    Injector injector =
        Guice.createInjector(
            Stage.DEVELOPMENT, new RunModule(file.options(), strategy(), listener, interruption));
    try {
      return body.apply(injector);
    } catch (ProvisionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      progress.close();
      injector.getInstance(Scopes.class).close();
    }
  }

  private String strategy() {
    return file.choices().stream()
        .filter(choice -> choice.path().equals("experiment.strategy"))
        .map((Choice choice) -> choice.plugin().id())
        .findFirst()
        .orElseThrow();
  }
}
