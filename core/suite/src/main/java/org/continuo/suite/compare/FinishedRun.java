package org.continuo.suite.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.result.Prediction;
import org.continuo.results.PredictionsFile;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;

/**
 * The folder of a run that trained every task, as far as comparing needs it.
 *
 * @param answers by task, then by example: those after the last task
 */
public record FinishedRun(
    Path folder, RunResults results, Map<String, Map<String, Prediction>> answers) {

  /** Adds to the problems what keeps the folder from being compared; empty if there was any. */
  static Optional<FinishedRun> read(Path folder, List<String> problems) {
    try {
      if (!ResultsFile.RUN.isIn(folder) && ResultsFile.SUITE.isIn(folder)) {
        problems.add(
            folder
                + ": found the folder of a suite, expected that of a run; give one of the runs in it");
        return Optional.empty();
      }
      return read(folder, ResultsFile.RUN.read(folder), problems);
    } catch (DataException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static Optional<FinishedRun> read(Path folder, RunResults results, List<String> problems)
      throws IOException {
    List<String> tasks = results.tasks();
    int stages = results.stages();
    if (stages < tasks.size()) {
      problems.add(
          "%s: found %d of %d tasks trained (status %s), expected a run that trained all; run its experiment.conf again to the end"
              .formatted(folder, stages, tasks.size(), results.status()));
      return Optional.empty();
    }
    int before = problems.size();
    Map<String, Map<String, Prediction>> answers = new LinkedHashMap<>();
    String last = PredictionsFile.stage(stages - 1, tasks.get(stages - 1));
    for (String task : tasks) {
      Path file = PredictionsFile.in(folder, last, task);
      answers.put(task, answers(file, results.score(task), problems));
    }
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(new FinishedRun(folder, results, Collections.unmodifiableMap(answers)));
  }

  private static Map<String, Prediction> answers(Path file, String score, List<String> problems)
      throws IOException {
    Map<String, Prediction> answers = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      problems.add(
          file
              + ": found no such file, expected the answers after the last task; run the"
              + " experiment again");
      return answers;
    }
    List<Prediction> lines;
    try {
      lines = PredictionsFile.read(file);
    } catch (DataException e) {
      problems.addAll(e.problems());
      return answers;
    }
    for (int i = 0; i < lines.size(); i++) {
      Prediction answer = lines.get(i);
      Optional<String> problem =
          !answer.grades().containsKey(score)
              ? Optional.of("found no grade '" + score + "', expected one in every line")
              : Optional.ofNullable(answers.put(answer.example(), answer))
                  .map(twice -> "found example '" + answer.example() + "' twice, expected it once");
      if (problem.isPresent()) {
        problems.add(file + ":" + (i + 1) + ": " + problem.get() + "; run the experiment again");
        return answers;
      }
    }
    if (answers.isEmpty()) {
      problems.add(file + ": found no answer, expected at least one; run the experiment again");
    }
    return answers;
  }
}
