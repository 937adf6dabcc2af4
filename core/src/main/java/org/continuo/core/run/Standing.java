package org.continuo.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.MetricHistory;

/**
 * What a run has come to.
 *
 * @param started when it began, however often it was resumed
 * @param secondsBefore what earlier starts took that led here
 * @param peakMemoryBefore most memory of those
 */
record Standing(
    AccuracyMatrix matrix,
    MetricHistory history,
    List<List<Double>> routing,
    double trainSeconds,
    Instant started,
    double secondsBefore,
    long peakMemoryBefore) {

  static Standing start(AccuracyMatrix matrix, MetricHistory history) {
    return new Standing(matrix, history, List.of(), 0, Instant.now(), 0, 0);
  }

  /** Stages that have been trained and tested. */
  int stages() {
    return matrix.scores().size();
  }

  /**
   * One test of all tasks.
   *
   * @param routed share of each task's examples that were identified rightly; empty if tasks are
   *     given, or no strategy identifies
   */
  record Tested(List<Double> scores, List<Double> routed, MetricHistory.Stage metrics) {}

  Standing withZeroShot(Tested tested) {
    return with(
        AccuracyMatrix.start(matrix.tasks(), Optional.of(tested.scores), matrix.testExamples()),
        history.withZeroShot(tested.metrics),
        tested);
  }

  Standing withStage(Tested tested) {
    return with(matrix.withStage(tested.scores), history.withStage(tested.metrics), tested);
  }

  private Standing with(AccuracyMatrix scores, MetricHistory metrics, Tested tested) {
    List<List<Double>> routed = new ArrayList<>(routing);
    if (tested.routed.size() == scores.tasks().size()) {
      routed.add(tested.routed);
    }
    return new Standing(
        scores, metrics, routed, trainSeconds, started, secondsBefore, peakMemoryBefore);
  }

  Standing afterTraining(double seconds) {
    return new Standing(
        matrix, history, routing, trainSeconds + seconds, started, secondsBefore, peakMemoryBefore);
  }
}
