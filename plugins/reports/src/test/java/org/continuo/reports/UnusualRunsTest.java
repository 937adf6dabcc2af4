package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that did not end well, hostile texts, missing pieces and very long runs. */
class UnusualRunsTest {
  private static final String HOSTILE =
      "</script><script>alert('1')</script><img src=x onerror=y>&\"";

  @TempDir Path folder;

  private Document report() throws IOException {
    return Jsoup.parse(new HtmlReport().write(folder));
  }

  @Test
  void namesAreTextWhateverTheyHold() throws IOException {
    RunFolder.changed(
        folder,
        results -> {
          results.put("name", HOSTILE).put("strategy", HOSTILE).put("score", HOSTILE);
          results.put("status", "failed").putObject("failure").put("message", HOSTILE);
          ((ArrayNode) results.get("tasks")).set(1, HOSTILE);
          ((ArrayNode) results.get("warnings")).add(HOSTILE);
          ((ObjectNode) results.get("metrics")).put(HOSTILE, 0.5);
          ((ObjectNode) results.get("provenance")).put(HOSTILE, HOSTILE);
          ((ObjectNode) results.get("strategyOptions")).put(HOSTILE, HOSTILE);
          ((ObjectNode) results.at("/metricDefinitions/0")).put("title", HOSTILE);
          ((ObjectNode) results.at("/metricDefinitions/0")).put("formula", HOSTILE);
        });
    String name = HOSTILE.replace("\"", "\\\"");
    Files.writeString(
        folder.resolve("events.jsonl"),
        """
        {"event": "step", "task": "%1$s", "step": 0, "loss": 1, "losses": {"%1$s": 1, "b": 2}}
        {"event": "step", "task": "%1$s", "step": 1, "loss": 1, "losses": {"%1$s": 1, "b": 2}}
        {"event": "value", "task": "%1$s", "step": 1, "name": "%1$s", "value": 1}
        {"event": "warning", "text": "%1$s"}
        """
            .formatted(name));
    Document page = report();
    assertEquals(3, page.select("script").size());
    assertTrue(page.select("img, [onerror]").isEmpty());
    assertEquals(HOSTILE, page.expectFirst("h1").text());
    assertEquals(HOSTILE, page.expectFirst(".banner pre").text());
    assertEquals(HOSTILE, page.select(".matrix thead th").get(2).text());
    assertFalse(page.expectFirst("#chart-data").data().contains("<"));
    assertTrue(page.expectFirst("#chart-data").data().contains("\\u003c/script>"));
  }

  @Test
  void anInterruptedRunShowsWhatThereIs() throws IOException {
    RunFolder.changed(
        folder,
        results -> {
          results.put("status", "interrupted");
          ArrayNode rows = (ArrayNode) results.get("accuracy");
          rows.remove(3);
          rows.remove(2);
          results.putObject("metrics");
        });
    Document page = report();
    assertEquals("interrupted", page.expectFirst(".status.partial").text());
    assertEquals(
        "This run is not complete. 2 of 4 tasks were finished. Metrics that need every task are"
            + " left out; what follows is partial.",
        page.expectFirst(".banner").text());
    assertEquals(
        List.of("agnews – – – – –", "yahoo – – – – –"),
        page.select(".matrix tr.missing").eachText());
    assertEquals(2, page.select(".matrix .own").size());
    assertTrue(page.select(".headline, #metrics").isEmpty());
    assertFalse(page.select("#training").isEmpty());
  }

  @Test
  void aFailedRunSaysWhy() throws IOException {
    RunFolder.changed(
        folder,
        results ->
            results
                .put("status", "failed")
                .putObject("failure")
                .put("message", "loss is not a number\nlower training.learning-rate"));
    Document page = report();
    assertEquals("failed", page.expectFirst(".status.bad").text());
    assertEquals(
        "loss is not a number\nlower training.learning-rate",
        page.expectFirst(".banner pre").wholeText());
  }

