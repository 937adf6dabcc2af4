package org.continuo.results;

import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;

/**
 * What {@code comparison.json} says: what two runs, A and B, give on the same test examples.
 *
 * @param score the grade both are scored by
 * @param tasks in the order of A
 * @param examples test examples of each task
 * @param rows by task, then of the mean over the tasks, if there are several; within each first the
 *     score
 * @param metricDefinitions of the metrics; the score has none
 * @param curves by metric, then by task
 * @param notes what could not be compared
 */
@Stability(Stability.Level.EVOLVING)
public record ComparisonResults(
    Side a,
    Side b,
    String score,
    List<String> tasks,
    List<Integer> examples,
    List<Row> rows,
    Resampling bootstrap,
    List<MetricDefinition> metricDefinitions,
    List<Curves> curves,
    List<String> notes) {
  public ComparisonResults {
    tasks = List.copyOf(tasks);
    examples = List.copyOf(examples);
    rows = List.copyOf(rows);
    metricDefinitions = List.copyOf(metricDefinitions);
    curves = List.copyOf(curves);
    notes = List.copyOf(notes);
  }

  /**
   * One of the two runs.
   *
   * @param name of the experiment
   * @param tasks in the order they were trained
   */
  public record Side(String folder, String name, String strategy, String seed, List<String> tasks) {
    public Side {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * A quantity that both have; all numbers are shares: a hundredth is one percentage point.
   *
   * @param task empty for the mean over the tasks
   * @param measure the score or a metric
   * @param value of which part of it: {@link Metric#TOTAL}, a label
   * @param difference what B has more than A
   * @param interval of the difference; empty where it is not defined
   */
  public record Row(
      Optional<String> task,
      String measure,
      String value,
      double a,
      double b,
      double difference,
      Optional<Interval> interval) {
    public boolean isTotal() {
      return value.equals(Metric.TOTAL);
    }

    /** The measure, and of which part of it the value is, if not of all. */
    public String quantity() {
      return isTotal() ? measure : measure + " " + value;
    }

    /** Whether the interval leaves out that nothing differs. */
    public boolean sure() {
      return interval.filter(Interval::leavesOutZero).isPresent();
    }
  }

  /**
   * How intervals were made: by draws of the test examples of each task, the same for both runs.
   *
   * @param level share of the resamples inside an interval
   */
  public record Resampling(int resamples, long seed, double level) {}

  /** What stands behind the values of one metric on one task. */
  public record Curves(String measure, String task, List<Metric.Curve> a, List<Metric.Curve> b) {
    public Curves {
      a = List.copyOf(a);
      b = List.copyOf(b);
    }
  }
}
