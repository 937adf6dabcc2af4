package org.continuo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.config.Bound;
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
 */
public final class TinyRun {
  private static final String FILE =
      """
      experiment {
        name = tiny
        backbone = tiny, stream = tiny, head = tiny
        strategy { type = %s }
        training { epochs = 6, batch-size = 8, learning-rate = 2e-2, maximum-length = 64 }
      }
      """;

  private final List<Plugin<?, ?>> plugins;
  private final List<String> settings;

  private TinyRun(List<Plugin<?, ?>> plugins, List<String> settings) {
    this.plugins = List.copyOf(plugins);
    this.settings = List.copyOf(settings);
  }

  /**
   * @param strategy the one that runs
   * @param others what its options name, such as experts of other modules
   */
  public static TinyRun of(Plugin<Strategy.Factory, ?> strategy, Plugin<?, ?>... others) {
    List<Plugin<?, ?>> plugins = new ArrayList<>(List.of(strategy));
    plugins.addAll(List.of(others));
    return new TinyRun(plugins, List.of());
  }

  /**
   * The same with an option set.
   *
   * @param assignment as for {@code --set}: {@code strategy.lambda=3}, {@code training.epochs=1}
   */
  public TinyRun set(String assignment) {
    return new TinyRun(plugins, Stream.concat(settings.stream(), Stream.of(assignment)).toList());
  }

  /** The same with all of these set. */
  public TinyRun set(List<String> assignments) {
    return new TinyRun(plugins, Stream.concat(settings.stream(), assignments.stream()).toList());
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

  /**
   * Runs it to its end.
   *
   * @param folder where the folder of the run goes
   * @throws RuntimeException as the host does: options not accepted, data refused, run failed
   */
  public Result run(Path folder) {
    return result(finish -> new ExperimentRun(bound(), Progress.SILENT).run(folder, finish));
  }

  /**
   * Goes on with a run that did not come to its end, with everything made anew: strategy, experts,
   * backbone.
   *
   * @param run its folder, see {@link KilledRun}
   * @throws RuntimeException as the host does: not to be resumed, run failed
   */
  public Result resume(Path run) {
    UnfinishedRun unfinished = UnfinishedRun.read(run, registry());
    return result(finish -> ExperimentRun.resume(unfinished, Progress.SILENT, finish));
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
    PluginRegistry registry = registry();
    try {
      Path file = Files.createTempFile("tiny", ".conf");
      try {
        Files.writeString(file, FILE.formatted(plugins.get(0).id()));
        return ExperimentFile.read(file, settings, registry);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
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
   * @param backboneUnchanged whether its weights are as they were, bit for bit
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
}