  @Test
  void optionalFieldsMayBeAbsent() throws IOException {
    RunFolder.minimal(folder);
    Document page = report();
    assertEquals("Run", page.expectFirst("h1").text());
    assertEquals(
        List.of(
            "The run's folder holds no events.jsonl, so there is nothing here about the training"
                + " steps."),
        page.select(".warnings li").eachText());
    assertEquals(List.of("warnings"), page.select("section").eachAttr("id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "strategy",
        "strategyOptions",
        "seed",
        "score",
        "zeroShot",
        "testExamples",
        "metrics",
        "metricDefinitions",
        "protocol",
        "cost",
        "provenance",
        "warnings"
      })
  void anyOptionalFieldMayBeAbsentOrNull(String field) throws IOException {
    RunFolder.changed(folder, results -> results.remove(field));
    new HtmlReport().write(folder);
    String without = read();
    RunFolder.changed(folder, results -> results.putNull(field));
    new HtmlReport().write(folder);
    assertEquals(without, read());
    assertEquals(4, Jsoup.parse(read()).select(".matrix .own").size());
  }

  private String read() throws IOException {
    return Files.readString(folder.resolve("report.html"));
  }

  @Test
  void cellsThatWereNotMeasuredAreLeftEmpty() throws IOException {
    RunFolder.changed(folder, results -> ((ArrayNode) results.at("/accuracy/0")).setNull(3));
    Document page = report();
    assertEquals("dbpedia 90.0 30.0 20.0 – 90.0", page.select(".matrix tbody tr").get(1).text());
    assertTrue(page.expectFirst("#chart-data").data().contains("[26.0,\"-\",30.0,40.0,90.0]"));
  }

  @Test
  void resultsInAnotherFormAreRefusedWithEveryReason() throws IOException {
    RunFolder.changed(
        folder,
        results -> {
          results.put("schemaVersion", 7).remove("status");
          ((ArrayNode) results.at("/accuracy/2")).remove(0);
        });
    IOException refused = assertThrows(IOException.class, this::report);
    assertEquals(
        folder.resolve("results.json")
            + ": schemaVersion is 7, this report reads 1: use the version of Continuo that made the"
            + " run; status is absent, expected completed, interrupted or failed; accuracy, row 2"
            + " has 3 scores, expected one per task: 4",
        refused.getMessage());
    assertFalse(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void aFolderWithoutResultsIsRefused() {
    IOException refused = assertThrows(IOException.class, this::report);
    assertEquals(
        folder.resolve("results.json")
            + ": not found. A report is made from the folder of a run, which holds results.json"
            + " once the run has ended; name such a folder.",
        refused.getMessage());
  }

  @Test
  void resultsCutShortAreRefused() throws IOException {
    Files.writeString(folder.resolve("results.json"), "{\n\"schemaVersion\": 1,\n\"sta");
    IOException refused = assertThrows(IOException.class, this::report);
    assertTrue(
        refused.getMessage().startsWith(folder.resolve("results.json") + ": not JSON: "),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("at line 3"), refused.getMessage());
  }

  @Test
  void aLineCutShortIsCounted() throws IOException {
    RunFolder.completed(folder);
    Files.writeString(
        folder.resolve("events.jsonl"),
        "{\"event\": \"step\", \"task\": \"yah",
        StandardOpenOption.APPEND);
    assertTrue(
        report()
            .select(".warnings li")
            .eachText()
            .contains(
                "1 line of events.jsonl is not a JSON object with an event, and left out. A run"
                    + " that was killed leaves one."));
  }

  @Test
  void aLossThatIsNotANumberIsAWarning() throws IOException {
    RunFolder.minimal(folder);
    RunFolder.events(
        folder,
        List.of(
            "{\"event\":\"step\",\"task\":\"a\",\"step\":0,\"loss\":0.5}",
            "{\"event\":\"step\",\"task\":\"a\",\"step\":1,\"loss\":\"NaN\"}",
            "{\"event\":\"step\",\"task\":\"a\",\"step\":2,\"loss\":0.25}"));
    Document page = report();
    assertEquals(
        "The loss of task a is infinite or not a number at step 1.",
        page.expectFirst(".warnings li").text());
    assertTrue(page.expectFirst("#chart-data").data().contains("[[0.0,0.5],[2.0,0.25]]"));
  }

  @Test
  void aResumedRunCountsRepeatedStepsOnce() throws IOException {
    RunFolder.minimal(folder);
    RunFolder.events(
        folder,
        List.of(
            "{\"event\":\"run-started\"}",
            "{\"event\":\"step\",\"task\":\"a\",\"step\":0,\"loss\":4,\"tokens\":10}",
            "{\"event\":\"step\",\"task\":\"a\",\"step\":1,\"loss\":3,\"tokens\":10}",
            "{\"event\":\"step\",\"task\":\"a\",\"step\":2,\"loss\":9,\"tokens\":10}",
            "{\"event\":\"run-started\"}",
            "{\"event\":\"step\",\"task\":\"a\",\"step\":1,\"loss\":3,\"tokens\":10}",
            "{\"event\":\"step\",\"task\":\"a\",\"step\":2,\"loss\":2,\"tokens\":10}"));
    Document page = report();
    assertEquals("a – 3 30 – – – – –", page.expectFirst("#training tbody tr").text());
    assertTrue(page.select(".facts").text().contains("Resumed once"));
    assertTrue(page.expectFirst("#chart-data").data().contains("[[0.0,4.0],[1.0,3.0],[2.0,2.0]]"));
  }

  @Test
  void manyStepsMakeASmallPageFast() throws IOException {
    RunFolder.completed(folder);
    List<String> lines = new ArrayList<>();
    for (String task : List.of("dbpedia", "amazon", "agnews", "yahoo")) {
      for (int step = 0; step < 12_500; step++) {
        lines.add(
            String.format(
                Locale.ROOT,
                "{\"event\":\"step\",\"task\":\"%s\",\"step\":%d,\"loss\":%f,\"learningRate\":1e-4,"
                    + "\"gradientNorm\":%f,\"losses\":{\"task\":%f,\"penalty\":%f},\"tokens\":1000}",
                task,
                step,
                1 + Math.sin(step),
                2 + Math.cos(step),
                step == 6_000 ? 77.5 : 0.5 + Math.sin(step),
                0.5));
      }
    }
    RunFolder.events(folder, lines);
    Document page = assertTimeout(Duration.ofSeconds(20), this::report);
    assertTrue(Files.size(folder.resolve("report.html")) < 2_000_000);
    String data = page.expectFirst("#chart-data").data();
    assertTrue(data.length() < 300_000, "chart data: " + data.length() + " characters");
    // the one spike of 50,000 steps is still there, as the highest value of its stretch
    assertTrue(data.contains(",77.5]"));
    assertEquals("dbpedia", page.expectFirst("#training tbody th").text());
    assertTrue(page.expectFirst("#training tbody tr").text().contains("12,500"));
  }

  @Test
  void onlySoManyDiagnosticsAreDrawnButAllAreListed() throws IOException {
    RunFolder.minimal(folder);
    List<String> lines = new ArrayList<>();
    for (int layer = 0; layer < 40; layer++) {
      lines.add(
          "{\"event\":\"value\",\"task\":\"a\",\"step\":0,\"name\":\"layer-"
              + layer
              + "\",\"value\":1}");
      lines.add(
          "{\"event\":\"value\",\"task\":\"a\",\"step\":1,\"name\":\"layer-"
              + layer
              + "\",\"value\":2}");
    }
    RunFolder.events(folder, lines);
    Document page = report();
    assertEquals(24, page.select("#diagnostics figure").size());
    assertEquals(40, page.select("#diagnostics tbody tr").size());
    assertEquals(
        "The first 24 of 40 charts are drawn; the table holds all.",
        page.expectFirst("#diagnostics .note").text());
  }
}
