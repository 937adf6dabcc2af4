package org.continuo.reports.html;

import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.reports.run.Results;
import org.jsoup.nodes.Element;

/** What the run was made from and where. */
final class ProvenanceSection {
  private ProvenanceSection() {}

  static Optional<Element> of(Results results) {
    List<Element> parts = new ArrayList<>();
    Map<String, String> origin = new LinkedHashMap<>();
    results.started().ifPresent(time -> origin.put("started", time.toString()));
    results.finished().ifPresent(time -> origin.put("finished", time.toString()));
    results.provenance().forEach((name, value) -> origin.put(name, readable(name, value)));
    if (!results.strategyOptions().isEmpty()) {
      parts.add(folded("Options of the strategy", results.strategyOptions()));
    }
    if (!origin.isEmpty()) {
      parts.add(folded("Versions, hashes and hardware", origin));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(Html.section("provenance", "Provenance", parts));
  }

  private static String readable(String name, String value) {
    return name.endsWith("Bytes") && value.matches("\\d{1,18}")
        ? Numbers.bytes(Long.parseLong(value))
        : value;
  }

  private static Element folded(String title, Map<String, String> values) {
    Element body = tag("tbody");
    values.forEach((name, value) -> body.appendChild(tag("tr", rowHead(name), tag("td", value))));
    return tag("details", tag("summary", title), Html.wide(title, tag("table.pairs", body)));
  }
}
