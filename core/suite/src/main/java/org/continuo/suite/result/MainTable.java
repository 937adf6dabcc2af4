package org.continuo.suite.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.results.SuiteResults;
import org.continuo.suite.Access;
import org.continuo.suite.statistics.Summary;

/**
 * The main table as data: one section per setting and protocol, so that rows that see different
 * things never stand in one list; within a section the best come first.
 */
public final class MainTable {
  /** Metrics with a column of their own, besides the one that sorts. */
  private static final List<String> METRICS =
      List.of("acc.final", "bwt.gem", "forgetting.chaudhry", "fwt.gem", "la");

  private final Analysis analysis;
  private final String sortedBy;

  public MainTable(Analysis analysis) {
    this.analysis = analysis;
    this.sortedBy = analysis.outcome().suite().options().metric();
  }

  /**
   * Rows that see the same.
   *
   * @param setting of the further axes; empty without any
   */
  public record Section(String setting, Access access, List<Line> lines) {
    public Section {
      lines = List.copyOf(lines);
    }
  }

  /**
   * One row.
   *
   * @param test against the reference; empty for the reference itself, or without one
   * @param rank average rank among all rows of its setting
   * @param best true where the mean of the sorting metric is the best of its section
   */
  public record Line(
      RowResult result, Optional<SuiteResults.Test> test, OptionalDouble rank, boolean best) {
    Optional<Summary> metric(String name) {
      return result.metric(name);
    }

    String runs() {
      return result.completed() + "/" + result.planned();
    }
  }

  /** The sorting metric first. */
  List<MetricDefinition> metrics() {
    return ContinualMetrics.definitions().stream()
        .filter(metric -> metric.name().equals(sortedBy) || METRICS.contains(metric.name()))
        .sorted(Comparator.comparing((MetricDefinition metric) -> !metric.name().equals(sortedBy)))
        .toList();
  }

  String sortedBy() {
    return sortedBy;
  }

  Optional<String> reference() {
    return analysis.outcome().suite().options().reference();
  }

  List<Section> sections() {
    return analysis.comparisons().stream().flatMap(each -> sections(each).stream()).toList();
  }

  private List<Section> sections(Comparison comparison) {
    SuiteResults.OfMetric of = comparison.metrics().get(sortedBy);
    boolean higher =
        metrics().stream()
            .filter(metric -> metric.name().equals(sortedBy))
            .allMatch(MetricDefinition::higherIsBetter);
    ToDoubleFunction<Line> sign =
        line ->
            line.metric(sortedBy)
                .map(summary -> higher ? -summary.mean() : summary.mean())
                .orElse(Double.POSITIVE_INFINITY);
    Map<Access, List<Line>> groups = new TreeMap<>();
    for (RowResult result : comparison.rows()) {
      OptionalDouble rank =
          of.ranking()
              .map(ranking -> OptionalDouble.of(ranking.ranks().get(result.row().strategy())))
              .orElse(OptionalDouble.empty());
      groups
          .computeIfAbsent(result.access(), access -> new ArrayList<>())
          .add(new Line(result, of.test(result.row().strategy()), rank, false));
    }
    List<Section> sections = new ArrayList<>();
    groups.forEach(
        (access, lines) -> {
          List<Line> sorted = lines.stream().sorted(Comparator.comparingDouble(sign)).toList();
          String setting = lines.get(0).result().row().settingLabel();
          sections.add(new Section(setting, access, marked(sorted, sign)));
        });
    return sections;
  }

  private static List<Line> marked(List<Line> sorted, ToDoubleFunction<Line> sign) {
    double best = sign.applyAsDouble(sorted.get(0));
    return IntStream.range(0, sorted.size())
        .mapToObj(sorted::get)
        .map(
            line ->
                new Line(
                    line.result(),
                    line.test(),
                    line.rank(),
                    Double.isFinite(best) && sign.applyAsDouble(line) == best))
        .toList();
  }

  static String fixed(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
