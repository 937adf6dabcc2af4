package org.continuo.reports.html;

import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.reports.run.Curve;
import org.continuo.reports.run.Run;
import org.continuo.reports.run.TaskEvents;
import org.jsoup.nodes.Element;

/** What the run warned about, and what reading its files brought up. */
final class WarningsSection {
  private WarningsSection() {}

  static Optional<Element> of(Run run) {
    List<String> warnings =
        new ArrayList<>(
            Stream.concat(run.results().warnings().stream(), run.events().warnings().stream())
                .distinct()
                .toList());
    for (TaskEvents task : run.events().tasks()) {
      notFinite("loss", task.task(), task.loss()).ifPresent(warnings::add);
      task.losses()
          .forEach(
              (name, curve) ->
                  notFinite("loss term " + name, task.task(), curve).ifPresent(warnings::add));
    }
    if (!run.events().present()) {
      warnings.add(
          "The run's folder holds no events.jsonl, so there is nothing here about the training"
              + " steps.");
    }
    int lines = run.events().unreadableLines();
    if (lines > 0) {
      warnings.add(
          lines
              + (lines == 1 ? " line of events.jsonl is" : " lines of events.jsonl are")
              + " not a JSON object with an event, and left out. A run that was killed leaves one.");
    }
    return warnings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Html.section(
                "warnings",
                "Warnings",
                List.of(
                    tag(
                        "ul.warnings",
                        warnings.stream().map(warning -> tag("li", warning)).toList()))));
  }

  private static Optional<String> notFinite(String what, String task, Curve curve) {
    return curve.firstNotFinite().stream()
        .mapToObj(
            step ->
                "The "
                    + what
                    + " of task "
                    + task
                    + " is infinite or not a number at step "
                    + step
                    + ".")
        .findFirst();
  }
}
