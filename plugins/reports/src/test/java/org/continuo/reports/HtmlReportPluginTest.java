package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Plugin;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;
import org.junit.jupiter.api.Test;

class HtmlReportPluginTest {
  @Test
  void allReportsAreFoundAndThatOfARunIsPreferred() {
    HtmlReportPluginTest.class.getModule().addUses(Plugin.class);
    Map<String, Boolean> preferred =
        ServiceLoader.load(Plugin.class).stream()
            .<Plugin<?, ?>>map(ServiceLoader.Provider::get)
            .filter(each -> each.makes() == Report.Factory.class)
            .collect(Collectors.toMap(Plugin::id, Plugin::preferred));
    assertEquals(Map.of("html", true, "comparison-html", false, "suite-html", false), preferred);
  }

  @Test
  void eachSaysWhatItReads() {
    List<Report.Factory> factories =
        List.of(
            new HtmlReportPlugin().create(new Plugin.NoOptions()),
            new ComparisonReportPlugin().create(new Plugin.NoOptions()),
            new SuiteReportPlugin().create(new Plugin.NoOptions()));
    assertEquals(
        List.of(ResultsFile.RUN, ResultsFile.COMPARISON, ResultsFile.SUITE),
        factories.stream().map(factory -> factory.create().reads()).toList());
  }
}
