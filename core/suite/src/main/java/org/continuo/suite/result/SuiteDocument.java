package org.continuo.suite.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.suite.Access;
import org.continuo.suite.Row;
import org.continuo.suite.Suite;
import org.continuo.suite.SuiteOptions;
import org.continuo.suite.result.SuiteOutcome.CellResult;
import org.continuo.suite.result.SuiteOutcome.TrialResult;
import org.continuo.suite.statistics.ParetoFront;
import org.continuo.suite.statistics.Ranking;
import org.continuo.suite.statistics.Summary;
import org.continuo.suite.statistics.WinMatrix;

/** The content of {@code suite.json}, schema version 1. */
public final class SuiteDocument {
  /** The file in a suite's folder. */
  public static final String FILE = "suite.json";

  private static final int SCHEMA_VERSION = 1;
  private static final String TIMES = "times";

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

  /** As maps, lists, numbers and texts. */
  public static Map<String, Object> of(Analysis analysis) {
    return new SuiteDocument(analysis).content();
  }

  private Map<String, Object> content() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("name", suite.name());
    json.put("status", outcome.status());
    analysis.rows().stream()
        .flatMap(row -> row.records().stream())
        .findFirst()
        .ifPresent(record -> json.put("score", record.score()));
    json.put("metric", options.metric());
    options.reference().ifPresent(name -> json.put("reference", name));
    json.put("statistics", statistics());
    json.put("strategies", options.strategies().keySet().stream().sorted().toList());
    json.put("orders", suite.orders());
    json.put("seeds", options.seeds());
    json.put("axes", axes());
    json.put(
        "metricDefinitions",
        ContinualMetrics.definitions().stream().map(SuiteDocument::definition).toList());
    json.put("rows", rows());
    json.put(
        "comparisons", analysis.comparisons().stream().map(SuiteDocument::comparison).toList());
    json.put("cells", outcome.cells().stream().map(SuiteDocument::cell).toList());
    if (options.search().isPresent()) {
      json.put("search", search());
    }
    return json;
  }

  private Map<String, Object> statistics() {
    return object(
        "resamples", options.statistics().resamples(),
        "confidence", options.statistics().confidence(),
        "significance", options.statistics().significance());
  }

  private static Map<String, Object> definition(MetricDefinition metric) {
    return object(
        "name", metric.name(),
        "title", metric.title(),
        "definition", metric.definition(),
        "formula", metric.formula(),
        "source", metric.source(),
        "higherIsBetter", metric.higherIsBetter());
  }

  private Map<String, Object> axes() {
    Map<String, Object> axes = new TreeMap<>();
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

  private List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Comparison comparison : analysis.comparisons()) {
      List<Boolean> byStored = front(comparison.rows(), record -> record.cost().stored());
      List<Boolean> byTokens = front(comparison.rows(), record -> record.cost().trainTokens());
      for (int k = 0; k < comparison.rows().size(); k++) {
        Map<String, Object> json = row(comparison.rows().get(k));
        json.put(
            "paretoFront",
            object("storedParameters", byStored.get(k), "trainTokens", byTokens.get(k)));
        rows.add(json);
      }
    }
    return rows;
  }

  private List<Boolean> front(List<RowResult> rows, ToDoubleFunction<RunRecord> cost) {
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

  private Map<String, Object> row(RowResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    key(result.row(), json);
    json.put("protocol", protocol(result.access()));
    json.put(
        "runs",
        object(
            "planned", result.planned(),
            "completed", result.completed(),
            "failed", result.failed()));
    if (options.search().isPresent() && outcome.chosen().containsKey(result.row())) {
      json.put("chosen", outcome.chosen().get(result.row()).plain());
    }
    Map<String, Object> metrics = new LinkedHashMap<>();
    result.metrics().forEach((name, summary) -> metrics.put(name, summary(summary)));
    json.put("metrics", metrics);
    json.put("stream", result.overStream().stream().map(SuiteDocument::summary).toList());
    if (result.completed() > 0) {
      json.put(
          "cost",
          object(
              "trainablePerTask", result.mean(record -> record.cost().trainablePerTask()),
              "storedParameters", result.mean(record -> record.cost().stored()),
              "storedBytes", result.mean(record -> record.cost().storedBytes()),
              "trainTokens", result.mean(record -> record.cost().trainTokens()),
              "evaluationTokens", result.mean(record -> record.cost().evaluationTokens())));
      json.put(
          TIMES,
          object(
              "trainSeconds", result.mean(record -> record.cost().times().trainSeconds()),
              "evaluationSeconds", result.mean(record -> record.cost().times().evaluationSeconds()),
              "totalSeconds", result.mean(record -> record.cost().times().totalSeconds()),
              "peakMemoryBytes", result.mean(record -> record.cost().times().peakMemoryBytes())));
    }
    return json;
  }

  private static void key(Row row, Map<String, Object> json) {
    json.put("strategy", row.strategy());
    json.put("setting", row.setting());
    json.put("label", row.label());
  }

  private static Map<String, Object> protocol(Access access) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("taskId", access.taskIdGiven() ? "given" : "inferred");
    json.put("usesTaskId", access.usesTaskId());
    json.put("pastData", access.keepsPastData());
    json.put("futureData", access.seesFutureData());
    json.put("label", access.label());
    json.put("marks", access.marks());
    return json;
  }

  private static Map<String, Object> summary(Summary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", summary.count());
    json.put("mean", summary.mean());
    put("sd", summary.standardDeviation(), json);
    summary
        .interval()
        .ifPresent(
            interval -> {
              json.put("low", interval.low());
              json.put("high", interval.high());
            });
    return json;
  }

  private static Map<String, Object> comparison(Comparison comparison) {
    List<String> names = comparison.rows().stream().map(row -> row.row().strategy()).toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("setting", comparison.setting());
    json.put("strategies", names);
    json.put("protocolsMixed", comparison.protocolsMixed());
    Map<String, Object> metrics = new LinkedHashMap<>();
    comparison
        .metrics()
        .forEach(
            (name, of) -> {
              Map<String, Object> metric = new LinkedHashMap<>();
              metric.put("tests", of.tests().stream().map(SuiteDocument::test).toList());
              of.ranking().ifPresent(ranking -> metric.put("ranking", ranking(names, ranking)));
              metric.put(
                  "rankingsWithinProtocols",
                  of.withinProtocols().stream()
                      .map(
                          each -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("protocol", each.protocol());
                            one.putAll(ranking(each.strategies(), each.ranking()));
                            return one;
                          })
                      .toList());
              metric.put("wins", wins(of.wins()));
              metrics.put(name, metric);
            });
    json.put("metrics", metrics);
    return json;
  }

  private static Map<String, Object> test(Comparison.Test test) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("strategy", test.strategy());
    json.put("pairs", test.paired().pairs());
    json.put("difference", test.paired().difference());
    put("wilcoxon", test.paired().wilcoxon(), json);
    put("wilcoxonHolm", test.wilcoxonHolm(), json);
    put("student", test.paired().student(), json);
    put("studentHolm", test.studentHolm(), json);
    json.put("sameProtocol", test.sameProtocol());
    return json;
  }

  private static Map<String, Object> ranking(List<String> names, Ranking ranking) {
    Map<String, Object> ranks = new LinkedHashMap<>();
    IntStream.range(0, names.size()).forEach(k -> ranks.put(names.get(k), ranking.ranks().get(k)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("blocks", ranking.blocks());
    json.put("ranks", ranks);
    json.put("friedman", ranking.statistic());
    json.put("p", ranking.p());
    json.put("criticalDifference", ranking.criticalDifference());
    return json;
  }

  private static List<List<Map<String, Object>>> wins(List<List<WinMatrix.Encounter>> wins) {
    return wins.stream()
        .map(
            row ->
                row.stream()
                    .map(
                        each ->
                            object("wins", each.wins(), "ties", each.ties(), "pairs", each.pairs()))
                    .toList())
        .toList();
  }

  private static Map<String, Object> cell(CellResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    key(result.cell().row(), json);
    json.put("order", result.cell().order());
    json.put("seed", result.cell().seed());
    state(result.state(), result.cell().run().hash(), json);
    return json;
  }

  private static void state(RunState state, String hash, Map<String, Object> json) {
    json.put("status", state.status().name().toLowerCase(Locale.ROOT));
    state.message().ifPresent(message -> json.put("message", message));
    state
        .record()
        .ifPresent(
            record -> {
              json.put("folder", "runs/" + hash);
              json.put("tasks", record.tasks());
              json.put("accuracy", record.accuracy());
              if (!record.zeroShot().isEmpty()) {
                json.put("zeroShot", record.zeroShot());
              }
              json.put("metrics", record.metrics());
              RunRecord.Cost cost = record.cost();
              Map<String, Object> costs = new LinkedHashMap<>();
              costs.put("trainableParameters", cost.trainable());
              costs.put("storedParameters", cost.stored());
              costs.put("storedBytes", cost.storedBytes());
              costs.put("trainTokens", cost.trainTokens());
              costs.put("evaluationTokens", cost.evaluationTokens());
              json.put("cost", costs);
              json.put(
                  TIMES,
                  object(
                      "trainSeconds", cost.times().trainSeconds(),
                      "evaluationSeconds", cost.times().evaluationSeconds(),
                      "totalSeconds", cost.times().totalSeconds(),
                      "peakMemoryBytes", cost.times().peakMemoryBytes()));
            });
  }

  private Map<String, Object> search() {
    SuiteOptions.SearchOptions search = options.search().orElseThrow();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trialsPerRow", search.trials());
    json.put("seed", search.seed());
    json.put("on", search.on().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("split", "dev");
    json.put("trials", outcome.trials().stream().map(this::trial).toList());
    return json;
  }

  private Map<String, Object> trial(TrialResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    key(result.trial().row(), json);
    json.put("number", result.trial().number() + 1);
    json.put("values", result.trial().point().plain());
    json.put("chosen", result.trial().point().equals(outcome.chosen().get(result.trial().row())));
    state(result.state(), result.trial().run().hash(), json);
    return json;
  }

  private static void put(String name, OptionalDouble value, Map<String, Object> json) {
    if (value.isPresent()) {
      json.put(name, value.getAsDouble());
    }
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return json;
  }
}
