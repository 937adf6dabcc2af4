package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Planner;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Outcome;
import org.continuo.core.run.Progress;
import org.continuo.core.run.UnfinishedRun;
import org.continuo.results.Event;
import org.continuo.results.EventLog;

/**
 * An experiment on tiny parts with some plugins, run by the real host: its file is read, planned,
 * trained, tested and written as any other. The backbone has linear sites, mixes its one block,
 * reads soft prompts, gives captures and gradients, lets its weights be trained and overwritten and
 * writes text; the two tasks contradict each other.
 *
 * <p>Any part can be another one: a plugin that is given is there to be named, by {@link #with} or
 * {@link #set}, and one that is preferred stands in for the tiny part of its kind.
 *
 * <pre>{@code
 * TinyRun both = TinyRun.of("{ type = combine, of = [ewc, replay] }", plugins)
 *     .with("training { epochs = 2 }");
 * List<Double> pull = both.run(folder).term("task-1", "ewc");
 * }</pre>
 *
 * @see OpenRun for one that is driven task by task
 */
public final class TinyRun {
  private static final String FILE =
      """
      experiment {
        name = tiny
        strategy = %s
        training { epochs = 6, batch-size = 8, learning-rate = 2e-2, maximum-length = 64 }
        %s
      }
      """;

  private final String strategy;
  private final List<Plugin<?, ?>> plugins;
  private final String blocks;
  private final List<String> settings;
  private final UnaryOperator<Strategy.Factory> around;

  private TinyRun(
      String strategy,
      List<? extends Plugin<?, ?>> plugins,
      String blocks,
      List<String> settings,
      UnaryOperator<Strategy.Factory> around) {
    this.strategy = strategy;
    this.plugins = List.copyOf(plugins);
    this.blocks = blocks;
    this.settings = List.copyOf(settings);
    this.around = around;
  }

  /**
   * @param strategy the one that runs
   * @param others what its options name, such as experts of other modules
   */
  public static TinyRun of(Plugin<Strategy.Factory, ?> strategy, Plugin<?, ?>... others) {
    List<Plugin<?, ?>> plugins = new ArrayList<>(List.of(strategy));
    plugins.addAll(List.of(others));
    return of("{ type = " + strategy.id() + " }", plugins);
  }

  /**
   * @param strategy its block as an experiment file has it: {@code ewc}, {@code { type = combine,
   *     of = [ewc, replay] }}
   * @param plugins the strategies it names, and whatever their options name
   */
  public static TinyRun of(String strategy, List<? extends Plugin<?, ?>> plugins) {
    return new TinyRun(strategy, plugins, "", List.of(), UnaryOperator.identity());
  }

  /**
   * The same with more in the block {@code experiment} of its file; what is said there already is
   * overridden.
   *
   * @param lines in the syntax of the file: {@code training { epochs = 2 }}
   */
  public TinyRun with(String lines) {
    return new TinyRun(strategy, plugins, blocks + lines + "\n", settings, around);
  }

  /**
   * The same with an option set.
   *
   * @param assignment as for {@code --set}: {@code strategy.lambda=3}, {@code training.epochs=1}
   */
  public TinyRun set(String assignment) {
    return set(List.of(assignment));
  }

  /** The same with all of these set. */
  public TinyRun set(List<String> assignments) {
    List<String> all = Stream.concat(settings.stream(), assignments.stream()).toList();
    return new TinyRun(strategy, plugins, blocks, all, around);
  }

  /**
   * The same with something between the host and the whole strategy. Of several, a later one stands
   * around those before it.
   *
   * @param wrapper what it makes is usually a {@link StrategyWrapper}
   */
  public TinyRun around(UnaryOperator<Strategy.Factory> wrapper) {
    return new TinyRun(
        strategy, plugins, blocks, settings, inner -> wrapper.apply(around.apply(inner)));
  }

  /**
   * The same with a look at the model after each task, when the strategy has done all it does then.
   *
   * @param look gets the strategy's host and the task
   */
  public TinyRun afterEachTask(BiConsumer<Host, Task> look) {
    return around(Looks.afterEachTask(look));
  }

  /**
   * The same with a look at each optimiser step, when the strategy has changed its gradient.
   *
   * @param look gets the step with its passes, and the gradient by names of parameters, unclipped
   */
  public TinyRun atEachStep(BiConsumer<Step, Tensors> look) {
    return around(Looks.atEachStep(look));
  }

  /**
   * What is wrong with the options, one line each as the command line shows it; empty if nothing
   * is.
   */
  public List<String> problems() {
    try {
      bound();
      return List.of();
    } catch (InvalidInput e) {
      return e.problems();
    }
  }

  /** What the strategy needs and nothing here offers; empty if it can run. */
  public List<String> refusals() {
    return Planner.capabilityProblems(bound());
  }

  /** What the chosen parts need, all together, of each other and of the protocol. */
  public Set<Capability> needs() {
    PluginRegistry registry = registry();
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    for (Choice choice : bound(registry).choices()) {
      needs.addAll(registry.entry(choice.plugin()).needs(choice.options()));
    }
    return needs;
  }

  /** The experiment's file with every option that has a value, defaults included. */
  public String resolved() {
    return bound().text();
  }

  /**
   * Runs it to its end.
   *
   * @param folder where the folder of the run goes
   * @throws RuntimeException as the host does: options not accepted, data refused, run failed
   */
  public Result run(Path folder) {
    return result(finish -> new ExperimentRun(wrapped(), Progress.SILENT).run(folder, finish));
  }

