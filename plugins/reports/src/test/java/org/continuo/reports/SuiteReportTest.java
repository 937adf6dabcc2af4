package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** Rows of two protocols over two seeds, one run failed. */
class SuiteReportTest {
  @TempDir private Path folder;

  private static String row(String name, String marks, double mean, int failed, long stored) {
    return """
        { "strategy": "NAME", "setting": {}, "label": "NAME",
          "protocol": { "taskId": "given", "usesTaskId": NEEDS, "pastData": false,
                        "futureData": false, "label": "protocol MARKS", "marks": "MARKS" },
          "runs": { "planned": 2, "completed": 2, "failed": FAILED },
          "metrics": { "acc.final": { "count": 2, "mean": MEAN, "sd": 0.01, "low": 0.5, "high": 0.9 } },
          "stream": [ { "count": 2, "mean": 0.8, "low": 0.7, "high": 0.9 }, { "count": 2, "mean": MEAN } ],
          "cost": { "trainablePerTask": 100, "storedParameters": STORED, "storedBytes": 9,
                    "trainTokens": 5000, "evaluationTokens": 9 },
          "times": { "trainSeconds": 9, "evaluationSeconds": 2, "totalSeconds": 12.5,
                     "peakMemoryBytes": 900000000 },
          "paretoFront": { "storedParameters": true, "trainTokens": true } }
        """
        .replace("NAME", name)
        .replace("NEEDS", String.valueOf(!marks.isEmpty()))
        .replace("MARKS", marks)
        .replace("FAILED", String.valueOf(failed))
        .replace("MEAN", String.valueOf(mean))
        .replace("STORED", String.valueOf(stored));
  }

  private static String cell(String name, int seed, double last) {
    return """
        { "strategy": "%s", "setting": {}, "label": "%s", "order": "ab", "seed": %d,
          "status": "completed", "folder": "runs/0123", "tasks": ["one", "two"],
          "accuracy": [[0.8, 0.4], [%s, 0.7]], "metrics": { "acc.final": 0.6 } }
        """
        .formatted(name, name, seed, last);
  }

  private static final String SUITE =
      """
      { "schemaVersion": 1, "name": "<b>mine</b>", "status": "failed", "score": "accuracy",
        "metric": "acc.final", "reference": "low",
        "statistics": { "resamples": 100, "confidence": 0.95, "significance": 0.05 },
        "strategies": ["high", "isolated", "low"], "orders": { "ab": ["one", "two"] },
        "seeds": [1, 2], "axes": {},
        "metricDefinitions": [ { "name": "acc.final", "title": "Final accuracy",
          "definition": "d", "formula": "f", "source": "s", "higherIsBetter": true } ],
        "rows": [ ROWS ],
        "cells": [ CELLS,
          { "strategy": "high", "setting": {}, "label": "high", "order": "ab", "seed": 2,
            "status": "failed", "message": "loss is NaN" } ],
        "comparisons": [ { "setting": {}, "strategies": ["high", "isolated", "low"],
          "protocolsMixed": true,
          "metrics": { "acc.final": {
            "tests": [ { "strategy": "high", "pairs": 2, "difference": 0.1, "wilcoxon": 0.5,
                         "wilcoxonHolm": 1.0, "sameProtocol": true },
                       { "strategy": "isolated", "pairs": 2, "difference": 0.2, "wilcoxon": 0.5,
                         "wilcoxonHolm": 1.0, "sameProtocol": false } ],
            "ranking": { "blocks": 2, "ranks": { "high": 1.5, "isolated": 1.5, "low": 3.0 },
                         "friedman": 3.5, "p": 0.17, "criticalDifference": 2.34 },
            "rankingsWithinProtocols": [ { "protocol": "protocol ", "blocks": 2,
              "ranks": { "high": 1.0, "low": 2.0 }, "friedman": 2, "p": 0.15,
              "criticalDifference": 1.39 } ],
            "wins": [ [ {"wins": 0, "ties": 2, "pairs": 2}, {"wins": 1, "ties": 0, "pairs": 2},
                        {"wins": 2, "ties": 0, "pairs": 2} ] ] } } } ] }
      """
          .replace(
              "ROWS",
              String.join(
                  ",",
                  row("high", "", 0.75, 1, 300),
                  row("isolated", "\u2020", 0.85, 0, 900),
                  row("low", "", 0.65, 0, 300)))
          .replace(
              "CELLS",
              String.join(",", cell("high", 1, 0.6), cell("low", 1, 0.5), cell("low", 2, 0.3)));

  private Document page(String json) throws IOException {
    Files.writeString(folder.resolve("suite.json"), json);
    Path file = new SuiteReport().write(ResultsFile.SUITE.read(folder), folder);
    assertEquals(folder.resolve("report.html"), file);
    return Jsoup.parse(Files.readString(file));
  }

