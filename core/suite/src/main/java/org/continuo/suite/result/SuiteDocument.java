package org.continuo.suite.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.results.RunResults;
import org.continuo.results.SuiteResults;
import org.continuo.suite.Access;
import org.continuo.suite.Point;
import org.continuo.suite.Row;
import org.continuo.suite.Suite;
import org.continuo.suite.SuiteOptions;
import org.continuo.suite.result.SuiteOutcome.CellResult;
import org.continuo.suite.result.SuiteOutcome.TrialResult;
import org.continuo.suite.statistics.Bootstrap;
import org.continuo.suite.statistics.ParetoFront;
import org.continuo.suite.statistics.Summary;

/** What {@code suite.json} says of an analysis. */
public final class SuiteDocument {
  private final Analysis analysis;
  private final SuiteOutcome outcome;
  private final Suite suite;
  private final SuiteOptions options;

  private SuiteDocument(Analysis analysis) {
    this.analysis = analysis;
    this.outcome = analysis.outcome();
    this.suite = outcome.suite();
    this.options = suite.options();
  }

  public static SuiteResults of(Analysis analysis) {
    return new SuiteDocument(analysis).content();
  }

  private SuiteResults content() {
    SuiteOptions.StatisticsOptions statistics = options.statistics();
    return new SuiteResults(
        suite.name(),
        outcome.status(),
        analysis.rows().stream()
            .flatMap(row -> row.runs().stream())
            .map(RunResults::score)
            .findFirst(),
        options.metric(),
        options.reference(),
        new SuiteResults.Statistics(
            statistics.resamples(), statistics.confidence(), statistics.significance()),
        options.strategies().keySet().stream().sorted().toList(),
        suite.orders(),
        options.seeds(),
        axes(),
        ContinualMetrics.definitions(),
        rows(),
        analysis.comparisons().stream().map(SuiteDocument::comparison).toList(),
        outcome.cells().stream().map(SuiteDocument::cell).toList(),
        options.search().map(this::search));
  }

  private Map<String, Map<String, Object>> axes() {
    Map<String, Map<String, Object>> axes = new TreeMap<>();
    options
        .axes()
        .forEach(
            (path, values) -> {
              Map<String, Object> plain = new TreeMap<>();
              values.forEach((name, value) -> plain.put(name, value.unwrapped()));
              axes.put(path, plain);
            });
    return axes;
  }

  private List<SuiteResults.Row> rows() {
    List<SuiteResults.Row> rows = new ArrayList<>();
    for (Comparison comparison : analysis.comparisons()) {
      List<Boolean> byStored = front(comparison.rows(), run -> run.cost().storedParameters());
      List<Boolean> byTokens = front(comparison.rows(), run -> run.cost().tokens().train());
      for (int k = 0; k < comparison.rows().size(); k++) {
        rows.add(
            row(
                comparison.rows().get(k),
                new SuiteResults.ParetoFront(byStored.get(k), byTokens.get(k))));
      }
    }
    return rows;
  }

  private List<Boolean> front(List<RowResult> rows, ToDoubleFunction<RunResults> cost) {
    boolean higher =
        ContinualMetrics.definitions().stream()
            .filter(metric -> metric.name().equals(options.metric()))
            .allMatch(MetricDefinition::higherIsBetter);
    return ParetoFront.of(
        rows.stream()
            .map(
                row -> {
                  double mean =
                      row.metric(options.metric())
                          .map(summary -> higher ? summary.mean() : -summary.mean())
                          .orElse(Double.NaN);
                  return new ParetoFront.Point(mean, row.mean(cost));
                })
            .toList());
  }

  private SuiteResults.Row row(RowResult result, SuiteResults.ParetoFront front) {
    Row row = result.row();
    Map<String, SuiteResults.Summary> metrics = new LinkedHashMap<>();
    result.metrics().forEach((name, summary) -> metrics.put(name, summary(summary)));
    Optional<RowResult> any = Optional.of(result).filter(each -> each.completed() > 0);
    return new SuiteResults.Row(
        row.strategy(),
        row.setting(),
        row.label(),
        access(result.access()),
        new SuiteResults.Runs(result.planned(), result.completed(), result.failed()),
        options
            .search()
            .flatMap(s -> Optional.ofNullable(outcome.chosen().get(row)))
            .map(Point::plain),
        metrics,
        result.overStream().stream().map(SuiteDocument::summary).toList(),
        any.map(SuiteDocument::cost),
        any.map(SuiteDocument::times),
        front);
  }

  private static SuiteResults.MeanCost cost(RowResult result) {
    return new SuiteResults.MeanCost(
        result.mean(run -> run.cost().trainablePerTask()),
        result.mean(run -> run.cost().storedParameters()),
        result.mean(run -> run.cost().storedBytes()),
        result.mean(run -> run.cost().tokens().train()),
        result.mean(run -> run.cost().tokens().evaluation()));
  }

  private static SuiteResults.MeanTimes times(RowResult result) {
    return new SuiteResults.MeanTimes(
        result.mean(run -> run.cost().seconds().train()),
        result.mean(run -> run.cost().seconds().evaluation()),
        result.mean(run -> run.cost().seconds().total()),
        result.mean(run -> run.cost().peakMemoryBytes()));
  }

  private static SuiteResults.Access access(Access access) {
    return new SuiteResults.Access(
        access.taskIdGiven() ? "given" : "inferred",
        access.usesTaskId(),
        access.keepsPastData(),
        access.seesFutureData(),
        access.label(),
        access.marks());
  }

  private static SuiteResults.Summary summary(Summary summary) {
    return new SuiteResults.Summary(
        summary.count(),
        summary.mean(),
        summary.standardDeviation(),
        end(summary, Bootstrap.Interval::low),
        end(summary, Bootstrap.Interval::high));
  }

  private static OptionalDouble end(Summary summary, ToDoubleFunction<Bootstrap.Interval> which) {
    return summary.interval().stream().mapToDouble(which).findFirst();
  }

  private static SuiteResults.Comparison comparison(Comparison comparison) {
    return new SuiteResults.Comparison(
        comparison.setting(),
        comparison.rows().stream().map(row -> row.row().strategy()).toList(),
        comparison.protocolsMixed(),
        comparison.metrics());
  }

  private static SuiteResults.Cell cell(CellResult result) {
    Row row = result.cell().row();
    return new SuiteResults.Cell(
        row.strategy(),
        row.setting(),
        row.label(),
        result.cell().order(),
        result.cell().seed(),
        made(result.state(), result.cell().run().hash()));
  }

  private static SuiteResults.Made made(RunOutcome run, String hash) {
    return run.results()
        .map(results -> SuiteResults.Made.completed("runs/" + hash, results))
        .orElseGet(() -> SuiteResults.Made.without(run.status(), run.message()));
  }

  private SuiteResults.Search search(SuiteOptions.SearchOptions search) {
    return new SuiteResults.Search(
        search.trials(),
        search.seed(),
        search.on().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "dev",
        outcome.trials().stream().map(this::trial).toList());
  }

  private SuiteResults.Trial trial(TrialResult result) {
    Row row = result.trial().row();
    return new SuiteResults.Trial(
        row.strategy(),
        row.setting(),
        row.label(),
        result.trial().number() + 1,
        result.trial().point().plain(),
        result.trial().point().equals(outcome.chosen().get(row)),
        made(result.state(), result.trial().run().hash()));
  }
}
