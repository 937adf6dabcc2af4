package org.continuo.suite;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.plugin.Option;
import org.continuo.core.files.FileName;
import org.continuo.core.train.SeedTree;

/** The block {@code suite} of a suite file. */
public record SuiteOptions(
    @Option(doc = "name of the suite and of its folder; none: that of the file")
        Optional<FileName> name,
    @Option(
            doc =
                "what is compared, by name: blocks as experiment.strategy; the name is the type of"
                    + " one that gives none",
            min = 1)
        Map<String, ConfigValue> strategies,
    @Option(doc = "options that every strategy takes over that has them")
        Map<String, ConfigValue> shared,
    @Option(
            doc =
                "other options that one strategy needs, by its name: a part of an experiment block")
        Map<String, ConfigValue> overrides,
    @Option(doc = "orders of tasks, by name; none: that of the stream")
        Map<String, List<String>> orders,
    @Option(doc = "further orders, drawn from all those of the tasks of experiment.stream.order")
        Optional<DrawnOrders> drawnOrders,
    @Option(doc = "one run for each", value = "[1]", min = 0) List<Long> seeds,
    @Option(doc = "what the seeds are for; none: everything random") List<SeedTree.Purpose> vary,
    @Option(
            doc =
                "further axes: a path inside the experiment in quotes, and its values by name, as in"
                    + " \"strategy.expert.rank\" { small = 4, large = 16 }")
        Map<String, Map<String, ConfigValue>> axes,
    @Option(doc = "strategy that the others are tested against; none: no tests")
        Optional<String> reference,
    @Option(doc = "what tables are sorted by", value = "acc.final") String metric,
    @Option(doc = "how sure is sure") StatisticsOptions statistics,
    @Option(doc = "hyper-parameters chosen for each strategy before the comparison")
        Optional<SearchOptions> search) {

  /** Orders at random. */
  public record DrawnOrders(
      @Option(doc = "how many, all different", min = 1) int number,
      @Option(doc = "what they are drawn by", value = "1", min = 0) long seed) {}

  /** Numbers behind intervals and tests. */
  public record StatisticsOptions(
      @Option(doc = "draws of the bootstrap", value = "10000", min = 100, max = 1000000)
          int resamples,
      @Option(
              doc = "share of resampled means inside an interval",
              value = "0.95",
              min = 0.5,
              max = 0.999)
          double confidence,
      @Option(
              doc = "chance of a difference where there is none, of the critical difference",
              value = "0.05",
              min = 0.001,
              max = 0.5)
          double significance) {}

  /** What trials run on. */
  public enum Trials {
    /** The first tasks of the first order. */
    FIRST_TASKS,
    /** An order that the comparison does not use. */
    HELD_OUT_ORDER
  }

  /** The same number of trials for every strategy, judged by dev examples only. */
  public record SearchOptions(
      @Option(
              doc =
                  "runs per strategy: different points of its grid, drawn at random; as many as the"
                      + " grid has points try all of it",
              min = 1)
          int trials,
      @Option(doc = "seed of the draws and of the trial runs", value = "0", min = 0) long seed,
      @Option(
              doc =
                  "values to try, by a path inside the experiment in quotes, as in"
                      + " \"training.learning-rate\" = [1e-3, 3e-3]",
              min = 1)
          Map<String, List<ConfigValue>> space,
      @Option(doc = "values of options that only one strategy has, by its name")
          Map<String, Map<String, List<ConfigValue>>> spaces,
      @Option(doc = "which tasks the trials meet", value = "first-tasks") Trials on,
      @Option(doc = "number of tasks for first-tasks", value = "2", unit = "tasks", min = 1)
          int tasks,
      @Option(doc = "the order for held-out-order") List<String> order) {}
}
