package org.continuo.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;

/** Reads an experiment file: HOCON with one block {@code experiment}. */
public final class ExperimentFile {
  private static final OptionsFile<Experiment> FORM =
      new OptionsFile<>(
          "experiment",
          Experiment.class,
          Map.of(
              "suite",
              "reserved block: found a suite of experiments, expected a single one; run it with"
                  + " 'continuo suite', or keep the suite in a file of its own, which may include"
                  + " this one"));

  private ExperimentFile() {}

  /**
   * @param sets overrides {@code path=value}, see {@link OptionsFile#read}
   * @throws InvalidInput with everything that is wrong
   */
  public static Bound<Experiment> read(Path file, List<String> sets, PluginRegistry registry) {
    return FORM.read(file, sets, registry);
  }
}
