package org.continuo.streams.files;

import java.util.ArrayList;
import java.util.List;
import org.continuo.api.data.TaskStream;
import org.continuo.api.plugin.Plugin;

/** What the plugins of this package share: all but their names and the format. */
abstract class TaskFilesPlugin implements Plugin<TaskStream.Factory, FileOptions> {
  abstract RecordFormat format(FileOptions options);

  @Override
  public List<String> conflicts(FileOptions options) {
    List<String> problems = new ArrayList<>(options.conflicts());
    if (!options.delimiter().equals(",")) {
      problems.add(
          "delimiter: found '%s', but %s files have no columns; remove it or use type = csv"
              .formatted(options.delimiter(), format(options).extension()));
    }
    return problems;
  }

  @Override
  public TaskStream.Factory create(FileOptions options) {
    return new TaskFiles(options, format(options));
  }
}
