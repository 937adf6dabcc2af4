package org.continuo.suite.compare;

import static org.continuo.core.testing.RunFiles.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.continuo.api.result.Prediction;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.evaluate.Metrics;
import org.continuo.core.testing.RunFiles;
import org.continuo.results.ComparisonResults;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingTest {
  @TempDir Path folder;
  private Path a;
  private Path b;

  @BeforeEach
  void twoRunsInDifferentOrders() throws IOException {
    a = RunFiles.run(folder.resolve("a"), "x", "y");
    RunFiles.answers(a, "1-y", "x", answer("x/1", "bad", 0.75), answer("x/2", "good", 0.25));
    RunFiles.answers(a, "1-y", "y", answer("y/1", "bad", 0.75));
    b = RunFiles.run(folder.resolve("b"), "y", "x");
    RunFiles.answers(b, "1-x", "x", answer("x/2", "good", 0.75), answer("x/1", "bad", 1));
    RunFiles.answers(b, "1-x", "y", answer("y/1", "bad", 0.25));
  }

  private List<String> problems() {
    return assertThrows(InvalidInput.class, () -> Pairing.read(a, b)).problems().stream()
        .map(problem -> problem.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void answersToTheSameExampleMeetInTheOrderOfA() {
    Pairing pairing = Pairing.read(a, b);
    assertEquals(List.of("x", "y"), pairing.tasks().stream().map(Pairing.Pairs::task).toList());
    Pairing.Pairs x = pairing.tasks().get(0);
    assertEquals(List.of("x/1", "x/2"), x.a().stream().map(Prediction::example).toList());
    assertEquals(List.of("x/1", "x/2"), x.b().stream().map(Prediction::example).toList());
    assertEquals(
        new Prediction(
            "x/2", "bad", "good", Map.of("accuracy", 0.0), Map.of("good", 0.25, "bad", 0.75)),
        x.b().get(1));
  }

  @Test
  void bothFoldersMustBeThoseOfRuns() throws IOException {
    Files.delete(a.resolve("results.json"));
    b = folder.resolve("nowhere");
    assertEquals(
        List.of(
            "a: found no results.json in it, expected the folder of a run that has ended; give one of"
                + " those under runs/",
            "nowhere: found no such folder, expected the folder of a run that has ended; give one of"
                + " those under runs/"),
        problems());
    Files.writeString(Files.createDirectory(b).resolve("suite.json"), "{}");
    assertEquals(
        "nowhere: found the folder of a suite, expected that of a run; give one of the runs in it",
        problems().get(1));
  }

  @Test
  void aRunMustHaveTrainedEveryTask() throws IOException {
    RunFiles.results(b, "accuracy", "given", 1, "y", "x");
    assertEquals(
        List.of(
            "b: found 1 of 2 tasks trained (status interrupted), expected a run that trained all;"
                + " run its experiment.conf again to the end"),
        problems());
  }

  @Test
  void tasksMustBeTheSame() throws IOException {
    b = RunFiles.run(folder.resolve("c"), "x", "z");
    RunFiles.answers(b, "1-z", "x", answer("x/1", "bad", 1), answer("x/2", "good", 0));
    RunFiles.answers(b, "1-z", "z", answer("z/1", "bad", 1));
    assertEquals(
        List.of(
            "tasks differ: found y only in A and z only in B, expected the same tasks; compare"
                + " runs of one stream, in whatever order"),
        problems());
  }

  @Test
  void examplesMustBeTheSame() throws IOException {
    RunFiles.answers(
        a,
        "1-y",
        "x",
        answer("x/1", "bad", 1),
        answer("x/3", "bad", 1),
        answer("x/4", "bad", 1),
        answer("x/5", "bad", 1),
        answer("x/6", "bad", 1));
    assertEquals(
        List.of(
            "examples of task 'x' differ: found x/3, x/4, x/5 and 1 more only in A and x/2 only in"
                + " B, expected the same examples; run both with the same stream options and"
                + " seeds.data"),
        problems());
  }

  @Test
  void expectedAnswersAndScoresMustBeTheSame() throws IOException {
    RunFiles.answers(b, "1-x", "x", answer("x/1", "good", 1), answer("x/2", "bad", 1));
    RunFiles.answers(b, "1-x", "y", answer("y/1", "good", 1));
    RunFiles.results(b, "rouge-l", "given", 2, "y", "x");
    for (String file : List.of("1-x--x.jsonl", "1-x--y.jsonl")) {
      Path answers = b.resolve("predictions").resolve(file);
      Files.writeString(answers, Files.readString(answers).replace("accuracy", "rouge-l"));
    }
    assertEquals(
        List.of(
            "scores differ: found 'accuracy' in A and 'rouge-l' in B, expected the same; run both"
                + " with heads that grade alike",
            "expected answers of task 'x' differ for 2 examples: found 'bad' for x/1 in A and"
                + " 'good' in B, expected the same; the data changed between the runs: run one of"
                + " them again",
            "expected answers of task 'y' differ for 1 example: found 'bad' for y/1 in A and"
                + " 'good' in B, expected the same; the data changed between the runs: run one of"
                + " them again"),
        problems());
  }

  private static void mixed(Path run, String scores) throws IOException {
    Path results = run.resolve("results.json");
    Files.writeString(
        results,
        Files.readString(results)
            .replace("\"score\" : \"accuracy\"", "\"score\" : \"mixed\", \"scores\" : " + scores));
  }

  private static void graded(Path run, String file, String from, String to) throws IOException {
    Path answers = run.resolve("predictions").resolve(file);
    Files.writeString(answers, Files.readString(answers).replace(from, to));
  }

  @Test
  void eachTaskMayHaveAScoreOfItsOwn() throws IOException {
    for (Path run : List.of(a, b)) {
      mixed(run, "{\"x\": \"accuracy\", \"y\": \"sari\"}");
    }
    graded(a, "1-y--y.jsonl", "accuracy", "sari");
    graded(b, "1-x--y.jsonl", "accuracy", "sari");
    ComparisonResults comparison =
        Comparing.of(Pairing.read(a, b), new Metrics(List.of()), new Bootstrap(10, 1, 0.95));
    assertEquals(
        List.of("x accuracy", "y sari"),
        comparison.rows().stream()
            .map(row -> row.task().orElse("mean") + " " + row.measure())
            .toList());
  }

  @Test
  void theScoreOfEachTaskMustBeTheSame() throws IOException {
    mixed(a, "{\"x\": \"accuracy\", \"y\": \"sari\"}");
    mixed(b, "{\"x\": \"accuracy\", \"y\": \"rouge-l\"}");
    graded(a, "1-y--y.jsonl", "accuracy", "sari");
    graded(b, "1-x--y.jsonl", "accuracy", "rouge-l");
    assertEquals(
        List.of(
            "scores of task 'y' differ: found 'sari' in A and 'rouge-l' in B, expected the same; run"
                + " both with heads that grade alike"),
        problems());
  }

  @Test
  void filesThatCannotBeReadAreNamedWithTheirLine() throws IOException {
    RunFiles.answers(a, "1-y", "x", answer("x/1", "bad", 1), "{\"example\": \"x/2\"");
    RunFiles.answers(a, "1-y", "y", answer("y/1", "bad", 1), answer("y/1", "bad", 1));
    RunFiles.answers(b, "1-x", "x", "{\"example\": \"x/1\", \"expected\": \"bad\"}");
    Files.delete(b.resolve("predictions/1-x--y.jsonl"));
    assertEquals(
        List.of(
            "a/predictions/1-y--x.jsonl:2: found no JSON, expected one answer per line; run the"
                + " experiment again",
            "a/predictions/1-y--y.jsonl:2: found example 'y/1' twice, expected it once; run the"
                + " experiment again",
            "b/predictions/1-x--y.jsonl: found no such file, expected the answers after the last"
                + " task; run the experiment again",
            "b/predictions/1-x--x.jsonl:1: found no answer (Missing required creator property"
                + " 'answer' (index 1)), expected one answer per line; run the experiment again"),
        problems());
    Files.writeString(b.resolve("results.json"), "{\n\"tasks\": [");
    assertEquals(
        "b/results.json:2: found no JSON",
        problems().get(2).substring(0, 31),
        problems()::toString);
  }
}
