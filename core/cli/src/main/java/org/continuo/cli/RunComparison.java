package org.continuo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.api.result.Metric;
import org.continuo.cli.terminal.ComparisonTable;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.evaluate.Metrics;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.results.ComparisonResults;
import org.continuo.results.ResultsFile;
import org.continuo.suite.compare.Comparing;
import org.continuo.suite.compare.FinishedRun;
import org.continuo.suite.compare.Pairing;

/** Compares two runs, prints what comes out and writes it down. */
final class RunComparison {
  private final PluginRegistry registry;
  private final PrintWriter out;
  private final PrintWriter err;

  RunComparison(PluginRegistry registry, PrintWriter out, PrintWriter err) {
    this.registry = registry;
    this.out = out;
    this.err = err;
  }

  int write(CompareArguments arguments) {
    if (arguments.resamples() < 1) {
      throw new InvalidInput(
          "--resamples: found %d, expected at least 1; 1000 give steady intervals"
              .formatted(arguments.resamples()));
    }
    Path a = arguments.runs().get(0);
    Pairing pairing = Pairing.read(a, arguments.runs().get(1));
    Metrics metrics = metrics(a, arguments.sets());
    ComparisonResults comparison = Comparing.of(pairing, metrics, arguments.bootstrap());
    print(pairing, comparison);
    try {
      Files.createDirectories(arguments.folder());
      out.println(ResultsFile.COMPARISON.write(comparison, arguments.folder()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the comparison to " + arguments.folder(), e);
    }
    return new Reports(registry, err).write(arguments.folder(), ResultsFile.COMPARISON, out);
  }

  /** Those of the experiment, or all there are with their defaults. */
  private Metrics metrics(Path run, List<String> sets) {
    List<Metric.Factory> named =
        ExperimentFile.read(run.resolve("experiment.conf"), sets, registry)
            .options()
            .evaluation()
            .metrics();
    Metrics metrics = new Metrics(named.isEmpty() ? all() : named);
    List<String> duplicates = metrics.duplicates();
    if (!duplicates.isEmpty()) {
      throw new InvalidInput(duplicates);
    }
    return metrics;
  }

  private List<Metric.Factory> all() {
    List<Metric.Factory> factories = new ArrayList<>();
    for (Entry entry : registry.entries(new Kind(Metric.Factory.class))) {
      try {
        factories.add((Metric.Factory) entry.create(DefaultOptions.of(entry, registry)));
      } catch (InvalidInput needsOptions) {
        err.println(
            entry
                + " is left out: it has options without a default; name it with --set"
                + " 'evaluation.metrics=[{ type = "
                + entry.id()
                + ", ... }]'");
      }
    }
    return factories;
  }

  private void print(Pairing pairing, ComparisonResults comparison) {
    out.println("A  " + line(pairing.a()));
    out.println("B  " + line(pairing.b()));
    out.println();
    ComparisonTable.of(comparison).forEach(out::println);
    out.println();
    comparison.notes().forEach(note -> out.println("note: " + note));
  }

  private static String line(FinishedRun run) {
    return "%s (%s, seed %s)"
        .formatted(run.folder(), run.results().strategy(), run.results().seed());
  }
}
