package org.continuo.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.continuo.reports.run.Curve;
import org.continuo.reports.run.TaskEvents;

/** The training steps of all tasks, laid one after another. */
final class StepAxis {
  private final List<TaskEvents> tasks;
  private final List<Integer> offsets = new ArrayList<>();
  private final int steps;

  StepAxis(List<TaskEvents> tasks) {
    this.tasks = tasks;
    int offset = 0;
    for (TaskEvents task : tasks) {
      offsets.add(offset);
      offset += task.steps();
    }
    this.steps = offset;
  }

  int steps() {
    return steps;
  }

  /** One line of a panel: the curve it takes from each task. */
  record Line(String name, Function<TaskEvents, Optional<Curve>> curve) {
    static Line of(String name, Function<TaskEvents, Curve> curve) {
      return new Line(name, curve.andThen(Optional::of));
    }

    /** The 95th percentile of its absolute values: how large it is, outliers apart. */
    OptionalDouble size(List<TaskEvents> tasks) {
      double[] sorted =
          tasks.stream()
              .flatMap(task -> curve.apply(task).stream())
              .flatMapToDouble(Curve::values)
              .map(Math::abs)
              .sorted()
              .toArray();
      return sorted.length == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(sorted[(int) (0.95 * (sorted.length - 1))]);
    }
  }

  /** How a panel draws its lines. */
  enum Style {
    LINE,
    /** For values that are recorded now and then. */
    DOTTED_LINE
  }

  /** Lines that share a scale, below one title. */
  record Panel(String title, Style style, List<Line> lines) {}

  /**
   * A chart of panels above each other.
   *
   * @param most points of one line; longer ones are thinned
   */
  Map<String, Object> chart(List<Panel> panels, int most) {
    List<Object> bands = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      int from = offsets.get(i);
      if (tasks.get(i).steps() > 0) {
        bands.add(
            Map.of("name", tasks.get(i).task(), "from", from, "to", from + tasks.get(i).steps()));
      }
    }
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", "steps");
    chart.put("bands", bands);
    chart.put("panels", panels.stream().map(panel -> panel(panel, most)).toList());
    return chart;
  }

  private Map<String, Object> panel(Panel panel, int most) {
    List<Object> series = new ArrayList<>();
    for (Line line : panel.lines()) {
      series.add(Map.of("name", line.name(), "points", points(line, most)));
    }
    return Map.of(
        "title", panel.title(), "dots", panel.style() == Style.DOTTED_LINE, "series", series);
  }

  /** Rows of step, mean, lowest and highest; the last two only where points were thinned. */
  private List<Object> points(Line line, int most) {
    List<Object> points = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Optional<Curve> curve = line.curve().apply(tasks.get(i)).filter(each -> each.size() > 0);
      if (curve.isEmpty()) {
        continue;
      }
      int offset = offsets.get(i);
      if (!points.isEmpty()) {
        // the line breaks between tasks
        points.add(List.of(offset, "-"));
      }
      int share = Math.max(2, (int) ((long) most * tasks.get(i).steps() / Math.max(1, steps)));
      boolean thinned = curve.get().size() > share;
      for (Curve.Bucket bucket : curve.get().thinned(share)) {
        double step = offset + bucket.step();
        double mean = Charts.rounded(bucket.mean());
        points.add(
            thinned
                ? List.of(step, mean, Charts.rounded(bucket.low()), Charts.rounded(bucket.high()))
                : List.of(step, mean));
      }
    }
    return points;
  }
}
