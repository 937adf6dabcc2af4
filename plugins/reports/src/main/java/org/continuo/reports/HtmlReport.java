package org.continuo.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.reports.html.RunPage;
import org.continuo.reports.run.Run;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;

/**
 * Writes {@code report.html}: one file that needs no network and reads well on screen, on paper and
 * without JavaScript. A run that failed or was interrupted gets one too.
 */
final class HtmlReport implements Report<RunResults> {
  private static final String FILE = "report.html";

  @Override
  public ResultsFile<RunResults> reads() {
    return ResultsFile.RUN;
  }

  @Override
  public Path write(RunResults results, Path folder) throws IOException {
    return WholeFile.write(folder.resolve(FILE), RunPage.of(Run.of(results, folder)).html());
  }
}
