package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.reports.html.StepAxis.Line;
import org.continuo.reports.html.StepAxis.Panel;
import org.continuo.reports.html.StepAxis.Style;
import org.continuo.reports.run.Curve;
import org.continuo.reports.run.Events;
import org.continuo.reports.run.TaskEvents;
import org.jsoup.nodes.Element;

/**
 * Whatever else the parts of a run recorded. Values named {@code PLUGIN/CHART/SERIES} share the
 * chart of their {@code PLUGIN/CHART}; any other stands alone.
 */
final class DiagnosticsSection {
  private static final int POINTS = 150;
  private static final int MOST_CHARTS = 24;

  private DiagnosticsSection() {}

  static Optional<Element> of(Events events, Charts charts) {
    List<String> names =
        events.tasks().stream()
            .flatMap(task -> task.values().keySet().stream())
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<Line>> diagrams = diagrams(names);
    List<Element> parts = new ArrayList<>();
    parts.add(tag("p.lead", "What parts of the run recorded about themselves while training."));
    parts.add(tag("div.multiples", figures(events, diagrams, charts)));
    if (diagrams.size() > MOST_CHARTS) {
      parts.add(
          tag(
              "p.note",
              "The first "
                  + MOST_CHARTS
                  + " of "
                  + diagrams.size()
                  + " charts are drawn; the table holds all."));
    }
    parts.add(
        tag(
            "details",
            tag("summary", "Recorded values by task"),
            Html.listed("Recorded values by task", table(events, names))));
    return Optional.of(Html.section("diagnostics", "Diagnostics", parts));
  }

  /** The lines of each chart by its title. */
  private static Map<String, List<Line>> diagrams(List<String> names) {
    Map<String, List<Line>> diagrams = new LinkedHashMap<>();
    for (String name : names) {
      String[] parts = name.split("/", 3);
      boolean grouped = parts.length == 3;
      String title = grouped ? parts[0] + "/" + parts[1] : name;
      diagrams
          .computeIfAbsent(title, unseen -> new ArrayList<>())
          .add(
              new Line(
                  grouped ? parts[2] : name, task -> Optional.ofNullable(task.values().get(name))));
    }
    return diagrams;
  }

  private static List<Element> figures(
      Events events, Map<String, List<Line>> diagrams, Charts charts) {
    StepAxis axis = new StepAxis(events.tasks());
    List<Element> figures = new ArrayList<>();
    diagrams.entrySet().stream()
        .limit(MOST_CHARTS)
        .forEach(
            diagram ->
                figures.add(
                    charts
                        .figure(
                            "diagnostic-" + figures.size(),
                            "Line chart of "
                                + diagram.getKey()
                                + " over the training steps; see the table below.",
                            axis.chart(
                                List.of(
                                    new Panel(diagram.getKey(), Style.LINE, diagram.getValue())),
                                POINTS))
                        .addClass("small")));
    return figures;
  }

  private static Element table(Events events, List<String> names) {
    Element body = tag("tbody");
    for (String name : names) {
      for (TaskEvents task : events.tasks()) {
        Optional.ofNullable(task.values().get(name))
            .ifPresent(curve -> body.appendChild(row(name, task.task(), curve)));
      }
    }
    return tag(
        "table.plain",
        tag(
            "thead",
            tag(
                "tr",
                columnHead("th", "Value"),
                columnHead("th", "Task"),
                columnHead("th.number", "Start"),
                columnHead("th.number", "End"),
                columnHead("th.number", "Lowest"),
                columnHead("th.number", "Highest"),
                columnHead("th.number", "Records"))),
        body);
  }

  private static Element row(String name, String task, Curve curve) {
    return tag(
        "tr",
        rowHead(name),
        tag("td", task),
        number(Numbers.or(curve.start(), Numbers::digits)),
        number(Numbers.or(curve.end(), Numbers::digits)),
        number(Numbers.or(curve.values().min(), Numbers::digits)),
        number(Numbers.or(curve.values().max(), Numbers::digits)),
        number(Numbers.count(curve.size())));
  }
}
