package org.continuo.core.run;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Split;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Parameters;
import org.continuo.core.engine.Engines;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Inputs;
import org.continuo.core.train.Hosts;
import org.continuo.core.train.Interruption;
import org.continuo.core.train.ParameterStore;
import org.continuo.core.train.SeedTree;
import org.continuo.core.train.TrainingListener;

/** Wires one run: the parts the experiment file chose, and the host around them. */
final class RunModule extends AbstractModule {
  private final Experiment experiment;
  private final String strategy;
  private final TrainingListener listener;
  private final Interruption interruption;

  RunModule(
      Experiment experiment,
      String strategy,
      TrainingListener listener,
      Interruption interruption) {
    this.experiment = experiment;
    this.strategy = strategy;
    this.listener = listener;
    this.interruption = interruption;
  }

  @Override
  protected void configure() {
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
    bind(Experiment.class).toInstance(experiment);
    bind(TrainingListener.class).toInstance(listener);
    bind(Interruption.class).toInstance(interruption);
  }

  @Provides
  @Singleton
  TaskStream stream(SeedTree seeds) {
    try {
      return experiment.stream().open(seeds.seed(SeedTree.Purpose.DATA));
    } catch (DataException e) {
      List<String> problems = new ArrayList<>(e.problems());
      problems.addAll(Inputs.problems(experiment.backbone()));
      throw new DataException(problems);
    }
  }

  @Provides
  @Singleton
  Engine engine() {
    return Engines.of(experiment.backbone().engine());
  }

  @Provides
  @Singleton
  NDManager root(Engine engine) {
    return engine.newBaseManager();
  }

  @Provides
  @Singleton
  Backbone backbone(ParameterStore store, TaskStream stream, SeedTree seeds) {
    Parameters weights = store.view(ParameterStore.BACKBONE);
    return experiment.backbone() instanceof Backbone.FromScratch scratch
        ? scratch.create(
            weights,
            trainingTexts(stream),
            seeds.seed(SeedTree.Purpose.INITIALISATION, ParameterStore.BACKBONE))
        : experiment.backbone().load(weights);
  }

  private static Stream<String> trainingTexts(TaskStream stream) {
    return stream.tasks().stream()
        .flatMap(
            task ->
                stream.examples(task, Split.TRAIN).stream()
                    .map(
                        example ->
                            task.template().prompt(task, example.text())
                                + task.template().spoken(task, example.answer())));
  }

  @Provides
  @Singleton
  Head head(Hosts hosts) {
    return experiment.head().create(hosts.of("head"));
  }

  /**
   * The strategy's names stand under its id, so that a file with another strategy shares none. Its
   * seeds do not: experts of one name start equal under any strategy, which pairs comparisons.
   */
  @Provides
  @Singleton
  Strategy strategy(Hosts hosts) {
    return experiment.strategy().create(hosts.of(strategy, "strategy"));
  }
}
