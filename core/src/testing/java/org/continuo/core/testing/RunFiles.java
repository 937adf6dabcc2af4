package org.continuo.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.results.Cost;
import org.continuo.results.PredictionsFile;
import org.continuo.results.Protocol;
import org.continuo.results.Provenance;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;
import org.continuo.results.RunStatus;

/** Folders of runs, as far as comparing reads them. */
public final class RunFiles {
  private RunFiles() {}

  /** A run that trained its tasks in this order. */
  public static Path run(Path folder, String... tasks) throws IOException {
    Files.createDirectories(folder.resolve(PredictionsFile.FOLDER));
    return results(folder, "accuracy", "given", tasks.length, tasks);
  }

  /**
   * Results of a run of this name.
   *
   * @param score what it is scored by
   * @param taskId {@code given} or {@code inferred}
   * @param stages tasks it has trained
   */
  public static Path results(
      Path folder, String score, String taskId, int stages, String... tasks) throws IOException {
    List<Double> row = Collections.nCopies(tasks.length, 0.5);
    ResultsFile.RUN.write(
        new RunResults(
            stages == tasks.length ? RunStatus.COMPLETED : RunStatus.INTERRUPTED,
            Optional.empty(),
            folder.getFileName().toString(),
            "still",
            1,
            List.of(tasks),
            score,
            Optional.empty(),
            Collections.nCopies(stages, row),
            Optional.empty(),
            Optional.empty(),
            Collections.nCopies(tasks.length, 2),
            Map.of(),
            List.of(),
            Optional.empty(),
            new Protocol(taskId, false, "test", false),
            cost(List.of(), 0, 0, 0),
            provenance("source"),
            List.of()),
        folder);
    return folder;
  }

  /** Of a run with no more to it. */
  public static Cost cost(List<Long> trainable, long stored, long trainTokens, double seconds) {
    return new Cost(
        trainable,
        stored,
        4 * stored,
        0,
        Optional.empty(),
        0,
        new Cost.Tokens(trainTokens, 900),
        new Cost.Seconds(seconds, 1, seconds + 1),
        2_000_000);
  }

  /** The answers after the last task. */
  public static void answers(Path run, String stage, String task, String... lines)
      throws IOException {
    Files.write(PredictionsFile.in(run, stage, task), List.of(lines));
  }

  /**
   * One answer, right or wrong.
   *
   * @param bad the probability of the label {@code bad}; the other is {@code good}
   */
  public static String answer(String example, String expected, double bad) {
    String given = bad > 0.5 ? "bad" : "good";
    return """
        {"example":"%s","answer":"%s","expected":"%s","accuracy":%s,"probabilities":{"good":%s,"bad":%s}}"""
        .formatted(example, given, expected, given.equals(expected) ? "1.0" : "0.0", 1 - bad, bad);
  }

  /**
   * Of a run of nowhere.
   *
   * @param checkpoint its source
   */
  public static Provenance provenance(String checkpoint) {
    return new Provenance(
        "0",
        "17",
        "os",
        "cpu",
        1,
        1,
        "engine",
        "1",
        new Provenance.Checkpoint(
            checkpoint,
            "00",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Provenance.Data(Map.of(), List.of()),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
