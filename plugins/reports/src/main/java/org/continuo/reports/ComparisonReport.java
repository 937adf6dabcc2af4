package org.continuo.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.reports.html.ComparisonPage;
import org.continuo.results.ComparisonResults;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;

/** Writes {@code comparison.html}: two runs side by side in one file that needs no network. */
final class ComparisonReport implements Report<ComparisonResults> {
  private static final String FILE = "comparison.html";

  @Override
  public ResultsFile<ComparisonResults> reads() {
    return ResultsFile.COMPARISON;
  }

  @Override
  public Path write(ComparisonResults results, Path folder) throws IOException {
    return WholeFile.write(folder.resolve(FILE), ComparisonPage.of(results).html());
  }
}
