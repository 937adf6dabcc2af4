package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Report;
import org.junit.jupiter.api.Test;

class HtmlReportPluginTest {
  @Test
  void bothReportsAreFoundAndThatOfARunIsPreferred() {
    HtmlReportPluginTest.class.getModule().addUses(Plugin.class);
    Map<String, Boolean> preferred =
        ServiceLoader.load(Plugin.class).stream()
            .<Plugin<?, ?>>map(ServiceLoader.Provider::get)
            .filter(each -> each.makes() == Report.Factory.class)
            .collect(Collectors.toMap(Plugin::id, Plugin::preferred));
    assertEquals(Map.of("html", true, "comparison-html", false), preferred);
  }

  @Test
  void eachSaysWhatItReadsAndMakesItsReport() {
    List<Report.Factory> factories =
        List.of(
            new HtmlReportPlugin().create(new Plugin.NoOptions()),
            new ComparisonReportPlugin().create(new Plugin.NoOptions()));
    assertEquals(
        List.of("results.json", "comparison.json"),
        factories.stream().map(Report.Factory::reads).toList());
    assertEquals(
        List.of(HtmlReport.class, ComparisonReport.class),
        factories.stream().map(factory -> factory.create().getClass()).toList());
  }
}
