package org.continuo.reports;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.api.result.Report;
import org.continuo.reports.html.Page;
import org.continuo.reports.run.Comparison;

/** Writes {@code comparison.html}: two runs side by side in one file that needs no network. */
final class ComparisonReport implements Report {
  private static final String FILE = "comparison.html";

  @Override
  public Path write(Path folder) throws IOException {
    return WholeFile.write(folder.resolve(FILE), Page.of(Comparison.read(folder)));
  }

  static final class Factory implements Report.Factory {
    @Override
    public Report create() {
      return new ComparisonReport();
    }

    @Override
    public String reads() {
      return Comparison.FILE;
    }
  }
}
