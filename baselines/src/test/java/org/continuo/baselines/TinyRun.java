package org.continuo.baselines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.backbone.pytorch.scratch.ScratchPlugin;
import org.continuo.core.config.Bound;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Outcome;
import org.continuo.core.run.Progress;
import org.continuo.core.run.UnfinishedRun;
import org.continuo.heads.ClassificationPlugin;
import org.continuo.heads.LabelScoringPlugin;
import org.continuo.lora.LoraPlugin;
import org.continuo.testkit.KilledRun;
import org.continuo.testkit.RunFiles;

/**
 * A whole experiment on a tiny random model, run in this process by the host itself.
 *
 * @param strategy its block
 * @param sets more options, as after {@code --set}
 * @param around what stands between the host and the strategy
 */
public record TinyRun(String strategy, List<String> sets, UnaryOperator<Strategy.Factory> around) {
  private static final String FILE =
      """
      experiment {
        name = tiny
        seed = 5
        backbone { type = pytorch-scratch, width = 16, layers = 2, heads = 2, key-value-heads = 2,
                   feed-forward-width = 32, vocabulary = 270, maximum-length = 64 }
        stream = tiny
        strategy = %s
        training { epochs = 2, batch-size = 8, learning-rate = 1e-2, maximum-length = 24 }
      }
      """;

  private static final PluginRegistry REGISTRY = PluginRegistry.of(plugins());

  public static TinyRun of(String strategy, String... sets) {
    return new TinyRun(strategy, List.of(sets), factory -> factory);
  }

  public TinyRun around(UnaryOperator<Strategy.Factory> wrapper) {
    return new TinyRun(strategy, sets, wrapper);
  }

  /**
   * What a run left.
   *
   * @param predictions by stage and task, with their probabilities
   */
  public record Left(AccuracyMatrix matrix, Map<String, String> predictions, List<String> events) {
    /** Those after the first task. */
    public Map<String, String> first() {
      Map<String, String> first = new TreeMap<>(predictions);
      first.keySet().removeIf(name -> !name.startsWith("0-"));
      return first;
    }

    /** Every loss of every step, as it was written. */
    List<String> losses() {
      return events.stream()
          .filter(event -> event.contains("\"event\":\"step\""))
          .map(event -> event.replaceAll("^.*\"task\"|\"arrays\".*$", ""))
          .toList();
    }

    /** Values of one term of the loss in the steps of one task. */
    public List<Double> term(String task, String name) {
      List<Double> values = new ArrayList<>();
      var pattern = Pattern.compile("\"" + name + "\":([-0-9.E]+)");
      for (String event : events) {
        if (event.contains("\"event\":\"step\"") && event.contains("\"task\":\"" + task + "\"")) {
          var matcher = pattern.matcher(event);
          if (matcher.find()) {
            values.add(Double.valueOf(matcher.group(1)));
          }
        }
      }
      return values;
    }
  }

  /** Ids of all strategies that the module offers. */
  static List<String> strategies() {
    return REGISTRY.entries().stream()
        .filter(entry -> entry.plugin().makes() == Strategy.Factory.class)
        .map(PluginRegistry.Entry::id)
        .toList();
  }

  public Left run() {
    try {
      return left(outcome(Files.createTempDirectory("tiny-run")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome outcome(Path folder) throws IOException {
    Bound<Experiment> bound = bound(folder);
    Experiment e = bound.options();
    Experiment wrapped =
        new Experiment(
            e.name(),
            e.seed(),
            e.seeds(),
            e.backbone(),
            e.stream(),
            e.head(),
            around.apply(e.strategy()),
            e.training(),
            e.evaluation(),
            e.protocol(),
            e.checkpoints());
    return new ExperimentRun(
            new Bound<>(wrapped, bound.resolved(), bound.choices()), Progress.SILENT)
        .run(folder, (finished, backbone) -> {});
  }

  /** Runs it, and goes on once more from after its first task, with everything made anew. */
  Resumed resumed(Path folder) {
    try {
      List<String> all = new ArrayList<>(sets);
      all.add("checkpoints=all");
      Outcome whole = new TinyRun(strategy, all, around).outcome(folder);
      Path killed = KilledRun.after(1, whole.folder(), folder.resolve("killed"));
      Outcome resumed =
          ExperimentRun.resume(
              UnfinishedRun.read(killed, REGISTRY), Progress.SILENT, (finished, backbone) -> {});
      return new Resumed(left(whole), left(resumed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a run left, and what it left when it was killed after its first task and resumed. */
  record Resumed(Left whole, Left resumed) {}

  /** The file as the host reads it. */
  public Bound<Experiment> bound(Path folder) throws IOException {
    Path file = folder.resolve("tiny.conf");
    Files.writeString(file, FILE.formatted(strategy));
    return ExperimentFile.read(file, sets, REGISTRY);
  }

  private static Left left(Outcome outcome) throws IOException {
    List<String> events = Files.readAllLines(outcome.folder().resolve("events.jsonl"));
    return new Left(outcome.matrix(), RunFiles.predictions(outcome.folder()), events);
  }

  private static List<Plugin<?, ?>> plugins() {
    List<Plugin<?, ?>> all =
        new ArrayList<>(
            List.of(
                new LoraPlugin(),
                new ClassificationPlugin(),
                new LabelScoringPlugin(),
                new ScratchPlugin(),
                new TinyStream.TinyStreamPlugin()));
    try {
      Path classes =
          Path.of(
              Class.forName("org.continuo.baselines.combine.CombinePlugin")
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      for (ModuleDescriptor.Provides provides :
          ModuleFinder.of(classes)
              .find("org.continuo.baselines")
              .orElseThrow()
              .descriptor()
              .provides()) {
        for (String name : provides.providers()) {
          all.add(Class.forName(name).asSubclass(Plugin.class).getConstructor().newInstance());
        }
      }
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
