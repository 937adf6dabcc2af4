package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a completed run's page says, and that it stands alone. */
class HtmlReportTest {
  @TempDir Path folder;

  private Document completed() throws IOException {
    return Jsoup.parse(RunFolder.report(RunFolder.completed(folder)));
  }

  private static List<String> texts(Element root, String selector) {
    return root.select(selector).eachText();
  }

  @Test
  void writesOneFileBesideTheResults() throws IOException {
    Path file = RunFolder.report(RunFolder.completed(folder));
    assertEquals(folder.resolve("report.html"), file);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("events.jsonl", "report.html", "results.json"),
          files.map(each -> each.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void writesTheSameBytesAgain() throws IOException {
    byte[] first = Files.readAllBytes(RunFolder.report(RunFolder.completed(folder)));
    assertArrayEquals(first, Files.readAllBytes(RunFolder.report(folder)));
  }

  @Test
  void saysWhatRunItIs() throws IOException {
    Document page = completed();
    assertEquals("four-tasks · Continuo", page.title());
    assertEquals("four-tasks", page.expectFirst("h1").text());
    assertEquals("completed", page.expectFirst(".status.good").text());
    assertEquals(
        List.of("moe-cl", "4", "1", "4 March 2026, 09:12 UTC", "1 min 58 s"),
        texts(page, ".facts dd"));
    assertTrue(page.select(".banner").isEmpty());
  }

  @Test
  void showsFourNumbersFirst() throws IOException {
    Document page = completed();
    assertEquals(
        List.of("Final accuracy", "Backward transfer", "Learning accuracy", "Forgetting"),
        texts(page, ".headline .label"));
    assertEquals(
        List.of("79.5%", "−9.0points", "86.3%", "10.3points"), texts(page, ".headline .value"));
    assertEquals(4, page.select(".headline .explanation").size());
  }

  @Test
  void matrixHoldsEveryScoreAndMarksWhatWasJustTrained() throws IOException {
    Element matrix = completed().expectFirst("table.matrix");
    assertEquals(
        List.of("After training", "dbpedia", "amazon", "agnews", "yahoo", "Mean of trained"),
        texts(matrix, "thead th"));
    assertEquals(
        List.of(
            "untrained 25.0 22.0 24.0 26.0",
            "dbpedia 90.0 30.0 20.0 25.0 90.0",
            "amazon 94.0 85.0 35.0 30.0 89.5",
            "agnews 86.0 70.0 80.0 40.0 78.7",
            "yahoo 75.0 88.0 65.0 90.0 79.5"),
        texts(matrix, "tbody tr"));
    assertEquals(List.of("90.0", "85.0", "80.0", "90.0"), texts(matrix, ".own"));
    assertEquals(10, matrix.select(".seen").size());
    assertEquals(4 + 6, matrix.select(".unseen").size());
    assertEquals("Test examples 100 300 50 50", matrix.expectFirst("tfoot").text());
    assertEquals(
        "dbpedia after training yahoo: −15.0 points since it was trained",
        matrix.expectFirst("tbody tr:last-child td").attr("title"));
    assertEquals("--v:0.750", matrix.expectFirst("tbody tr:last-child td").attr("style"));
    assertEquals(6, matrix.select("thead th[scope=col]").size());
    assertEquals(5, matrix.select("tbody th[scope=row]").size());
  }

  @Test
  void metricsHaveValueDirectionDefinitionFormulaAndSource() throws IOException {
    Element table = completed().expectFirst("table.metrics");
    assertEquals(13, table.select("tbody tr").size());
    Element forgetting = table.select("tbody tr").get(9);
    assertEquals("forgetting.chaudhry", forgetting.expectFirst("th code").text());
    assertEquals("0.1033↓", forgetting.expectFirst(".number").text());
    assertEquals("lower is better", forgetting.expectFirst(".direction").attr("aria-label"));
    assertEquals(
        "(1/(T-1)) Σ_{i<T-1} (max_{i≤t<T-1} R[t][i] − R[T-1][i])",
        forgetting.expectFirst(".formula").text());
    assertEquals(
        "Chaudhry et al. 2018, arXiv 1801.10112", forgetting.expectFirst(".source").text());
  }

  @Test
  void tellsTrainingCostProtocolWarningsAndOrigin() throws IOException {
    Document page = completed();
    assertEquals(
        "dbpedia 48 6 6,144 10 s 80.0 90.0 75.0 −15.0",
        page.expectFirst("#training tbody tr").text());
    assertEquals(
        List.of("total 0.9100 → −0.1303", "task 1.600 → 0.4597", "discriminator 0.6900 → 0.5900"),
        page.select("#training details tbody tr").stream()
            .map(row -> row.expectFirst("th").text() + " " + row.expectFirst("td").text())
            .toList());
    assertEquals(
        List.of(
            "Trainable parameters 1.34 million for each task, 0.27 % of the backbone's",
            "Stored parameters 6.72 million 26.9 MB besides the backbone",
            "Backbone parameters 494 million",
            "Peak memory 4.12 GB"),
        texts(page, "#cost .tiles > div"));
    assertEquals(
        List.of(
            "Training 24,576 42 s 592",
            "Evaluation 0.51 million 1 min 02 s 8,225",
            "Whole run – 1 min 58 s –"),
        texts(page, "#cost tbody tr"));
    assertEquals(List.of("given", "withheld"), texts(page, "#protocol dd:not(.explanation)"));
    assertEquals(
        List.of(
            "12 examples of amazon are longer than 256 tokens; their texts were cut.",
            "The discriminator is at chance in task agnews."),
        texts(page, ".warnings li"));
    assertTrue(texts(page, "#provenance tr").contains("checkpoint.source checkpoints/small"));
    assertTrue(texts(page, "#provenance tr").contains("memoryBytes 34.4 GB"));
    assertTrue(page.select("#provenance details[open]").isEmpty());
  }

  @Test
  void navigationLeadsToEverySection() throws IOException {
    Document page = completed();
    List<String> targets = page.select("nav a").eachAttr("href");
    assertEquals(
        page.select("section").eachAttr("id").stream().map(id -> "#" + id).toList(), targets);
    for (Element section : page.select("section")) {
      assertEquals(section.expectFirst("h2").id(), section.attr("aria-labelledby"));
    }
  }

  @Test
  void loadsNothingFromElsewhere() throws IOException {
    Document page = completed();
    assertTrue(page.select("[src], link, img, iframe, object, embed, base").isEmpty());
    page.select("[href]").eachAttr("href").forEach(href -> assertTrue(href.startsWith("#"), href));
    String style = page.expectFirst("style").data();
    assertFalse(style.contains("url("));
    assertFalse(style.contains("@import"));
    String policy = page.expectFirst("meta[http-equiv=Content-Security-Policy]").attr("content");
    assertTrue(policy.startsWith("default-src 'none'; "), policy);
  }

  @Test
  void policyAllowsItsOwnScriptsOnly() throws Exception {
    Document page = completed();
    String policy = page.expectFirst("meta[http-equiv=Content-Security-Policy]").attr("content");
    List<String> hashes =
        page.select("script:not([type])").stream().map(HtmlReportTest::hash).toList();
    assertEquals(3, hashes.size());
    assertTrue(policy.endsWith("script-src " + String.join(" ", hashes)), policy);
  }

  private static String hash(Element script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(script.data().getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void carriesTheLicenceOfTheChartLibrary() throws IOException {
    Document page = completed();
    assertTrue(
        page.expectFirst("script:not([type])").data().contains("Apache Software Foundation"));
    assertTrue(page.expectFirst("footer").text().contains("Apache License, Version 2.0"));
    assertTrue(page.expectFirst("footer").text().contains("Mike Bostock"));
  }

  @Test
  void everyChartHasAPlaceASummaryAndTheData() throws IOException {
    Document page = completed();
    JsonNode charts = new ObjectMapper().readTree(page.expectFirst("#chart-data").data());
    assertEquals(
        List.of("accuracy-chart", "diagnostic-0", "training-chart"),
        charts.properties().stream().map(each -> each.getKey()).toList());
    for (Element figure : page.select("figure.chart")) {
      assertTrue(charts.has(figure.id()));
      assertFalse(figure.attr("aria-label").isBlank());
    }
    JsonNode amazon = charts.at("/accuracy-chart/series/1");
    assertEquals("[22.0,30.0,85.0,70.0,88.0]", amazon.get("values").toString());
    assertEquals(2, amazon.get("trainedAt").asInt());
    JsonNode training = charts.get("training-chart");
    assertEquals(
        List.of("Loss", "Dev score", "Learning rate", "Gradient norm"),
        training.get("panels").findValuesAsText("title"));
    assertEquals("{\"from\":6,\"name\":\"amazon\",\"to\":12}", training.at("/bands/1").toString());
    String total = training.at("/panels/0/series/0/points").toString();
    assertTrue(
        total.startsWith(
            "[[0.0,0.91],[1.0,0.3886],[2.0,0.1114],[3.0,-0.0316],[4.0,-0.1011],[5.0,-0.1303],"
                + "[6,\"-\"],[6.0,0.91],"),
        total);
  }
}
