package org.continuo.reports.html;

import static org.continuo.reports.html.Html.tag;

import java.util.List;
import org.continuo.results.Protocol;
import org.jsoup.nodes.Element;

/** What the strategy was allowed to know. */
final class ProtocolSection {
  private ProtocolSection() {}

  static Element of(Protocol protocol) {
    return Html.section(
        "protocol",
        "Protocol",
        "Scores compare only between runs under the same protocol.",
        List.of(
            tag(
                "dl.tiles",
                fact(
                    "Task of a test example",
                    protocol.taskId(),
                    protocol.taskIdGiven()
                        ? "the strategy is told which task each test example belongs to"
                        : "the strategy is not told which task a test example belongs to"),
                fact(
                    "Examples of earlier tasks",
                    protocol.pastData() ? "may be kept" : "withheld",
                    protocol.pastData()
                        ? "the strategy may train on examples of earlier tasks again"
                        : "once a task is trained its examples are out of reach"))));
  }

  private static Element fact(String name, String value, String explanation) {
    return Html.fact(name, value).appendChild(tag("dd.explanation", explanation));
  }
}