  @Test
  void rowsOfDifferentProtocolsStandInTablesBodiesOfTheirOwn() throws IOException {
    List<Element> bodies = page(SUITE).select("#table tbody");
    assertEquals(2, bodies.size());
    assertEquals(List.of("protocol", "high", "low"), bodies.get(0).select("th").eachText());
    assertEquals(
        List.of("protocol \u2020", "isolated\u2020"), bodies.get(1).select("th").eachText());
    assertTrue(bodies.get(0).text().contains("2/2, 1 failed"), bodies.get(0).text());
    assertTrue(bodies.get(1).text().contains("1.000 *"), bodies.get(1).text());
  }

  @Test
  void namesAreTextAndNothingIsLoaded() throws IOException {
    Document page = page(SUITE);
    assertEquals("<b>mine</b>", page.expectFirst("h1").text());
    assertEquals(0, page.select("[src], link").size());
    assertTrue(page.expectFirst("meta[http-equiv]").attr("content").contains("default-src 'none'"));
  }

  @Test
  void matricesAreMeansOverSeeds() throws IOException {
    List<Element> figures = page(SUITE).select("#matrices figure");
    assertEquals(2, figures.size());
    assertEquals("low 2 seeds", figures.get(1).expectFirst("figcaption").text());
    assertEquals(List.of("80.0", "40.0", "40.0", "70.0"), figures.get(1).select("td").eachText());
    assertEquals("--v: 0.400", figures.get(1).select("td").get(2).attr("style"));
  }

  @Test
  void chartsShowEveryRow() throws IOException {
    Document page = page(SUITE);
    JsonNode charts = new ObjectMapper().readTree(page.expectFirst("#chart-data").data());
    assertEquals(
        List.of("cost-1", "cost-2", "stream-0"),
        charts.properties().stream().map(each -> each.getKey()).toList());
    assertEquals(
        List.of("high", "isolated\u2020", "low"),
        charts.at("/stream-0/series").findValuesAsText("name"));
    assertEquals("[80.0,70.0,90.0]", charts.at("/stream-0/series/0/points/0").toString());
    // without an interval the band has no height
    assertEquals("[75.0,75.0,75.0]", charts.at("/stream-0/series/0/points/1").toString());
    assertEquals("[75.0,50.0,90.0]", charts.at("/cost-1/points/0/score").toString());
    assertEquals("[[300.0,75.0],[900.0,85.0]]", charts.at("/cost-1/front").toString());
    assertEquals("13 s", charts.at("/cost-2/points/0/spoken").asText());
    for (Element figure : page.select("figure.chart[id]")) {
      assertTrue(charts.has(figure.id()));
      assertFalse(figure.attr("aria-label").isBlank());
    }
  }

  @Test
  void ranksStandOnDiagrams() throws IOException {
    Document page = page(SUITE);
    // for broad windows and for narrow ones
    assertEquals(2, page.select("#ranks svg.broad").size());
    assertEquals(2, page.select("#ranks svg.narrow").size());
    page.select("#ranks figure")
        .get(0)
        .select("svg")
        .forEach(drawing -> assertEquals(1, drawing.select(".clique").size()));
    assertTrue(page.select("#ranks").text().contains("do not see the same"));
    assertEquals(
        List.of("1.50", "1.000"),
        page.expectFirst("#table tbody tr:not(.group)")
            .select("[data-label='average rank'], [data-label^='p against']")
            .eachText());
  }

  @Test
  void oneRunPerRowIsNeitherRankedNorTested() throws IOException {
    Document page = page(SUITE.replace("\"completed\": 2", "\"completed\": 1"));
    assertTrue(page.select("#ranks").isEmpty());
    assertEquals(
        List.of(
            "strategy",
            "runs",
            "final accuracy",
            "trained per task",
            "stored parameters",
            "training tokens",
            "time of a run",
            "peak memory"),
        page.select("#table thead th").eachText());
    assertEquals(
        page.select("#table thead th").size(),
        page.expectFirst("#table tbody tr:not(.group)").childrenSize());
  }

  @Test
  void aFailedRunIsThereWithItsMessage() throws IOException {
    Document page = page(SUITE);
    assertEquals(List.of("failed: loss is NaN"), page.select("#runs .failed").eachText());
    assertEquals("runs/0123/report.html", page.expectFirst("#runs a").attr("href"));
  }

  @Test
  void aSuiteWithoutAnyRunHasAPage() throws IOException {
    Document page =
        page(
            """
            { "schemaVersion": 1, "name": "new", "status": "incomplete", "metric": "acc.final",
              "statistics": { "resamples": 100, "confidence": 0.95, "significance": 0.05 },
              "strategies": ["a"], "orders": {}, "seeds": [1], "axes": {}, "metricDefinitions": [],
              "rows": [], "cells": [], "comparisons": [] }
            """);
    assertEquals("new", page.expectFirst("h1").text());
    assertEquals(2, page.select("section").size());
  }
}
