package org.continuo.reports.html;

import static org.continuo.reports.html.Html.columnHead;
import static org.continuo.reports.html.Html.number;
import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.continuo.reports.html.StepAxis.Line;
import org.continuo.reports.html.StepAxis.Panel;
import org.continuo.reports.html.StepAxis.Style;
import org.continuo.reports.run.Curve;
import org.continuo.reports.run.Run;
import org.continuo.reports.run.Scores;
import org.continuo.reports.run.TaskEvents;
import org.jsoup.nodes.Element;

/** How each task was trained: losses, dev scores, step sizes and gradients over the steps. */
final class TrainingSection {
  private static final int POINTS = 600;
  // lines whose sizes differ by more would be flat in one panel
  private static final double SAME_SCALE = 20;
  private final Run run;
  private final List<TaskEvents> tasks;
  private final List<Line> terms;

  private TrainingSection(Run run) {
    this.run = run;
    this.tasks = run.events().tasks();
    this.terms = terms();
  }

  static Optional<Element> of(Run run, Charts charts) {
    return run.events().tasks().isEmpty()
        ? Optional.empty()
        : Optional.of(new TrainingSection(run).section(charts));
  }

  private Element section(Charts charts) {
    List<Element> parts = new ArrayList<>();
    StepAxis axis = new StepAxis(tasks);
    List<Panel> panels = panels();
    if (axis.steps() > 1 && !panels.isEmpty()) {
      parts.add(
          charts.figure(
              "training-chart",
              "Line charts over "
                  + Numbers.count(axis.steps())
                  + " training steps, the tasks as bands; the tables below give their start and"
                  + " end.",
              axis.chart(panels, POINTS)));
      if (axis.steps() > POINTS) {
        parts.add(
            tag(
                "p.note",
                "Lines are means over stretches of steps; the shade reaches from the lowest to the"
                    + " highest value of each."));
      }
    }
    parts.add(Html.listed("Training by task", taskTable()));
    if (!terms.isEmpty()) {
      parts.add(
          tag(
              "details",
              tag("summary", "Loss terms by task"),
              tag("p.note", "Mean of the first tenth of a task's steps → mean of the last tenth."),
              Html.listed("Loss terms by task", termTable())));
    }
    return Html.section("training", "Training", parts);
  }

  private List<Panel> panels() {
    List<Panel> panels = new ArrayList<>(lossPanels());
    addIfRecorded(panels, "Dev score", Style.DOTTED_LINE, TaskEvents::dev);
    addIfRecorded(panels, "Learning rate", Style.LINE, TaskEvents::learningRate);
    addIfRecorded(panels, "Gradient norm", Style.LINE, TaskEvents::gradientNorm);
    return panels;
  }

  private void addIfRecorded(
      List<Panel> panels, String name, Style style, Function<TaskEvents, Curve> curve) {
    if (tasks.stream().anyMatch(task -> curve.apply(task).size() > 0)) {
      panels.add(new Panel(name, style, List.of(Line.of(name, curve))));
    }
  }

  /** The whole loss, then its terms unless the only one is the whole. */
  private List<Line> terms() {
    List<String> names =
        tasks.stream().flatMap(task -> task.losses().keySet().stream()).distinct().toList();
    List<Line> lines = new ArrayList<>();
    boolean total = tasks.stream().anyMatch(task -> task.loss().size() > 0);
    if (total && names.size() != 1) {
      lines.add(Line.of("total", TaskEvents::loss));
    }
    for (String name : names) {
      lines.add(new Line(name, task -> Optional.ofNullable(task.losses().get(name))));
    }
    return lines;
  }

  private List<Panel> lossPanels() {
    record Sized(Line line, double size) {}
    List<Sized> largestFirst =
        terms.stream()
            .map(line -> new Sized(line, line.size(tasks).orElse(0)))
            .sorted(Comparator.comparingDouble(Sized::size).reversed())
            .toList();
    List<List<Line>> groups = new ArrayList<>();
    double largest = Double.POSITIVE_INFINITY;
    for (Sized sized : largestFirst) {
      if (groups.isEmpty() || sized.size() * SAME_SCALE < largest) {
        groups.add(new ArrayList<>());
        largest = sized.size();
      }
      groups.get(groups.size() - 1).add(sized.line());
    }
    return groups.stream()
        .map(
            group ->
                new Panel(
                    group.size() == 1 ? "Loss: " + group.get(0).name() : "Loss",
                    Style.LINE,
                    terms.stream().filter(group::contains).toList()))
        .toList();
  }

  private Element taskTable() {
    Element head =
        tag(
            "tr",
            columnHead("th", "Task"),
            columnHead("th.number", "Examples"),
            columnHead("th.number", "Steps"),
            columnHead("th.number", "Tokens"),
            columnHead("th.number", "Time"),
            columnHead("th.number", "Best dev"),
            columnHead("th.number", "Just trained"),
            columnHead("th.number", "Last"),
            columnHead("th.number", "Change"));
    Element body = tag("tbody");
    for (TaskEvents task : tasks) {
      Scores scores = run.scores();
      int index = run.results().tasks().indexOf(task.task());
      OptionalDouble learned = index < 0 ? OptionalDouble.empty() : scores.learned(index);
      OptionalDouble last = index < 0 ? OptionalDouble.empty() : scores.last(index);
      body.appendChild(
          tag(
              "tr",
              rowHead(task.task()),
              number(Numbers.or(task.examples(), Numbers::count)),
              number(Numbers.or(asLong(task.trainingSteps()), Numbers::count)),
              number(Numbers.or(task.tokens(), Numbers::magnitude)),
              number(Numbers.or(task.seconds(), Numbers::duration)),
              number(Numbers.or(task.dev().values().max(), Numbers::percent)),
              number(Numbers.or(learned, Numbers::percent)),
              number(Numbers.or(last, Numbers::percent)),
              number(
                  learned.isPresent() && last.isPresent() && index < scores.stages() - 1
                      ? Numbers.points(last.getAsDouble() - learned.getAsDouble())
                      : Numbers.ABSENT)));
    }
    return tag("table.plain", tag("thead", head), body);
  }

  private static OptionalLong asLong(OptionalInt value) {
    return value.isPresent() ? OptionalLong.of(value.getAsInt()) : OptionalLong.empty();
  }

  private Element termTable() {
    Element head = tag("tr", columnHead("th", "Term"));
    tasks.forEach(task -> head.appendChild(columnHead("th.number", task.task())));
    Element body = tag("tbody");
    for (Line line : terms) {
      Element row = tag("tr", rowHead(line.name()));
      for (TaskEvents task : tasks) {
        row.appendChild(number(line.curve().apply(task).map(TrainingSection::span).orElse("–")));
      }
      body.appendChild(row);
    }
    return tag("table.plain", tag("thead", head), body);
  }

  private static String span(Curve curve) {
    return Numbers.or(curve.start(), Numbers::digits)
        + " → "
        + Numbers.or(curve.end(), Numbers::digits);
  }
}
