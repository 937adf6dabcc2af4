package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What metrics on the answers and values recorded in training look like on the page. */
class TestMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder;

  private Document report(String testMetrics) throws IOException {
    RunFolder.changed(folder, results -> results.set("testMetrics", json(testMetrics)));
    return Jsoup.parse(RunFolder.report(folder));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static final String RATE =
      """
      [{"name": "rate@0.9", "title": "Rate", "definition": "What is <decided>", "formula": "f", "source": "s",
        "higherIsBetter": true,
        "zeroShot": [{"total": 0.05, "label:sport": 0.05}, {}, {}, {}],
        "stages": [[{"total": 0.5, "label:sport": 0.25}, {"total": 0.125}, {}, {}],
                   [{"total": 0.25, "label:sport": 0.125}, {"total": 1}, {}, {}]],
        "curves": [[{"name": "label:sport", "x": "share", "y": "precision",
                     "points": [[0.1, 1], [0.3333333, 0.9]], "chosen": [0.3333333, 0.9]}], [], [], []]}]
      """;

  @Test
  void aTableHoldsEveryValueByStageAndTask() throws IOException {
    Element section = report(RATE).expectFirst("#test-metrics");
    assertEquals("Rate", section.expectFirst("h3").text());
    assertEquals("rate@0.9 · What is <decided>.", section.expectFirst(".note").text());
    Element table = section.expectFirst("table");
    assertEquals(
        List.of("After training dbpedia amazon", "total sport total"),
        table.select("thead tr").eachText());
    assertEquals(
        List.of("untrained 5.0 5.0 –", "dbpedia 50.0 25.0 12.5", "amazon 25.0 12.5 100.0"),
        table.select("tbody tr").eachText());
    assertEquals(List.of("50.0", "25.0", "100.0"), table.select(".own").eachText());
    assertEquals("2", table.expectFirst("th.group").attr("colspan"));
  }

  @Test
  void curvesAreDrawnPerTaskInPercent() throws IOException {
    Document page = report(RATE);
    assertEquals(1, page.select("#test-metrics figure").size());
    assertEquals("curves-0", page.expectFirst("#test-metrics figure").id());
    JsonNode chart = json(page.expectFirst("#chart-data").data()).get("curves-0");
    assertEquals("curves", chart.get("kind").asText());
    assertEquals("dbpedia", chart.get("title").asText());
    assertEquals("[[10.0,100.0],[33.333,90.0]]", chart.at("/series/0/points").toString());
    assertEquals("[33.333,90.0]", chart.at("/series/0/chosen").toString());
    assertEquals("sport", chart.at("/series/0/name").asText());
  }

  @Test
  void manyLabelsAreFoldedBehindTheTotal() throws IOException {
    Element section =
        report(
                """
                [{"name": "r", "title": "R", "definition": "d", "formula": "f", "source": "s",
                  "higherIsBetter": true, "stages": [[
                  {"total": 0.5, "label:a": 0.1, "label:b": 0.1, "label:c": 0.1, "label:d": 0.2},
                  {}, {}, {}]]}]
                """)
            .expectFirst("#test-metrics");
    assertEquals("total", section.select("table").get(0).select("thead tr").get(1).text());
    assertEquals("total a b c d", section.select("details table thead tr").get(1).text());
  }

  @Test
  void aMetricThatGaveNothingSaysSoAndARunWithoutHasNoSection() throws IOException {
    Element section =
        report(
                "[{\"name\": \"r\", \"title\": \"R\", \"definition\": \"d\", \"formula\": \"f\","
                    + " \"source\": \"s\", \"higherIsBetter\": true, \"stages\": [[{}, {}, {}, {}]],"
                    + " \"curves\": [[], [], [], []]}]")
            .expectFirst("#test-metrics");
    assertTrue(section.text().contains("It gave nothing for this run."), section.text());
    assertTrue(section.select("table, figure").isEmpty());
    RunFolder.completed(folder);
    Document without = Jsoup.parse(RunFolder.report(folder));
    assertTrue(without.select("#test-metrics").isEmpty());
  }

  @Test
  void valuesOfOneChartShareItWithALegendOthersStandAlone() throws IOException {
    RunFolder.minimal(folder);
    RunFolder.events(
        folder,
        List.of(
            RunFolder.value("moe-cl/router weight/layers.0", 0, 0.5),
            RunFolder.value("moe-cl/router weight/layers.1", 0, 0.25),
            RunFolder.value("moe-cl/discriminator accuracy", 0, 0.75),
            RunFolder.value("moe-cl/router weight/layers.0", 1, 0.75),
            RunFolder.value("moe-cl/norm/shared/layers.0", 1, 2)));
    Document page = Jsoup.parse(RunFolder.report(folder));
    JsonNode charts = json(page.expectFirst("#chart-data").data());
    assertEquals(3, page.select("#diagnostics figure").size());
    JsonNode router = charts.at("/diagnostic-0/panels/0");
    assertEquals("moe-cl/router weight", router.get("title").asText());
    assertEquals(List.of("layers.0", "layers.1"), router.get("series").findValuesAsText("name"));
    assertEquals("[[0.0,0.5],[1.0,0.75]]", router.at("/series/0/points").toString());
    assertEquals(
        List.of("moe-cl/discriminator accuracy"),
        charts.at("/diagnostic-1/panels/0/series").findValuesAsText("name"));
    assertEquals("moe-cl/norm", charts.at("/diagnostic-2/panels/0/title").asText());
    assertEquals(
        List.of("shared/layers.0"),
        charts.at("/diagnostic-2/panels/0/series").findValuesAsText("name"));
    assertEquals(4, page.select("#diagnostics tbody tr").size());
  }

  private static Map<String, Double> losses(Object... namesAndValues) {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      losses.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
    }
    return losses;
  }

  /** Also one that is nought throughout, one of another size and one that a later task brings. */
  @Test
  void everyLossTermIsDrawn() throws IOException {
    RunFolder.minimal(folder);
    RunFolder.events(
        folder,
        List.of(
            RunFolder.step("a", 0, 1, losses("task", 1, "idle", 0, "huge", 5000)),
            RunFolder.step("a", 1, 1, losses("task", 0.5, "idle", 0, "huge", 4000)),
            RunFolder.step("b", 0, 1, losses("task", 1, "adversary", -0.5))));
    Document page = Jsoup.parse(RunFolder.report(folder));
    JsonNode panels = json(page.expectFirst("#chart-data").data()).at("/training-chart/panels");
    assertEquals(
        List.of("Loss: huge", "Loss", "Loss: idle", "Learning rate", "Gradient norm"),
        panels.findValuesAsText("title"));
    assertEquals(
        List.of("huge", "total", "task", "adversary", "idle"),
        panels.findValuesAsText("name").subList(0, 5));
    assertEquals(
        "[[0.0,1.0],[1.0,0.5],[2,\"-\"],[2.0,1.0]]", panels.at("/1/series/1/points").toString());
  }
}
