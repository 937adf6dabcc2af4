package org.continuo.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.reports.suite.SuitePage;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;
import org.continuo.results.SuiteResults;

/** Writes {@code report.html} into a suite's folder, of one that is incomplete too. */
final class SuiteReport implements Report<SuiteResults> {
  private static final String FILE = "report.html";

  @Override
  public ResultsFile<SuiteResults> reads() {
    return ResultsFile.SUITE;
  }

  @Override
  public Path write(SuiteResults results, Path folder) throws IOException {
    return WholeFile.write(folder.resolve(FILE), SuitePage.of(results).html());
  }
}