  /**
   * Goes on with a run that did not come to its end, with everything made anew: strategy, experts,
   * backbone. What {@link #around} puts around the strategy is left out.
   *
   * @param run its folder, see {@link KilledRun}
   * @throws RuntimeException as the host does: not to be resumed, run failed
   */
  public Result resume(Path run) {
    UnfinishedRun unfinished = UnfinishedRun.read(run, registry());
    return result(finish -> ExperimentRun.resume(unfinished, Progress.SILENT, finish));
  }

  /**
   * Runs it to its end, and once more as if it had been killed after its first task.
   *
   * @param folder where both folders go
   * @throws RuntimeException as {@link #run} and {@link #resume} do
   */
  public Resumed resumed(Path folder) {
    Result whole = set("checkpoints=all").run(folder);
    Path killed =
        KilledRun.after(
            1, whole.folder(), folder.resolve(whole.folder().getFileName() + "-killed"));
    return new Resumed(whole, resume(killed));
  }

  /**
   * Puts it together to be driven task by task.
   *
   * @throws RuntimeException as the host does: options not accepted, a capability missing, data
   *     refused
   */
  public OpenRun open() {
    return new OpenRun(wrapped());
  }

  private static Result result(Function<ExperimentRun.Finish, Outcome> run) {
    AtomicBoolean unchanged = new AtomicBoolean();
    Outcome outcome =
        run.apply(
            (ended, backbone) ->
                unchanged.set(backbone instanceof TinyBackbone tiny && tiny.unchanged()));
    int tasks = outcome.matrix().tasks().size();
    List<List<Double>> accuracy =
        IntStream.range(0, tasks)
            .mapToObj(
                t -> IntStream.range(0, tasks).mapToObj(i -> outcome.matrix().score(t, i)).toList())
            .toList();
    return new Result(accuracy, unchanged.get(), arrays(outcome.folder()), outcome.folder());
  }

  private PluginRegistry registry() {
    List<Plugin<?, ?>> all = new ArrayList<>(plugins);
    all.addAll(TinyParts.beside(plugins));
    PluginRegistry registry = PluginRegistry.of(all);
    if (!registry.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", registry.problems()));
    }
    return registry;
  }

  private Bound<Experiment> bound() {
    return bound(registry());
  }

  private Bound<Experiment> bound(PluginRegistry registry) {
    try {
      Path file = Files.createTempFile("tiny", ".conf");
      try {
        Files.writeString(file, FILE.formatted(strategy, blocks));
        return ExperimentFile.read(file, settings, registry);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
  }

  private Bound<Experiment> wrapped() {
    Bound<Experiment> bound = bound();
    Experiment plain = bound.options();
    Experiment wrapped =
        new Experiment(
            plain.name(),
            plain.seed(),
            plain.seeds(),
            plain.backbone(),
            plain.stream(),
            plain.head(),
            around.apply(plain.strategy()),
            plain.training(),
            plain.evaluation(),
            plain.protocol(),
            plain.checkpoints());
    return new Bound<>(wrapped, bound.resolved(), bound.choices());
  }

  private static List<Long> arrays(Path folder) {
    try {
      return EventLog.read(folder).stream()
          .filter(Event.Step.class::isInstance)
          .map(event -> ((Event.Step) event).arrays())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the events of " + folder, e);
    }
  }

  /**
   * @param accuracy R[t][i], on task i after training task t
   * @param backboneUnchanged whether the tiny backbone's weights are as they were, bit for bit;
   *     never of another backbone
   * @param arrays native arrays alive at each step
   * @param folder of the run
   */
  public record Result(
      List<List<Double>> accuracy, boolean backboneUnchanged, List<Long> arrays, Path folder) {
    public Result {
      accuracy = List.copyOf(accuracy);
      arrays = List.copyOf(arrays);
    }

    /**
     * What was answered to the test examples, with probabilities: files by name, such as {@code
     * 1-task-1--task-0.jsonl} for the first task after the second.
     */
    public Map<String, String> predictions() {
      return RunFiles.predictions(folder);
    }

    /**
     * The files of predictions after one task.
     *
     * @param stage index of that task
     */
    public Map<String, String> predictions(int stage) {
      Map<String, String> some = predictions();
      some.keySet().removeIf(name -> !name.startsWith(stage + "-"));
      return some;
    }

    /** Every optimiser step of one task, in order. */
    public List<TrainedStep> steps(String task) {
      return RunFiles.steps(folder).stream().filter(step -> step.task().equals(task)).toList();
    }

    /**
     * Values of one term of the loss in the steps of one task that have it, before its weight.
     *
     * @param name of the term: {@code task} is the task loss
     */
    public List<Double> term(String task, String name) {
      return steps(task).stream()
          .flatMap(step -> Optional.ofNullable(step.losses().get(name)).stream())
          .toList();
    }

    /**
     * By how many native arrays each of the two tasks grew from its third step to its last: the
     * first steps may make what the others use.
     */
    List<Long> growth() {
      int steps = arrays.size() / 2;
      return IntStream.range(0, 2)
          .mapToObj(task -> arrays.get((task + 1) * steps - 1) - arrays.get(task * steps + 2))
          .toList();
    }
  }

  /**
   * A run, and what it was when it had been killed after its first task and gone on with.
   *
   * @param whole never killed
   */
  public record Resumed(Result whole, Result resumed) {
    /**
     * Both must have the same scores, predictions, losses, gradients' norms and diagnostic numbers,
     * bit for bit.
     *
     * @throws AssertionError if they do not
     */
    public void assertBitEqual() {
      assertEquals(whole.accuracy, resumed.accuracy, "accuracy");
      assertEquals(whole.predictions(), resumed.predictions(), "predictions");
      assertEquals(RunFiles.learned(whole.folder), RunFiles.learned(resumed.folder), "events");
    }
  }
}
