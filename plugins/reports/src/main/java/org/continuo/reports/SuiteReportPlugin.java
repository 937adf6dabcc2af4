package org.continuo.reports;

import org.continuo.api.plugin.Plugin;
import org.continuo.results.Report;

/** The door to {@link SuiteReport}. */
public final class SuiteReportPlugin implements Plugin<Report.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "suite-html";
  }

  @Override
  public String summary() {
    return "one self-contained HTML page: table, matrices, stream, cost and ranks of a suite";
  }

  @Override
  public Class<Report.Factory> makes() {
    return Report.Factory.class;
  }

  @Override
  public Class<NoOptions> options() {
    return NoOptions.class;
  }

  @Override
  public Report.Factory create(NoOptions options) {
    return SuiteReport::new;
  }
}
