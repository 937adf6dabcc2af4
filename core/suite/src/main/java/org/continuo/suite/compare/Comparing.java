package org.continuo.suite.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.continuo.core.evaluate.Metrics;
import org.continuo.results.ComparisonResults;
import org.continuo.results.ComparisonResults.Row;
import org.continuo.results.Interval;
import org.continuo.results.Protocol;
import org.continuo.results.Reading;
import org.continuo.suite.compare.Pairing.Pairs;

/**
 * Computes a comparison. Whatever a metric chooses on the items, such as a threshold, it chooses
 * anew in every resample, so the interval holds the uncertainty of that choice too.
 */
public final class Comparing {
  private final Pairing pairing;
  private final Metrics metrics;
  private final List<String> notes = new ArrayList<>();

  private Comparing(Pairing pairing, Metrics metrics) {
    this.pairing = pairing;
    this.metrics = metrics;
  }

  /** The score and the metrics on each task and, for what all tasks have, their mean. */
  public static ComparisonResults of(Pairing pairing, Metrics metrics, Bootstrap bootstrap) {
    return new Comparing(pairing, metrics).compare(bootstrap);
  }

  /** The same quantity on one task, or as the mean of all. */
  private record Cell(List<Integer> tasks, Quantity quantity) {}

  private ComparisonResults compare(Bootstrap bootstrap) {
    noteOtherProtocol();
    List<Map<Quantity, Double>> a = new ArrayList<>();
    List<Map<Quantity, Double>> b = new ArrayList<>();
    List<ComparisonResults.Curves> curves = new ArrayList<>();
    List<Reading> readingsA = new ArrayList<>();
    List<Reading> readingsB = new ArrayList<>();
    for (Pairs pairs : pairing.tasks()) {
      Reading readingA = read(pairs.a(), pairs.task(), "A");
      Reading readingB = read(pairs.b(), pairs.task(), "B");
      a.add(quantities(pairs.task(), pairs.a(), readingA.values()));
      b.add(quantities(pairs.task(), pairs.b(), readingB.values()));
      noteWhatOneLacks(pairs.task(), a.get(a.size() - 1), b.get(b.size() - 1));
      readingsA.add(readingA);
      readingsB.add(readingB);
    }
    for (MetricDefinition metric : metrics.definitions()) {
      for (int task = 0; task < a.size(); task++) {
        curves.add(
            new ComparisonResults.Curves(
                metric.name(),
                pairing.tasks().get(task).task(),
                readingsA.get(task).curvesOf(metric),
                readingsB.get(task).curvesOf(metric)));
      }
    }
    List<Cell> cells = cells(a, b);
    List<Optional<Interval>> intervals =
        bootstrap.intervals(
            pairing.tasks().stream().map(Pairs::size).toList(), drawn -> differences(cells, drawn));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      double ofA = mean(cell, a);
      double ofB = mean(cell, b);
      rows.add(
          new Row(
              cell.tasks.size() == 1
                  ? Optional.of(pairing.tasks().get(cell.tasks.get(0)).task())
                  : Optional.empty(),
              cell.quantity.measure(),
              cell.quantity.value(),
              ofA,
              ofB,
              ofB - ofA,
              intervals.get(i)));
    }
    return new ComparisonResults(
        side(pairing.a()),
        side(pairing.b()),
        pairing.a().results().score(),
        pairing.tasks().stream().map(Pairs::task).toList(),
        pairing.tasks().stream().map(Pairs::size).toList(),
        rows,
        new ComparisonResults.Resampling(
            bootstrap.resamples(), bootstrap.seed(), bootstrap.level()),
        metrics.definitions(),
        curves,
        notes);
  }

  private static ComparisonResults.Side side(FinishedRun run) {
    return new ComparisonResults.Side(
        run.folder().toAbsolutePath().normalize().toString(),
        run.results().name(),
        run.results().strategy(),
        String.valueOf(run.results().seed()),
        run.results().tasks());
  }

  private Reading read(List<Prediction> answers, String task, String run) {
    Reading reading = metrics.read(answers, "task '%s' of %s".formatted(task, run), notes::add);
    metrics.definitions().stream()
        .filter(metric -> reading.valuesOf(metric).isEmpty())
        .forEach(
            metric ->
                notes.add(
                    "metric '%s' gives nothing for task '%s' of %s, whose answers %s"
                        .formatted(
                            metric.name(),
                            task,
                            run,
                            answers.get(0).probabilities().isEmpty()
                                ? "have no probabilities"
                                : "are not what it is made for")));
    return reading;
  }

  private void noteOtherProtocol() {
    Protocol a = pairing.a().results().protocol();
    Protocol b = pairing.b().results().protocol();
    noteOther("taskId", a.taskId(), b.taskId());
    noteOther("pastData", a.pastData(), b.pastData());
    noteOther("split", a.split(), b.split());
    noteOther("futureData", a.futureData(), b.futureData());
  }

  private void noteOther(String name, Object a, Object b) {
    if (!a.equals(b)) {
      notes.add(
          "the runs follow different protocols: %s is %s in A and %s in B".formatted(name, a, b));
    }
  }

  private void noteWhatOneLacks(String task, Map<Quantity, Double> a, Map<Quantity, Double> b) {
    note(task, a, b, "A");
    note(task, b, a, "B");
  }

  private void note(
      String task, Map<Quantity, Double> have, Map<Quantity, Double> lack, String run) {
    List<String> only =
        have.keySet().stream()
            .filter(quantity -> !lack.containsKey(quantity))
            .map(Quantity::toString)
            .toList();
    if (!only.isEmpty()) {
      notes.add(
          "task '%s': %s only in %s, not compared".formatted(task, String.join(", ", only), run));
    }
  }

  private Map<Quantity, Double> quantities(
      String task, List<Prediction> answers, Map<String, Map<String, Double>> byMetric) {
    Map<Quantity, Double> quantities = new LinkedHashMap<>();
    String score = pairing.a().results().score(task);
    quantities.put(
        new Quantity(score, Metric.TOTAL),
        answers.stream().mapToDouble(answer -> answer.grades().get(score)).average().orElseThrow());
    byMetric.forEach(
        (metric, values) ->
            values.forEach((name, value) -> quantities.put(new Quantity(metric, name), value)));
    return quantities;
  }

  private static List<Cell> cells(List<Map<Quantity, Double>> a, List<Map<Quantity, Double>> b) {
    List<Cell> cells = new ArrayList<>();
    for (int task = 0; task < a.size(); task++) {
      for (Quantity quantity : a.get(task).keySet()) {
        if (b.get(task).containsKey(quantity)) {
          cells.add(new Cell(List.of(task), quantity));
        }
      }
    }
    int tasks = a.size();
    if (tasks > 1) {
      cells.stream()
          .map(Cell::quantity)
          .distinct()
          .filter(
              quantity -> cells.stream().filter(c -> c.quantity.equals(quantity)).count() == tasks)
          .map(quantity -> new Cell(IntStream.range(0, tasks).boxed().toList(), quantity))
          .toList()
          .forEach(cells::add);
    }
    return cells;
  }

  private double[] differences(List<Cell> cells, List<int[]> drawn) {
    List<Map<Quantity, Double>> a = new ArrayList<>();
    List<Map<Quantity, Double>> b = new ArrayList<>();
    for (int task = 0; task < drawn.size(); task++) {
      Pairs pairs = pairing.tasks().get(task);
      a.add(resampled(pairs.task(), pairs.a(), drawn.get(task)));
      b.add(resampled(pairs.task(), pairs.b(), drawn.get(task)));
    }
    return cells.stream().mapToDouble(cell -> mean(cell, b) - mean(cell, a)).toArray();
  }

  private Map<Quantity, Double> resampled(String task, List<Prediction> answers, int[] drawn) {
    List<Prediction> sample = Arrays.stream(drawn).mapToObj(answers::get).toList();
    return quantities(task, sample, metrics.values(sample));
  }

  /** NaN if a resample left a task without the quantity. */
  private static double mean(Cell cell, List<Map<Quantity, Double>> byTask) {
    return cell.tasks.stream()
        .mapToDouble(task -> byTask.get(task).getOrDefault(cell.quantity, Double.NaN))
        .average()
        .orElseThrow();
  }
}
