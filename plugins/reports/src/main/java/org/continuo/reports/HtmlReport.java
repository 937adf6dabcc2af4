package org.continuo.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.api.result.Report;
import org.continuo.reports.html.Page;
import org.continuo.reports.run.Run;

/**
 * Writes {@code report.html}: one file that needs no network and reads well on screen, on paper and
 * without JavaScript. A run that failed or was interrupted gets one too.
 */
final class HtmlReport implements Report {
  private static final String FILE = "report.html";

  @Override
  public Path write(Path runFolder) throws IOException {
    String page = Page.of(Run.read(runFolder));
    return WholeFile.write(runFolder.resolve(FILE), page);
  }
}
