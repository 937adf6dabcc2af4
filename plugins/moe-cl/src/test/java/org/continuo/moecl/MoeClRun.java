package org.continuo.moecl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.backbone.pytorch.PytorchBackbonePlugin;
import org.continuo.backbone.pytorch.scratch.ScratchPlugin;
import org.continuo.core.config.Choice;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.RunAssembly;
import org.continuo.core.train.Hosts;
import org.continuo.core.train.ParameterStore;
import org.continuo.core.train.Scopes;
import org.continuo.core.train.Trainer;
import org.continuo.core.train.TrainingListener;
import org.continuo.heads.ClassificationPlugin;
import org.continuo.heads.FreeTextPlugin;
import org.continuo.lora.LoraPlugin;
import org.continuo.moecl.adversary.NoAdversaryPlugin;
import org.continuo.moecl.adversary.TaskDiscriminatorPlugin;
import org.continuo.moecl.router.FixedWeightsPlugin;
import org.continuo.moecl.router.SequenceSoftmaxPlugin;
import org.continuo.moecl.router.TaskTokenSoftmaxPlugin;
import org.continuo.moecl.router.TokenSoftmaxPlugin;

/** A whole run on a real checkpoint, driven task by task and looked into. */
final class Laboratory implements AutoCloseable {
  final TestStream stream;
  final RunAssembly run;
  final Strategy strategy;
  final List<TrainingListener.StepReport> steps = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final Map<String, List<Double>> values = new LinkedHashMap<>();
  final List<Integer> arrays = new ArrayList<>();

  /** Sees the passes and the gradient of every step. */
  interface Look {
    void at(Step step, Tensors gradient);
  }

  /**
   * @param checkpoint a Hugging Face folder
   * @param settings blocks of the experiment, in its syntax
   */
  Laboratory(Path checkpoint, TestStream stream, String settings, Look look) {
    this.stream = stream;
    Experiment bound = bind(checkpoint, stream, settings);
    Experiment watched =
        new Experiment(
            bound.name(),
            bound.seed(),
            bound.seeds(),
            bound.backbone(),
            bound.stream(),
            bound.head(),
            host -> new Watched(bound.strategy().create(host), look),
            bound.training(),
            bound.evaluation(),
            bound.protocol(),
            bound.checkpoints());
    run = new RunAssembly(watched, "moe-cl", new Notes(), () -> false);
    strategy = run.part(Strategy.class);
  }

  Laboratory(Path checkpoint, TestStream stream, String settings) {
    this(checkpoint, stream, settings, (step, gradient) -> {});
  }

  private static Experiment bind(Path checkpoint, TestStream stream, String settings) {
    try {
      Path file = Files.createTempFile("laboratory", ".conf");
      Files.writeString(
          file,
          "experiment {\n"
              + "  backbone { type = pytorch, checkpoint = \"%s\" }\n".formatted(checkpoint)
              + "  stream = test\n  strategy { type = moe-cl }\n"
              + settings
              + "\n}\n");
      try {
        return ExperimentFile.read(file, List.of(), registry(stream)).options();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plugins of this module and what a run needs beside them. */
  static PluginRegistry registry(TestStream stream) {
    return PluginRegistry.of(
        List.of(
            new TestStream.Offer(stream),
            new MoeClPlugin(),
            new TaskDiscriminatorPlugin(),
            new NoAdversaryPlugin(),
            new FirstTaskAdversary.Offer(),
            new TokenSoftmaxPlugin(),
            new TaskTokenSoftmaxPlugin(),
            new SequenceSoftmaxPlugin(),
            new FixedWeightsPlugin(),
            new LoraPlugin(),
            new ClassificationPlugin(),
            new FreeTextPlugin(),
            new PytorchBackbonePlugin(),
            new ScratchPlugin()));
  }

  static Set<Capability> needs(Choice choice) {
    return PluginRegistry.of(List.of(choice.plugin()))
        .entry(choice.plugin())
        .needs(choice.options());
  }

  /** The strategy, with a look at every gradient. */
  private record Watched(Strategy watched, Look look) implements Strategy {
    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .include(watched.contribute(task))
          .gradient(
              "look",
              (step, gradient) -> {
                look.at(step, gradient);
                return gradient;
              })
          .build();
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return watched.wiring(task);
    }

    @Override
    public Optional<List<String>> identify(org.continuo.api.data.Batch batch) {
      return watched.identify(batch);
    }
  }

  Task task(int index) {
    return stream.tasks().get(index);
  }

  void train(int index) {
    run.part(Trainer.class).train(task(index), examples(index), t -> 0.5);
  }

  List<Example> examples(int index) {
    return stream.examples(task(index), Split.TRAIN);
  }

  Evaluator.Result test(int index) {
    Task task = task(index);
    return run.part(Evaluator.class).test(task, "test", stream.examples(task, Split.TEST));
  }

  ParameterStore store() {
    return run.part(ParameterStore.class);
  }

  /** A host under the strategy's own names. */
  Host host() {
    return run.part(Hosts.class).of("moe-cl");
  }

  <R> R within(Function<Host, R> body) {
    return run.part(Scopes.class).within(() -> body.apply(host()));
  }

  /** Final states of the training examples of a task, as the strategy predicts them. */
  float[] hidden(int index) {
    return within(
        h -> {
          Wiring wiring = strategy.wiring(Optional.of(task(index).name())).orElseThrow();
          return h.pass(h.batch(examples(index)), Request.of(wiring))
              .forward()
              .hidden()
              .orElseThrow()
              .toFloatArray();
        });
  }

  /**
   * Gives the shared expert a say: in the fixtures' small weights its output is nearly 0, and no
   * discriminator could read anything in it.
   */
  void wakeSharedExpert() {
    within(
        h -> {
          Map<String, NDArray> values = new TreeMap<>();
          strategy.contribute(task(0)).objective().groups().stream()
              .flatMap(group -> group.params().stream())
              .filter(param -> param.name().startsWith("moe-cl/shared"))
              .filter(param -> param.name().endsWith(".B"))
              .forEach(param -> values.put(param.name(), random(h.scope(), param)));
          h.assign(new Tensors(values));
          return true;
        });
  }

  private static NDArray random(NDManager scope, Param param) {
    SplittableRandom random = new SplittableRandom(param.name().hashCode());
    float[] values = new float[(int) param.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() - 0.5) * 2;
    }
    return scope.create(values, param.shape());
  }

  /** Every parameter that has a value, copied. */
  Map<String, float[]> parameters() {
    return within(
        h -> {
          Map<String, float[]> copies = new TreeMap<>();
          store()
              .allocated()
              .map()
              .forEach((name, array) -> copies.put(name, array.toFloatArray()));
          return copies;
        });
  }

  @Override
  public void close() {
    run.close();
  }

  private final class Notes implements TrainingListener {
    @Override
    public void taskStarted(Task task, int examples, int total, long trainableParameters) {}

    @Override
    public void grew(long parameters) {}

    @Override
    public void step(StepReport report, int alive) {
      steps.add(report);
      arrays.add(alive);
    }

    @Override
    public void dev(double score, double best) {}

    @Override
    public void value(String name, double value) {
      values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    @Override
    public void warning(String text) {
      warnings.add(text);
    }
  }
}
