package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.results.Event;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that did not end well, hostile texts, missing pieces and very long runs. */
class UnusualRunsTest {
  private static final String HOSTILE =
      "</script><script>alert('1')</script><img src=x onerror=y>&\"";

  @TempDir Path folder;

  private Document report() throws IOException {
    return Jsoup.parse(RunFolder.report(folder));
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
          ((ObjectNode) results.get("provenance")).put("cpu", HOSTILE);
          ((ObjectNode) results.at("/metricDefinitions/0")).put("title", HOSTILE);
          ((ObjectNode) results.at("/metricDefinitions/0")).put("formula", HOSTILE);
        });
    Map<String, Double> losses = Map.of(HOSTILE, 1.0, "b", 2.0);
    RunFolder.events(
        folder,
        List.of(
            RunFolder.step(HOSTILE, 0, 1, losses),
            RunFolder.step(HOSTILE, 1, 1, losses),
            new Event.Value(Instant.EPOCH, HOSTILE, 1, HOSTILE, 1),
            new Event.Warning(Instant.EPOCH, HOSTILE)));
    Document page = report();
    assertEquals(4, page.select("script").size());
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
  void aRunThatDidNothingYetHasAPage() throws IOException {
    RunFolder.minimal(folder);
    Document page = report();
    assertEquals(
        List.of(
            "The run's folder holds no events.jsonl, so there is nothing here about the training"
                + " steps."),
        page.select(".warnings li").eachText());
    assertEquals(
        List.of("cost", "protocol", "warnings", "provenance"),
        page.select("section").eachAttr("id"));
    assertEquals(2, page.select("script").size());
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
            RunFolder.step("a", 0, 0.5, Map.of()),
            RunFolder.step("a", 1, Double.NaN, Map.of()),
            RunFolder.step("a", 2, 0.25, Map.of())));
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
            new Event.RunStarted(Instant.EPOCH, "n", "s", "run"),
            RunFolder.step("a", 0, 4, Map.of()),
            RunFolder.step("a", 1, 3, Map.of()),
            RunFolder.step("a", 2, 9, Map.of()),
            new Event.RunStarted(Instant.EPOCH, "n", "s", "run"),
            RunFolder.step("a", 1, 3, Map.of()),
            RunFolder.step("a", 2, 2, Map.of())));
    Document page = report();
    assertEquals("a – 3 30 – – – – –", page.expectFirst("#training tbody tr").text());
    assertTrue(page.select(".facts").text().contains("Resumed once"));
    assertTrue(page.expectFirst("#chart-data").data().contains("[[0.0,4.0],[1.0,3.0],[2.0,2.0]]"));
  }

  @Test
  void manyStepsMakeASmallPageFast() throws IOException {
    RunFolder.completed(folder);
    List<Event> events = new ArrayList<>();
    for (String task : List.of("dbpedia", "amazon", "agnews", "yahoo")) {
      for (int step = 0; step < 12_500; step++) {
        double spike = step == 6_000 ? 77.5 : 0.5 + Math.sin(step);
        events.add(
            RunFolder.step(task, step, 1 + Math.sin(step), Map.of("task", spike, "penalty", 0.5)));
      }
    }
    RunFolder.events(folder, events);
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
    List<Event> events = new ArrayList<>();
    for (int layer = 0; layer < 40; layer++) {
      events.add(RunFolder.value("layer-" + layer, 0, 1));
      events.add(RunFolder.value("layer-" + layer, 1, 2));
    }
    RunFolder.events(folder, events);
    Document page = report();
    assertEquals(24, page.select("#diagnostics figure").size());
    assertEquals(40, page.select("#diagnostics tbody tr").size());
    assertEquals(
        "The first 24 of 40 charts are drawn; the table holds all.",
        page.expectFirst("#diagnostics .note").text());
  }
}
