package org.continuo.reports.suite;

import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Overview;

/** The door to {@link HtmlOverview}. */
public final class OverviewPlugin implements Plugin<Overview.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "html";
  }

  @Override
  public String summary() {
    return "one self-contained HTML page: table, matrices, stream, cost and ranks of a suite";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  @Override
  public Overview.Factory create(NoOptions options) {
    return HtmlOverview::new;
  }
}
