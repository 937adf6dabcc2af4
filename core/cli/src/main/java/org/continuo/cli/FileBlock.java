package org.continuo.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.continuo.core.experiment.Experiment;
import org.continuo.suite.SuiteOptions;

/** What a file consists of that is no plugin, described as plugins are. */
enum FileBlock {
  EXPERIMENT(Experiment.class, "the blocks of an experiment file"),
  SUITE(SuiteOptions.class, "the second block of a suite file, beside experiment");

  private final Class<? extends Record> options;
  private final String summary;

  FileBlock(Class<? extends Record> options, String summary) {
    this.options = options;
    this.summary = summary;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  Class<? extends Record> options() {
    return options;
  }

  String summary() {
    return summary;
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(FileBlock::id).toList();
  }
}
