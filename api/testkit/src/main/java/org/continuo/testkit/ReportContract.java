package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Report;
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
        factory().reads().equals("results.json"), "reports on something else than runs");
    Path run = TinyRun.of(strategy()).run(folder).folder();
    Path written = factory().create().write(run);
    assertTrue(written.startsWith(run), () -> written + " is not in " + run);
    byte[] first = Files.readAllBytes(written);
    assertTrue(first.length > 0, "an empty file");
    assertArrayEquals(first, Files.readAllBytes(factory().create().write(run)));
  }
}
