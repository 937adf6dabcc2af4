package org.continuo.suite.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.results.RunResults;
import org.continuo.results.SuiteResults;
import org.continuo.results.SuiteResults.OfMetric;
import org.continuo.suite.Access;
import org.continuo.suite.Row;
import org.continuo.suite.SuiteOptions;
import org.continuo.suite.result.SuiteOutcome.CellResult;
import org.continuo.suite.statistics.Bootstrap;
import org.continuo.suite.statistics.Holm;
import org.continuo.suite.statistics.PairedTest;
import org.continuo.suite.statistics.Ranking;
import org.continuo.suite.statistics.Summary;
import org.continuo.suite.statistics.WinMatrix;

/** What the runs of a suite say: summaries of rows, and comparisons setting by setting. */
public final class Analysis {
  /** Of the bootstrap; any other would do, as long as it stays. */
  private static final long SEED = 1;

  private final SuiteOutcome outcome;
  private final SuiteOptions options;
  private final List<String> orders;
  private final Bootstrap bootstrap;
  private final List<RowResult> rows;
  private final List<Comparison> comparisons;

  public Analysis(SuiteOutcome outcome) {
    this.outcome = outcome;
    this.options = outcome.suite().options();
    this.orders = List.copyOf(outcome.suite().orders().keySet());
    SuiteOptions.StatisticsOptions numbers = options.statistics();
    this.bootstrap = new Bootstrap(numbers.resamples(), numbers.confidence(), SEED);
    this.rows = outcome.suite().rows().stream().map(this::row).toList();
    this.comparisons = outcome.suite().settings().stream().map(this::comparison).toList();
  }

  public SuiteOutcome outcome() {
    return outcome;
  }

  /** In the sequence of the suite. */
  public List<RowResult> rows() {
    return rows;
  }

  /** One per setting of the further axes. */
  public List<Comparison> comparisons() {
    return comparisons;
  }

  private RowResult row(Row row) {
    List<CellResult> cells = outcome.cells(row);
    List<RunResults> runs =
        cells.stream().flatMap(cell -> cell.state().results().stream()).toList();
    Map<String, Summary> metrics = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    ContinualMetrics.definitions().forEach(metric -> names.add(metric.name()));
    runs.forEach(run -> names.addAll(run.finalMetrics().keySet()));
    for (String name : names) {
      Summary.of(grid(cells, name), bootstrap).ifPresent(summary -> metrics.put(name, summary));
    }
    return new RowResult(
        row,
        outcome.suite().access(row),
        cells.size(),
        (int)
            cells.stream()
                .filter(cell -> cell.state().status() == SuiteResults.RunStanding.FAILED)
                .count(),
        runs,
        metrics,
        stream(cells, runs));
  }

  private List<Summary> stream(List<CellResult> cells, List<RunResults> runs) {
    long lengths = runs.stream().map(run -> run.tasks().size()).distinct().count();
    if (lengths != 1) {
      return List.of();
    }
    return IntStream.range(0, runs.get(0).tasks().size())
        .mapToObj(stage -> grid(cells, run -> run.seenAverages().get(stage)))
        .flatMap(grid -> Summary.of(grid, bootstrap).stream())
        .toList();
  }

  /** [O][S], NaN where no score is. */
  private double[][] grid(List<CellResult> cells, Function<RunResults, Double> score) {
    double[][] grid = new double[orders.size()][options.seeds().size()];
    Arrays.stream(grid).forEach(order -> Arrays.fill(order, Double.NaN));
    for (CellResult cell : cells) {
      cell.state()
          .results()
          .ifPresent(
              run ->
                  grid[orders.indexOf(cell.cell().order())][
                          options.seeds().indexOf(cell.cell().seed())] =
                      score.apply(run));
    }
    return grid;
  }

  private double[][] grid(List<CellResult> cells, String metric) {
    return grid(cells, run -> run.finalMetrics().getOrDefault(metric, Double.NaN));
  }

  private Comparison comparison(Map<String, String> setting) {
    List<RowResult> compared =
        rows.stream().filter(result -> result.row().setting().equals(setting)).toList();
    Map<String, OfMetric> metrics = new LinkedHashMap<>();
    for (MetricDefinition metric : ContinualMetrics.definitions()) {
      metrics.put(metric.name(), ofMetric(metric, compared));
    }
    return new Comparison(setting, compared, metrics);
  }

