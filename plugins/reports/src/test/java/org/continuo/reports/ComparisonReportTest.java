package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.results.ResultsFile;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {
  private static final String CURVE =
      """
      {"name": "label:bad", "x": "share", "y": "precision", "points": [[0.5, 1], [1, 0.75]]}
      """;
  private static final String COMPARISON =
      """
      {"schemaVersion": 1,
       "a": {"folder": "/runs/one", "name": "one", "strategy": "sequential", "seed": "1", "tasks": ["x", "y"]},
       "b": {"folder": "/runs/two", "name": "two", "strategy": "moe-cl", "seed": "2", "tasks": ["x", "y"]},
       "score": "accuracy", "tasks": ["x", "y"], "examples": [100, 50],
       "rows": [
         {"task": "x", "measure": "accuracy", "value": "total", "a": 0.5, "b": 0.6, "difference": 0.1, "interval": [0.02, 0.18]},
         {"task": "x", "measure": "rate@0.9", "value": "label:<bad>", "a": 0.25, "b": 0.2, "difference": -0.05, "interval": [-0.2, 0.1]},
         {"task": "y", "measure": "accuracy", "value": "total", "a": 0.5, "b": 0.5, "difference": 0.0},
         {"measure": "accuracy", "value": "total", "a": 0.5, "b": 0.55, "difference": 0.05, "interval": [-0.01, 0.11]}],
       "bootstrap": {"resamples": 1000, "seed": 1, "level": 0.95},
       "metricDefinitions": [{"name": "rate@0.9", "title": "Rate", "definition": "What is decided",
         "formula": "n/N", "source": "s", "higherIsBetter": true}],
       "curves": [{"measure": "rate@0.9", "task": "x", "a": [CURVE], "b": [CURVE]},
                  {"measure": "rate@0.9", "task": "y", "a": [], "b": []}],
       "notes": ["something was left out"]}
      """
          .replace("CURVE", CURVE.strip());

  @TempDir Path folder;

  private Document report() throws IOException {
    Files.writeString(folder.resolve("comparison.json"), COMPARISON);
    Path file = new ComparisonReport().write(ResultsFile.COMPARISON.read(folder), folder);
    assertEquals(folder.resolve("comparison.html"), file);
    return Jsoup.parse(file);
  }

  @Test
  void saysWhichRunsAndWhatTheMeanGains() throws IOException {
    Document page = report();
    assertEquals("moe-cl against sequential · Continuo", page.title());
    assertEquals(
        List.of("sequential, seed 1", "moe-cl, seed 2", "150"),
        page.select(".facts dd").eachText());
    assertEquals(List.of("+5.0points"), page.select(".headline .value").eachText());
    assertEquals(
        List.of("from 50.0 % to 55.0 %; 95 % interval −1.0 to +11.0."),
        page.select(".headline .explanation").eachText());
  }

  @Test
  void tableHoldsEveryRowAndMarksWhatIsSure() throws IOException {
    Element table = report().expectFirst("#differences-by-task table");
    assertEquals(
        List.of(
            "x accuracy 50.0 60.0 +10.0 +2.0 to +18.0",
            "rate@0.9 <bad> 25.0 20.0 −5.0 −20.0 to +10.0",
            "y accuracy 50.0 50.0 0.0 –",
            "mean of tasks accuracy 50.0 55.0 +5.0 −1.0 to +11.0"),
        table.select("tbody tr").eachText());
    assertEquals(List.of("+10.0"), table.select(".sure").eachText());
  }

  @Test
  void drawsTotalsAndTheCurvesOfBothRuns() throws IOException {
    JsonNode charts = new ObjectMapper().readTree(report().expectFirst("#chart-data").data());
    assertEquals(
        List.of("curves-0", "differences"),
        charts.properties().stream().map(each -> each.getKey()).toList());
    assertEquals(3, charts.at("/differences/rows").size());
    assertEquals("2.0", charts.at("/differences/rows/0/low").toString());
    assertEquals(List.of("A bad", "B bad"), charts.at("/curves-0/series").findValuesAsText("name"));
    assertEquals(
        List.of("true", "false"), charts.at("/curves-0/series").findValuesAsText("dashed"));
  }

  @Test
  void notesDefinitionsAndOriginStandBelow() throws IOException {
    Document page = report();
    assertEquals(List.of("something was left out"), page.select("#notes li").eachText());
    assertEquals(
        "Raterate@0.9 What is decided.n/N s", page.expectFirst("#definitions tbody").text());
    assertTrue(page.select("#origin td").eachText().contains("/runs/two"));
    assertTrue(page.select("[src], link, img, iframe").isEmpty());
  }
}
