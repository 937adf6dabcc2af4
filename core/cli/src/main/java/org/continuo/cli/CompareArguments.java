package org.continuo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.suite.compare.Bootstrap;
import picocli.CommandLine.Option;

/** {@code --compare A B} and what goes with it. */
final class CompareArguments {
  private static final double LEVEL = 0.95;

  @Option(
      names = "--compare",
      arity = "2",
      required = true,
      paramLabel = "RUN",
      description = {
        "Compare two runs on the same test examples, A and B:",
        "score and metrics, what B gains, and how sure that is."
      })
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where comparison.json and comparison.html go; default: the working directory.")
  private Path folder;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Resamples of the items behind each interval; default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the resamples; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override an option of A's experiment, which names the metrics:",
        "--set 'evaluation.metrics=[{ type = stripping-rate, precision = 0.95 }]'.",
        "If it names none, all metrics are taken with their defaults."
      })
  private List<String> sets = new ArrayList<>();

  List<Path> runs() {
    return runs;
  }

  Path folder() {
    return folder;
  }

  int resamples() {
    return resamples;
  }

  Bootstrap bootstrap() {
    return new Bootstrap(resamples, seed, LEVEL);
  }

  List<String> sets() {
    return sets;
  }
}
