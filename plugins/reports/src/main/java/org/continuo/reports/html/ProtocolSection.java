package org.continuo.reports.html;

import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.reports.run.Results;
import org.jsoup.nodes.Element;

/** What the strategy was allowed to know. */
final class ProtocolSection {
  private ProtocolSection() {}

  static Optional<Element> of(Results results) {
    List<Element> facts = new ArrayList<>();
    results
        .taskId()
        .ifPresent(
            taskId ->
                facts.add(
                    fact(
                        "Task of a test example",
                        taskId,
                        taskId.equals("given")
                            ? "the strategy is told which task each test example belongs to"
                            : "the strategy is not told which task a test example belongs to")));
    results
        .pastData()
        .ifPresent(
            kept ->
                facts.add(
                    fact(
                        "Examples of earlier tasks",
                        kept ? "may be kept" : "withheld",
                        kept
                            ? "the strategy may train on examples of earlier tasks again"
                            : "once a task is trained its examples are out of reach")));
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Html.section(
            "protocol",
            "Protocol",
            List.of(
                tag("p.lead", "Scores compare only between runs under the same protocol."),
                tag("dl.tiles", facts))));
  }

  private static Element fact(String name, String value, String explanation) {
    return tag("div", tag("dt", name), tag("dd", value), tag("dd.explanation", explanation));
  }
}
