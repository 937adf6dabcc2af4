package org.continuo.reports.html;

import java.util.ArrayList;
import java.util.List;
import org.continuo.reports.run.Run;
import org.jsoup.nodes.Element;

/** The report of a run. */
public final class RunPage {
  private RunPage() {}

  public static Page of(Run run) {
    Charts charts = new Charts();
    List<Element> sections = new ArrayList<>();
    MatrixSection.of(run.results(), charts).ifPresent(sections::add);
    TrainingSection.of(run, charts).ifPresent(sections::add);
    TestMetricsSection.of(run.results(), charts).ifPresent(sections::add);
    MetricsSection.of(run.results()).ifPresent(sections::add);
    sections.add(CostSection.of(run));
    sections.add(ProtocolSection.of(run.results().protocol()));
    DiagnosticsSection.of(run.events(), charts).ifPresent(sections::add);
    WarningsSection.of(run).ifPresent(sections::add);
    sections.add(ProvenanceSection.of(run.results().provenance()));
    return new Page(
        run.results().name(),
        Masthead.header(run),
        sections,
        charts,
        "Made by Continuo from results.json and events.jsonl of the run's folder.");
  }
}
