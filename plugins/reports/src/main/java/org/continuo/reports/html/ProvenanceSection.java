package org.continuo.reports.html;

import static org.continuo.reports.html.Html.rowHead;
import static org.continuo.reports.html.Html.tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.results.Provenance;
import org.jsoup.nodes.Element;

/** What the run was made from and where. */
final class ProvenanceSection {
  private static final String TITLE = "Versions, hashes and hardware";

  private ProvenanceSection() {}

  static Element of(Provenance provenance) {
    Element body = tag("tbody");
    facts(provenance)
        .forEach((name, value) -> body.appendChild(tag("tr", rowHead(name), tag("td", value))));
    Element table = Html.wide(TITLE, tag("table.pairs", body));
    return Html.section(
        "provenance", "Provenance", List.of(tag("details", tag("summary", TITLE), table)));
  }

  /** By the names they have in {@code results.json}. */
  private static Map<String, String> facts(Provenance provenance) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("started", provenance.started().toString());
    facts.put("finished", provenance.finished().toString());
    facts.put("continuo", provenance.continuo());
    facts.put("java", provenance.java());
    facts.put("os", provenance.os());
    facts.put("cpu", provenance.cpu());
    facts.put("cores", Integer.toString(provenance.cores()));
    facts.put("memoryBytes", Numbers.bytes(provenance.memoryBytes()));
    facts.put("engine", provenance.engine());
    facts.put("threads", provenance.threads());
    facts.put("checkpoint.source", provenance.checkpoint().source());
    facts.put("checkpoint.sha256", provenance.checkpoint().sha256());
    provenance.checkpoint().published().ifPresent(p -> facts.put("checkpoint.published", p));
    provenance.checkpoint().licence().ifPresent(l -> facts.put("checkpoint.licence", l));
    provenance.checkpoint().storedAs().ifPresent(t -> facts.put("checkpoint.storedAs", t));
    provenance.data().sha256().forEach((task, sha256) -> facts.put("data.sha256." + task, sha256));
    facts.put("data.files", String.join(", ", provenance.data().files()));
    return facts;
  }
}