  private OfMetric ofMetric(MetricDefinition metric, List<RowResult> compared) {
    double[][] blocks = blocks(metric.name(), compared);
    return new OfMetric(
        tests(blocks, compared),
        ranking(blocks, metric, compared),
        withinProtocols(metric, compared),
        WinMatrix.of(blocks, metric.higherIsBetter()));
  }

  private Optional<SuiteResults.Ranking> ranking(
      double[][] blocks, MetricDefinition metric, List<RowResult> compared) {
    return Ranking.of(blocks, metric.higherIsBetter(), options.statistics().significance())
        .map(
            ranking -> {
              Map<String, Double> ranks = new LinkedHashMap<>();
              for (int k = 0; k < compared.size(); k++) {
                ranks.put(compared.get(k).row().strategy(), ranking.ranks().get(k));
              }
              return new SuiteResults.Ranking(
                  ranking.blocks(),
                  ranks,
                  ranking.statistic(),
                  ranking.p(),
                  ranking.criticalDifference());
            });
  }

  /** [N][K]: orders and seeds down, rows across. */
  private double[][] blocks(String metric, List<RowResult> compared) {
    int seeds = options.seeds().size();
    double[][] blocks = new double[orders.size() * seeds][compared.size()];
    for (int k = 0; k < compared.size(); k++) {
      double[][] grid = grid(outcome.cells(compared.get(k).row()), metric);
      for (int n = 0; n < blocks.length; n++) {
        // the last bits of equal scores may differ, and would make one the better
        blocks[n][k] = Math.rint(grid[n / seeds][n % seeds] * 1e12) / 1e12;
      }
    }
    return blocks;
  }

  private List<SuiteResults.ProtocolRanking> withinProtocols(
      MetricDefinition metric, List<RowResult> compared) {
    Map<Access, List<RowResult>> groups = new TreeMap<>();
    compared.forEach(
        row -> groups.computeIfAbsent(row.access(), access -> new ArrayList<>()).add(row));
    List<SuiteResults.ProtocolRanking> rankings = new ArrayList<>();
    groups.forEach(
        (access, group) ->
            ranking(blocks(metric.name(), group), metric, group)
                .ifPresent(
                    ranking ->
                        rankings.add(new SuiteResults.ProtocolRanking(access.label(), ranking))));
    return rankings;
  }

  private List<SuiteResults.Test> tests(double[][] blocks, List<RowResult> compared) {
    List<String> names = compared.stream().map(row -> row.row().strategy()).toList();
    int reference = options.reference().map(names::indexOf).orElse(-1);
    if (reference < 0) {
      return List.of();
    }
    List<Integer> others =
        IntStream.range(0, names.size()).filter(k -> k != reference).boxed().toList();
    List<PairedTest> paired =
        others.stream()
            .map(k -> PairedTest.of(column(blocks, k), column(blocks, reference)))
            .toList();
    List<OptionalDouble> wilcoxon = holm(paired.stream().map(PairedTest::wilcoxon).toList());
    List<OptionalDouble> student = holm(paired.stream().map(PairedTest::student).toList());
    return IntStream.range(0, others.size())
        .mapToObj(
            i ->
                new SuiteResults.Test(
                    names.get(others.get(i)),
                    paired.get(i).pairs(),
                    paired.get(i).difference(),
                    paired.get(i).wilcoxon(),
                    wilcoxon.get(i),
                    paired.get(i).student(),
                    student.get(i),
                    compared.get(others.get(i)).access().equals(compared.get(reference).access())))
        .toList();
  }

  private static double[] column(double[][] blocks, int k) {
    return Arrays.stream(blocks).mapToDouble(block -> block[k]).toArray();
  }

  /** A test that could not be made counts as one with p = 1. */
  private static List<OptionalDouble> holm(List<OptionalDouble> p) {
    double[] adjusted = Holm.adjusted(p.stream().mapToDouble(each -> each.orElse(1)).toArray());
    return IntStream.range(0, p.size())
        .mapToObj(
            i -> p.get(i).isPresent() ? OptionalDouble.of(adjusted[i]) : OptionalDouble.empty())
        .toList();
  }
}
