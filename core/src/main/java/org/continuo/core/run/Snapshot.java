package org.continuo.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.core.train.LearnedState;

/**
 * A run as it stands after a task has been trained and tested: all of it that is no array.
 *
 * @param fingerprint of its experiment
 * @param environment what else decides its numbers: {@link #WHAT_IS_READ data and model}, and the
 *     machine
 * @param eventBytes length of {@code events.jsonl}
 */
record Snapshot(
    String fingerprint,
    Map<String, String> environment,
    long eventBytes,
    Scores scores,
    Spent spent,
    List<String> warnings,
    Map<String, Evaluator.Tested> tested,
    LearnedState.Facts learned) {

  /** Where the names of data and model begin; whatever else differs only moves last bits. */
  static final String WHAT_IS_READ = "sha256 of ";

  /**
   * What tests gave.
   *
   * @param accuracy rows of the matrix
   * @param routing share of examples whose task was identified rightly, by stage and task
   * @param readings of the metrics, by stage
   */
  record Scores(
      List<List<Double>> accuracy,
      Optional<List<Double>> zeroShot,
      List<List<Double>> routing,
      Optional<MetricHistory.Stage> zeroShotReadings,
      List<MetricHistory.Stage> readings) {}

  /**
   * What it took, however often it was started.
   *
   * @param trainable parameters trained, per task
   */
  record Spent(
      Instant started,
      List<Long> trainable,
      long trainTokens,
      long evaluationTokens,
      double trainSeconds,
      double evaluationSeconds,
      double totalSeconds,
      long peakMemoryBytes) {}
}
