package org.continuo.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.continuo.api.data.DataException;
import org.continuo.api.result.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read, what is passed over, and what is refused. */
class ResultsFileTest {
  @TempDir Path folder;

  /** The golden results of a completed run, changed. */
  private Path results(UnaryOperator<String> change) throws IOException {
    try (InputStream in =
        Optional.ofNullable(ResultsFileTest.class.getResourceAsStream("completed/results.json"))
            .orElseThrow()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Files.writeString(ResultsFile.RUN.in(folder), change.apply(text));
    }
  }

  private String refusal() {
    assertEquals(Optional.empty(), ResultsFile.RUN.find(folder));
    return assertThrows(DataException.class, () -> ResultsFile.RUN.read(folder))
        .getMessage()
        .replace(folder.toString(), "RUN");
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() throws IOException {
    results(text -> text);
    RunResults known = ResultsFile.RUN.read(folder);
    results(text -> text.replaceFirst("\\{", "{ \"mood\" : { \"good\" : true },"));
    assertEquals(known, ResultsFile.RUN.read(folder));
    assertEquals(Optional.of(known), ResultsFile.RUN.find(folder));
  }

  @Test
  void anotherFormIsRefused() throws IOException {
    results(text -> text.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 7"));
    assertEquals(
        "RUN/results.json: found schemaVersion 7, expected schemaVersion 1, which this version of"
            + " Continuo reads; restore the file, or resume the run, which writes it again",
        refusal());
    results(text -> "{}");
    assertEquals(
        "RUN/results.json: found no schemaVersion, expected schemaVersion 1, which this version of"
            + " Continuo reads; restore the file, or resume the run, which writes it again",
        refusal());
  }

  @Test
  void whatFormOneAlwaysHasMustBeThere() throws IOException {
    results(text -> text.replace("\"storedBytes\"", "\"keptBytes\""));
    assertEquals(
        "RUN/results.json: found another form than expected (cost.storedBytes: Missing required"
            + " creator property 'storedBytes' (index 2)); restore the file, or resume the run,"
            + " which writes it again",
        refusal());
    results(text -> text.replace("\"seed\" : 1", "\"seed\" : null"));
    assertTrue(refusal().contains("(seed: "), this::refusal);
    results(text -> text.replace("\"completed\"", "\"done\""));
    assertTrue(refusal().contains("(status: "), this::refusal);
    results(text -> text.replace("\"started\" : \"2026-11-30T", "\"started\" : \"yesterday T"));
    assertTrue(refusal().contains("(provenance.started: "), this::refusal);
  }

  @Test
  void aMatrixThatDoesNotFitItsTasksIsRefusedWithEveryReason() throws IOException {
    results(
        text ->
            text.replaceFirst(
                "\"accuracy\" : \\[ \\[.*\\] \\]",
                "\"accuracy\" : [ [ 0.5 ], [ 0, 0, 0 ], [ ], [ 1, 1, 1 ] ]"));
    assertTrue(
        refusal()
            .contains(
                "accuracy has 4 rows, expected at most one per task: 3; accuracy, row 0 has 1"
                    + " scores, expected one per task: 3; accuracy, row 2 has 0 scores, expected"
                    + " one per task: 3"),
        this::refusal);
  }

  @Test
  void aFileCutShortIsRefusedWithItsLine() throws IOException {
    results(text -> "{\n\"schemaVersion\": 1,\n\"sta");
    String refusal = refusal();
    assertTrue(refusal.startsWith("RUN/results.json:3: found no JSON ("), refusal);
    assertTrue(refusal.endsWith("; restore the file, or resume the run, which writes it again"));
  }

  @Test
  void aFolderWithoutItIsRefused() {
    assertEquals(
        "RUN: found no results.json in it, expected the folder of a run that has ended; give one of"
            + " those under runs/",
        refusal());
    Path missing = folder.resolve("missing");
    assertEquals(
        missing + ": found no such folder, expected the folder of a suite; run it first",
        assertThrows(DataException.class, () -> ResultsFile.SUITE.read(missing)).getMessage());
  }

  @Test
  void anEventThatCannotBeReadIsCountedAndALaterKindIsNot() throws IOException {
    Event warning = new Event.Warning(Event.now(), "far too warm");
    Files.write(
        folder.resolve(EventLog.NAME),
        List.of(
            EventLog.line(warning),
            "",
            "{\"event\":\"moved\",\"time\":\"2026-01-01T00:00:00Z\"}",
            "{\"text\":\"of no kind\"}",
            "{\"event\":\"warning\",\"time\":\"2026-01-01T00:00:00Z\"}",
            "{\"event\":\"warning\",\"te"));
    assertEquals(3, EventLog.read(folder, event -> assertEquals(warning, event)));
    assertEquals(List.of(warning), EventLog.read(folder));
    assertEquals(List.of(), EventLog.read(folder.resolve("elsewhere")));
  }

  @Test
  void numbersThatAreNotFiniteComeBack() throws IOException {
    for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1.0 / 0}) {
      Event step = new Event.Step(Event.now(), "a", 0, 1, loss, Map.of("t", loss), 0, 0, 0, 0);
      String line = EventLog.line(step);
      assertTrue(line.contains("\"loss\":\"" + loss + "\""), line);
      Files.writeString(folder.resolve(EventLog.NAME), line);
      assertEquals(List.of(step), EventLog.read(folder));
    }
  }

  @Test
  void aLineThatHoldsNoAnswerIsNamed() throws IOException {
    Path file = folder.resolve("x.jsonl");
    Prediction answer = new Prediction("x/1", "b", "a", Map.of("rouge-l", 0.25), Map.of());
    assertEquals(
        "{\"example\":\"x/1\",\"answer\":\"b\",\"expected\":\"a\",\"rouge-l\":0.25}",
        PredictionsFile.line(answer));
    Files.writeString(file, PredictionsFile.line(answer) + "\n{\"example\"");
    assertEquals(
        file + ":2: found no JSON, expected one answer per line; run the experiment again",
        assertThrows(DataException.class, () -> PredictionsFile.read(file)).getMessage());
  }
}
