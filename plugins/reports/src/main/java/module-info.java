/** Reports of runs and of suites. */
module org.continuo.reports {
  requires org.continuo.api;
  requires org.continuo.results;
  requires com.fasterxml.jackson.databind;
  requires org.jsoup;

  provides org.continuo.api.plugin.Plugin with
      org.continuo.reports.ComparisonReportPlugin,
      org.continuo.reports.HtmlReportPlugin,
      org.continuo.reports.SuiteReportPlugin;
}
