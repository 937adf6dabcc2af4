package org.continuo.reports;

import org.continuo.api.plugin.Plugin;
import org.continuo.results.Report;

/** The door to {@link HtmlReport}. */
public final class HtmlReportPlugin implements Plugin<Report.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "html";
  }

  @Override
  public String summary() {
    return "one self-contained HTML page: scores, training, cost, protocol and provenance of a run";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  @Override
  public Report.Factory create(NoOptions options) {
    return HtmlReport::new;
  }
}
