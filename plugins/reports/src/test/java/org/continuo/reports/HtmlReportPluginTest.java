package org.continuo.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ServiceLoader;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Report;
import org.junit.jupiter.api.Test;

class HtmlReportPluginTest {
  @Test
  void isFoundAndPreferred() {
    HtmlReportPluginTest.class.getModule().addUses(Plugin.class);
    Plugin<?, ?> plugin =
        ServiceLoader.load(Plugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.makes() == Report.Factory.class)
            .findFirst()
            .orElseThrow();
    assertEquals("html", plugin.id());
    assertEquals(Plugin.NoOptions.class, plugin.options());
    assertTrue(plugin.preferred());
  }

  @Test
  void makesReports() {
    Report report = new HtmlReportPlugin().create(new Plugin.NoOptions()).create();
    assertEquals(HtmlReport.class, report.getClass());
  }
}
