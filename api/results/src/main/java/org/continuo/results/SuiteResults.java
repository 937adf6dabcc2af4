package org.continuo.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.MetricDefinition;

/**
 * What {@code suite.json} says of strategies over orders and seeds, whether or not all of it has
 * run.
 *
 * @param score the grade that fills the matrices; empty as long as no run has completed
 * @param metric that rows are sorted by
 * @param reference strategy that the others are tested against
 * @param orders tasks by name of the order
 * @param axes values by their name, by path inside the experiment
 * @param comparisons one per setting of the axes
 */
@Stability(Stability.Level.EVOLVING)
public record SuiteResults(
    String name,
    Status status,
    Optional<String> score,
    String metric,
    Optional<String> reference,
    Statistics statistics,
    List<String> strategies,
    Map<String, List<String>> orders,
    List<Long> seeds,
    Map<String, Map<String, Object>> axes,
    List<MetricDefinition> metricDefinitions,
    List<Row> rows,
    List<Comparison> comparisons,
    List<Cell> cells,
    Optional<Search> search) {
  public SuiteResults {
    strategies = List.copyOf(strategies);
    orders = ordered(orders);
    seeds = List.copyOf(seeds);
    axes = ordered(axes);
    metricDefinitions = List.copyOf(metricDefinitions);
    rows = List.copyOf(rows);
    comparisons = List.copyOf(comparisons);
    cells = List.copyOf(cells);
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** How a suite stands. */
  public enum Status {
    COMPLETED,
    FAILED,
    /** As long as a run is missing. */
    INCOMPLETE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a run of a suite stands. */
  public enum RunStanding {
    COMPLETED,
    FAILED,
    /** It has not been made. */
    MISSING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How sure is sure.
   *
   * @param resamples of the bootstrap
   * @param confidence share of them inside an interval
   * @param significance of the critical difference
   */
  public record Statistics(int resamples, double confidence, double significance) {}

  /**
   * What a strategy sees that another may not.
   *
   * @param taskId {@code given} or {@code inferred}
   * @param usesTaskId whether the strategy answers by it
   * @param label for people
   * @param marks behind its name where protocols are mixed
   */
  public record Access(
      String taskId,
      boolean usesTaskId,
      boolean pastData,
      boolean futureData,
      String label,
      String marks) {}

  /**
   * A strategy under one setting of the axes, over orders and seeds.
   *
   * @param setting name of the value by path of the axis
   * @param label strategy and setting, for people
   * @param chosen what the search chose, by path; empty without one
   * @param metrics by name, those that are defined for it
   * @param stream mean score over the tasks met so far, after each task; empty where orders differ
   *     in length
   * @param cost means over the completed runs; empty without any
   * @param times as cost: what depends on the machine and on what else it did
   */
  public record Row(
      String strategy,
      Map<String, String> setting,
      String label,
      Access protocol,
      Runs runs,
      Optional<Map<String, Object>> chosen,
      Map<String, Summary> metrics,
      List<Summary> stream,
      Optional<MeanCost> cost,
      Optional<MeanTimes> times,
      ParetoFront paretoFront) {
    public Row {
      setting = ordered(setting);
      metrics = ordered(metrics);
      stream = List.copyOf(stream);
    }

    /** {@code training.epochs = many}; empty without further axes. */
    public String settingLabel() {
      return spoken(setting);
    }

    /** Its name with the marks of what it sees. */
    public String marked() {
      return strategy + protocol.marks();
    }

    public Optional<Summary> metric(String name) {
      return Optional.ofNullable(metrics.get(name));
    }
  }

  static String spoken(Map<String, String> setting) {
    return setting.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Counts of runs. */
  public record Runs(int planned, int completed, int failed) {}

  /**
   * Scores of several runs.
   *
   * @param sd standard deviation; empty for a single one
   * @param low lower end of the bootstrap interval of the mean, with {@code high}; empty for a
   *     single one
   */
  public record Summary(
      long count, double mean, OptionalDouble sd, OptionalDouble low, OptionalDouble high) {
    public Optional<Interval> interval() {
      return low.isPresent() && high.isPresent()
          ? Optional.of(new Interval(low.getAsDouble(), high.getAsDouble()))
          : Optional.empty();
    }
  }

  /** Means of {@link Cost}. */
  public record MeanCost(
      double trainablePerTask,
      double storedParameters,
      double storedBytes,
      double trainTokens,
      double evaluationTokens) {}

  /** Means of {@link Cost}. */
  public record MeanTimes(
      double trainSeconds, double evaluationSeconds, double totalSeconds, double peakMemoryBytes) {}

  /** Whether no other row is better in both, the sorting metric and this cost. */
  public record ParetoFront(boolean storedParameters, boolean trainTokens) {}

  /**
   * The rows under one setting against each other, on the same orders and seeds.
   *
   * @param protocolsMixed whether rows that see different things are in it
   * @param metrics by name
   */
  public record Comparison(
      Map<String, String> setting,
      List<String> strategies,
      boolean protocolsMixed,
      Map<String, OfMetric> metrics) {
    public Comparison {
      setting = ordered(setting);
      strategies = List.copyOf(strategies);
      metrics = ordered(metrics);
    }

    public String settingLabel() {
      return spoken(setting);
    }
  }

  /**
   * By one metric.
   *
   * @param tests against the reference
   * @param ranking of all rows; empty with fewer than two or no common block
   * @param rankingsWithinProtocols of the rows that see the same
   * @param wins of each row against each, in the order of the strategies
   */
  public record OfMetric(
      List<Test> tests,
      Optional<Ranking> ranking,
      List<ProtocolRanking> rankingsWithinProtocols,
      List<List<Encounter>> wins) {
    public OfMetric {
      tests = List.copyOf(tests);
      rankingsWithinProtocols = List.copyOf(rankingsWithinProtocols);
      wins = List.copyOf(wins);
    }

    public Optional<Test> test(String strategy) {
      return tests.stream().filter(test -> test.strategy.equals(strategy)).findFirst();
    }
  }

  /**
   * A row against the reference.
   *
   * @param difference mean of row less reference
   * @param wilcoxon p of the signed-rank test; empty where no pair differs
   * @param wilcoxonHolm corrected for all tests of the comparison
   * @param student p of the t test
   * @param sameProtocol whether both see the same
   */
  public record Test(
      String strategy,
      int pairs,
      double difference,
      OptionalDouble wilcoxon,
      OptionalDouble wilcoxonHolm,
      OptionalDouble student,
      OptionalDouble studentHolm,
      boolean sameProtocol) {}

  /**
   * Average ranks, 1 is best.
   *
   * @param blocks orders and seeds that all have
   * @param ranks by strategy
   * @param friedman the statistic, with its {@code p}
   * @param criticalDifference of Nemenyi
   */
  public record Ranking(
      int blocks, Map<String, Double> ranks, double friedman, double p, double criticalDifference) {
    public Ranking {
      ranks = ordered(ranks);
    }
  }

  /** The rows that see the same. */
  public record ProtocolRanking(String protocol, @JsonUnwrapped Ranking ranking) {}

  /** On how many of the pairs one is better than the other. */
  public record Encounter(int wins, int ties, int pairs) {}

  /** A row on one order with one seed. */
  public record Cell(
      String strategy,
      Map<String, String> setting,
      String label,
      String order,
      long seed,
      @JsonUnwrapped Made run) {
    public Cell {
      setting = ordered(setting);
    }
  }

  /**
   * What has become of a run, and if it completed, what it gave.
   *
   * @param message why it failed; empty unless it did
   * @param folder of the run, relative to that of the suite
   * @param accuracy {@code R[t][i]}
   * @param zeroShot the row before any training; empty if not measured
   * @param metrics those of {@link RunResults#finalMetrics()}
   */
  public record Made(
      RunStanding status,
      Optional<String> message,
      Optional<String> folder,
      Optional<List<String>> tasks,
      Optional<List<List<Double>>> accuracy,
      Optional<List<Double>> zeroShot,
      Optional<Map<String, Double>> metrics,
      Optional<RunCost> cost,
      Optional<RunTimes> times) {

    /** Of a run that has completed. */
    public static Made completed(String folder, RunResults results) {
      Cost cost = results.cost();
      return new Made(
          RunStanding.COMPLETED,
          Optional.empty(),
          Optional.of(folder),
          Optional.of(results.tasks()),
          Optional.of(results.accuracy()),
          results.zeroShot(),
          Optional.of(results.finalMetrics()),
          Optional.of(
              new RunCost(
                  cost.trainableParameters(),
                  cost.storedParameters(),
                  cost.storedBytes(),
                  cost.tokens().train(),
                  cost.tokens().evaluation())),
          Optional.of(
              new RunTimes(
                  cost.seconds().train(),
                  cost.seconds().evaluation(),
                  cost.seconds().total(),
                  cost.peakMemoryBytes())));
    }

    /** Of a run that gave nothing. */
    public static Made without(RunStanding status, Optional<String> message) {
      return new Made(
          status,
          message,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    public OptionalDouble metric(String name) {
      return metrics
          .filter(all -> all.containsKey(name))
          .map(all -> OptionalDouble.of(all.get(name)))
          .orElse(OptionalDouble.empty());
    }
  }

  /** Of {@link Cost}. */
  public record RunCost(
      List<Long> trainableParameters,
      long storedParameters,
      long storedBytes,
      long trainTokens,
      long evaluationTokens) {}

  /** Of {@link Cost}: what depends on the machine and on what else it did. */
  public record RunTimes(
      double trainSeconds, double evaluationSeconds, double totalSeconds, long peakMemoryBytes) {}

  /**
   * Hyper-parameters were chosen before the comparison.
   *
   * @param on which tasks the trials met: {@code first-tasks} or {@code held-out-order}
   * @param split that they were judged by
   */
  public record Search(int trialsPerRow, long seed, String on, String split, List<Trial> trials) {
    public Search {
      trials = List.copyOf(trials);
    }
  }

  /**
   * A point of the search, tried.
   *
   * @param number from 1
   * @param values by path inside the experiment
   */
  public record Trial(
      String strategy,
      Map<String, String> setting,
      String label,
      int number,
      Map<String, Object> values,
      boolean chosen,
      @JsonUnwrapped Made run) {
    public Trial {
      setting = ordered(setting);
      values = ordered(values);
    }
  }

  public Optional<MetricDefinition> definition(String name) {
    return metricDefinitions.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
