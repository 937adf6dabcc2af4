package org.continuo.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    Path file = runFolder.resolve(FILE);
    Path unfinished = runFolder.resolve(FILE + ".part");
    Files.writeString(unfinished, page);
    return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
