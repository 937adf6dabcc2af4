package org.continuo.core.toy;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Metric;
import org.continuo.api.tensor.Parameters;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.experiment.Checkpoints;
import org.continuo.core.experiment.Evaluation;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Protocol;
import org.continuo.core.experiment.Seeds;
import org.continuo.core.experiment.Training;
import org.continuo.core.files.FileName;

/** Experiments on toy parts, ready to run. */
public final class ToyExperiments {
  private ToyExperiments() {}

  public static final Seeds NO_SEEDS =
      new Seeds(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  public static final Training TRAINING =
      new Training(
          12, 8, 1, 3e-2, Training.Schedule.CONSTANT, 0, 0.01, 1, 32, true, 1, Optional.empty());

  /** An expert of its own per task, or one for all. */
  public static Strategy.Factory experts(boolean perTask) {
    return host ->
        new Strategy() {
          @Override
          public java.util.Optional<Wiring> wiring(java.util.Optional<String> task) {
            return java.util.Optional.of(
                Wiring.of(Mixture.sum(List.of(expert(host, task.orElse("none"))))));
          }

          @Override
          public Contribution contribute(org.continuo.api.data.Task task) {
            return Contribution.builder().train(expert(host, task.name()).params()).build();
          }

          private org.continuo.api.model.Expert expert(Host host, String task) {
            return host.expert(perTask ? task : "one", ToyExpert::create, host.backbone().sites());
          }
        };
  }

  public static Bound<Experiment> bound(long seed, Training training, Strategy.Factory strategy) {
    return bound(seed, training, strategy, Evaluation.TaskId.GIVEN);
  }

  public static Bound<Experiment> bound(
      long seed, Training training, Strategy.Factory strategy, Evaluation.TaskId taskId) {
    Experiment experiment =
        new Experiment(
            new FileName("toy"),
            seed,
            NO_SEEDS,
            backbone(),
            stream(),
            head(),
            strategy,
            training,
            new Evaluation(16, taskId, true, Evaluation.Tested.TEST, List.of()),
            new Protocol(true, false),
            Checkpoints.LATEST);
    Choice choice =
        new Choice("experiment.strategy", new ToyPlugin(strategy), new Plugin.NoOptions());
    return new Bound<>(experiment, ConfigFactory.empty(), List.of(choice));
  }

  /** An experiment whose protocol allows no past data. */
  public static Bound<Experiment> withoutPastData(
      long seed, Training training, Strategy.Factory strategy) {
    Bound<Experiment> bound = bound(seed, training, strategy);
    Experiment e = bound.options();
    return new Bound<>(
        new Experiment(
            e.name(),
            e.seed(),
            e.seeds(),
            e.backbone(),
            e.stream(),
            e.head(),
            e.strategy(),
            e.training(),
            e.evaluation(),
            new Protocol(false, false),
            e.checkpoints()),
        bound.resolved(),
        bound.choices());
  }

  /** The same with another stream. */
  public static Experiment withStream(Experiment e, TaskStream.Factory stream) {
    return new Experiment(
        e.name(),
        e.seed(),
        e.seeds(),
        e.backbone(),
        stream,
        e.head(),
        e.strategy(),
        e.training(),
        e.evaluation(),
        e.protocol(),
        e.checkpoints());
  }

  /** The same with another head. */
  public static Experiment withHead(Experiment e, Head.Factory head) {
    return new Experiment(
        e.name(),
        e.seed(),
        e.seeds(),
        e.backbone(),
        e.stream(),
        head,
        e.strategy(),
        e.training(),
        e.evaluation(),
        e.protocol(),
        e.checkpoints());
  }

  /** The same with metrics. */
  public static Experiment withMetrics(Experiment e, List<Metric.Factory> metrics) {
    return new Experiment(
        e.name(),
        e.seed(),
        e.seeds(),
        e.backbone(),
        e.stream(),
        e.head(),
        e.strategy(),
        e.training(),
        new Evaluation(
            e.evaluation().batchSize(),
            e.evaluation().taskId(),
            e.evaluation().zeroShot(),
            e.evaluation().split(),
            metrics),
        e.protocol(),
        e.checkpoints());
  }

  private static Backbone.Factory backbone() {
    return new Backbone.Factory() {
      @Override
      public String engine() {
        return "PyTorch";
      }

      @Override
      public Backbone load(Parameters parameters) {
        return new ToyBackbone(parameters);
      }
    };
  }

  private static TaskStream.Factory stream() {
    return seed -> new ToyStream(3, seed);
  }

  private static Head.Factory head() {
    return new Head.Factory() {
      @Override
      public Head create(Host host) {
        return new ToyHead(host);
      }

      @Override
      public String score(String task) {
        return "accuracy";
      }
    };
  }

  /** Names the strategy. */
  private record ToyPlugin(Strategy.Factory factory)
      implements Plugin<Strategy.Factory, Plugin.NoOptions> {
    @Override
    public String id() {
      return "toy";
    }

    @Override
    public String summary() {
      return "toy";
    }

    @Override
    public Strategy.Factory create(NoOptions options) {
      return factory;
    }
  }

  /** One expert for all tasks, and something added to its training. */
  public static Strategy.Factory adding(BiConsumer<Host, Contribution.Builder> addition) {
    return host ->
        new Strategy() {
          private final Strategy base = experts(false).create(host);

          @Override
          public Optional<Wiring> wiring(Optional<String> task) {
            return base.wiring(task);
          }

          @Override
          public Contribution contribute(Task task) {
            Contribution.Builder training =
                Contribution.builder().train(base.contribute(task).objective().groups().get(0));
            addition.accept(host, training);
            return training.build();
          }
        };
  }
}
