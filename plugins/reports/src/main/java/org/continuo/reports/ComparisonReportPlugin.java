package org.continuo.reports;

import org.continuo.api.plugin.Plugin;
import org.continuo.results.Report;

/** The door to {@link ComparisonReport}. */
public final class ComparisonReportPlugin implements Plugin<Report.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "comparison-html";
  }

  @Override
  public String summary() {
    return "one self-contained HTML page: what one run gains over another on the same items";
  }

  @Override
  public Report.Factory create(NoOptions options) {
    return ComparisonReport::new;
  }
}
