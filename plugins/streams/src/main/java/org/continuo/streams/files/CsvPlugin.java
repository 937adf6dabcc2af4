package org.continuo.streams.files;

import java.util.ArrayList;
import java.util.List;

/** Offers CSV files as stream {@code csv}. */
public final class CsvPlugin extends TaskFilesPlugin {
  @Override
  public String id() {
    return "csv";
  }

  @Override
  public String summary() {
    return "tasks as CSV: ROOT/TASK/{train,dev,test}.csv, each with a header row";
  }

  @Override
  public List<String> conflicts(FileOptions options) {
    List<String> problems = new ArrayList<>(options.conflicts());
    if (!options.delimiter().matches("[^\"\r\n]")) {
      problems.add(
          "delimiter: found '%s', expected one character, no quote and no line break, for example ';' or a tab (\\t)"
              .formatted(options.delimiter()));
    }
    return problems;
  }

  @Override
  RecordFormat format(FileOptions options) {
    return new CsvFormat(options.delimiter());
  }
}
