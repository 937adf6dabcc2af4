package org.continuo.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Folders of runs, as far as comparing reads them. */
public final class RunFiles {
  private RunFiles() {}

  /** A run that trained its tasks in this order. */
  public static Path run(Path folder, String... tasks) throws IOException {
    Files.createDirectories(folder.resolve("predictions"));
    String names =
        List.of(tasks).stream().map(task -> '"' + task + '"').collect(Collectors.joining(","));
    String row = List.of(tasks).stream().map(task -> "0.5").collect(Collectors.joining(","));
    String rows =
        List.of(tasks).stream().map(task -> "[" + row + "]").collect(Collectors.joining(","));
    Files.writeString(
        folder.resolve("results.json"),
        """
        {"schemaVersion": 1, "status": "completed", "name": "%s", "strategy": "still", "seed": 1,
         "score": "accuracy", "tasks": [%s], "accuracy": [%s]}
        """
            .formatted(folder.getFileName(), names, rows));
    return folder;
  }

  /** The answers after the last task. */
  public static void answers(Path run, String stage, String task, String... lines)
      throws IOException {
    Files.write(run.resolve("predictions").resolve(stage + "--" + task + ".jsonl"), List.of(lines));
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
}
