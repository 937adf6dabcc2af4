package org.continuo.reports.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.continuo.api.result.Overview;

/** Writes {@code report.html} into a suite's folder, of one that is incomplete too. */
final class HtmlOverview implements Overview {
  private static final String FILE = "report.html";

  @Override
  public Path write(Path suiteFolder) throws IOException {
    String page = OverviewPage.of(SuiteData.read(suiteFolder.resolve("suite.json")));
    Path file = suiteFolder.resolve(FILE);
    Path unfinished = suiteFolder.resolve(FILE + ".part");
    Files.writeString(unfinished, page);
    return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
