package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.continuo.reports.run.Scores;
import org.continuo.results.RunResults;
import org.jsoup.nodes.Element;

/** The scores on every task after every stage, as a heat map and as lines. */
final class MatrixSection {
  // tasks from which on the cells are made smaller to fit a page
  private static final int DENSE = 8;
  private final Scores scores;
  private final RunResults results;

  private MatrixSection(RunResults results) {
    this.results = results;
    this.scores = Scores.of(results);
  }

  static Optional<Element> of(RunResults results, Charts charts) {
    if (results.stages() == 0 && results.zeroShot().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new MatrixSection(results).section(charts));
  }

  private Element section(Charts charts) {
    List<Element> parts = new ArrayList<>();
    parts.add(
        tag(
            "p.lead",
            "Each row is a stage: the test "
                + results.score()
                + " in percent on every task after one more task was trained. Read down a column"
                + " to see what becomes of a task."));
    Element beside = tag("div.beside", tag("div", Html.wide("Accuracy matrix", table()), legend()));
    if (scores.stages() + (scores.zeroShot().isEmpty() ? 0 : 1) > 1) {
      beside.appendChild(
          charts.figure(
              "accuracy-chart",
              "Line chart of the score on each task after every stage; the accuracy matrix holds"
                  + " the same numbers.",
              chart()));
    }
    parts.add(beside);
    return Html.section("matrix", capitalised(results.score()) + " over the stream", parts);
  }

  private static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private Element table() {
    Element header = tag("tr", columnHead("th.stage", "After training"));
    scores.tasks().forEach(task -> header.appendChild(columnHead("th", task)));
    header.appendChild(
        columnHead("th.mean", "Mean of trained").attr("title", "over the tasks trained so far"));
    Element body = tag("tbody");
    if (!scores.zeroShot().isEmpty()) {
      body.appendChild(untrainedRow());
    }
    for (int stage = 0; stage < scores.stages(); stage++) {
      body.appendChild(stageRow(stage));
    }
    for (int stage = scores.stages(); stage < scores.tasks().size(); stage++) {
      body.appendChild(missingRow(stage));
    }
    Element table =
        tag(
            scores.tasks().size() > DENSE ? "table.matrix.dense" : "table.matrix",
            tag("thead", header),
            body);
    return table.appendChild(testExamples());
  }

  private Element untrainedRow() {
    Element row = tag("tr", rowHead("untrained").addClass("aside"));
    for (int task = 0; task < scores.tasks().size(); task++) {
      row.appendChild(
          cell(scores.untrained(task), "unseen", scores.tasks().get(task) + ", untrained model"));
    }
    return row.appendChild(tag("td.mean"));
  }

  private Element stageRow(int stage) {
    Element row = tag("tr", rowHead(scores.tasks().get(stage)));
    for (int task = 0; task < scores.tasks().size(); task++) {
      String kind = task < stage ? "seen" : task == stage ? "seen.own" : "unseen";
      row.appendChild(cell(scores.at(stage, task), kind, description(stage, task)));
    }
    return row.appendChild(
        tag("td.mean", Numbers.or(scores.meanOfLearned(stage), Numbers::percent)));
  }

  private Element missingRow(int stage) {
    Element row = tag("tr.missing", rowHead(scores.tasks().get(stage)));
    scores.tasks().forEach(task -> row.appendChild(tag("td.cell", Numbers.ABSENT)));
    return row.appendChild(tag("td.mean", Numbers.ABSENT));
  }

  private Element testExamples() {
    Element row = tag("tr", rowHead("Test examples"));
    results.testExamples().forEach(count -> row.appendChild(number(Numbers.count(count))));
    return tag("tfoot", row.appendChild(tag("td")));
  }

  private static Element cell(OptionalDouble score, String kind, String description) {
    Element cell =
        tag("td.cell." + kind, Numbers.or(score, Numbers::percent)).attr("title", description);
    score.ifPresent(
        value ->
            cell.attr(
                "style", String.format(Locale.ROOT, "--v:%.3f", Math.max(0, Math.min(1, value)))));
    return cell;
  }

  private String description(int stage, int task) {
    String text = scores.tasks().get(task) + " after training " + scores.tasks().get(stage);
    if (task > stage) {
      return text + ": not trained yet";
    }
    if (task == stage) {
      return text + ": just trained";
    }
    OptionalDouble learned = scores.learned(task);
    OptionalDouble now = scores.at(stage, task);
    return learned.isPresent() && now.isPresent()
        ? text
            + ": "
            + Numbers.points(now.getAsDouble() - learned.getAsDouble())
            + " points since it was trained"
        : text;
  }

  private static Element legend() {
    return tag(
        "p.legend",
        tag("span.ramp").attr("aria-hidden", "true"),
        tag("span", "0 to 100 %"),
        tag("span.swatch.own").attr("aria-hidden", "true"),
        tag("span", "just trained"),
        tag("span.swatch.unseen").attr("aria-hidden", "true"),
        tag("span", "not trained yet"));
  }

  private Map<String, Object> chart() {
    List<String> stages = new ArrayList<>();
    boolean zeroShot = !scores.zeroShot().isEmpty();
    if (zeroShot) {
      stages.add("untrained");
    }
    stages.addAll(scores.tasks().subList(0, scores.stages()));
    int offset = zeroShot ? 1 : 0;
    List<Object> series = new ArrayList<>();
    for (int task = 0; task < scores.tasks().size(); task++) {
      List<Object> values = new ArrayList<>();
      if (zeroShot) {
        values.add(percent(scores.untrained(task)));
      }
      for (int stage = 0; stage < scores.stages(); stage++) {
        values.add(percent(scores.at(stage, task)));
      }
      series.add(
          Map.of("name", scores.tasks().get(task), "values", values, "trainedAt", task + offset));
    }
    List<Object> means = new ArrayList<>();
    if (zeroShot) {
      means.add("-");
    }
    IntStream.range(0, scores.stages())
        .forEach(stage -> means.add(percent(scores.meanOfLearned(stage))));
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", "stages");
    chart.put("stages", stages);
    chart.put("untrained", zeroShot);
    chart.put("series", series);
    chart.put("mean", means);
    return chart;
  }

  /** "-" is how the chart library writes a missing number. */
  private static Object percent(OptionalDouble score) {
    return score.isPresent() ? (Object) Charts.rounded(100 * score.getAsDouble()) : "-";
  }
}
