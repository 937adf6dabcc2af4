package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every report on runs keeps to. The test class of a report extends it and names the plugin
 * and a strategy whose run is reported on.
 */
public abstract class ReportContract extends PluginContract<Report.Factory> {
  @TempDir private Path folder;

  protected ReportContract() {}

  /** Trains an expert, such as {@code sequential}. */
  protected abstract Plugin<Strategy.Factory, ?> strategy();

  @Test
  void writesOneFileIntoTheFolderTheSameEachTime() throws IOException {
    Assumptions.assumeTrue(
        factory().create().reads().equals(ResultsFile.RUN), "reports on something else than runs");
    Path run = TinyRun.of(strategy()).run(folder).folder();
    Path written = write(factory().create(), run);
    assertTrue(written.startsWith(run), () -> written + " is not in " + run);
    byte[] first = Files.readAllBytes(written);
    assertTrue(first.length > 0, "an empty file");
    assertArrayEquals(first, Files.readAllBytes(write(factory().create(), run)));
  }

  private static <T> Path write(Report<T> report, Path run) throws IOException {
    return report.write(report.reads().read(run), run);
  }
}
