package org.continuo.streams.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.streams.task.Problems;

/** The files of one task. */
record TaskFolder(String name, Path folder, RecordFormat format, FileOptions options) {
  static String file(Split split, RecordFormat format) {
    return split.name().toLowerCase(Locale.ROOT) + "." + format.extension();
  }

  /** The files that must be there, and of the others those that are. */
  List<Path> reads() {
    List<Path> files = new ArrayList<>(splits().stream().map(this::path).toList());
    if (hasLabels()) {
      files.add(Labels.file(folder));
    }
    return files;
  }

  /**
   * Reads and checks everything; the task is of use only if no problem was added.
   *
   * @param index place of the task in its stream
   */
  LoadedTask load(int index, long seed, Problems problems) {
    Map<Split, List<FileRecord>> records = new EnumMap<>(Split.class);
    splits().forEach(split -> records.put(split, records(split, problems)));
    Labels labels = labels(records.get(Split.TRAIN), problems);
    Task task = new Task(name, index, options.allTemplates().of(name), labels.names());
    ExampleReader reader = new ExampleReader(options, name, labels);
    Map<Split, List<Example>> examples = new EnumMap<>(Split.class);
    records.forEach(
        (split, list) -> {
          try (FileProblems found = new FileProblems(path(split), problems)) {
            examples.put(split, reader.read(split, list, found));
          }
        });
    List<Overlap> overlaps = Overlap.of(name, examples);
    if (!options.allowOverlap()) {
      overlaps.forEach(overlap -> problems.add(overlap.problem(this::path)));
    }
    return new LoadedTask(task, examples, labels.alike(), overlaps)
        .withDev(options.devShare(), seed);
  }

  private List<Split> splits() {
    return Files.exists(path(Split.DEV))
        ? List.of(Split.values())
        : List.of(Split.TRAIN, Split.TEST);
  }

  private Path path(Split split) {
    return folder.resolve(file(split, format));
  }

  private boolean hasLabels() {
    return !options.freeText() && Files.exists(Labels.file(folder));
  }

  private Labels labels(List<FileRecord> train, Problems problems) {
    if (options.freeText()) {
      return Labels.NONE;
    }
    if (hasLabels()) {
      return Labels.declared(folder, problems);
    }
    try (FileProblems found = new FileProblems(path(Split.TRAIN), problems)) {
      return Labels.ofTrain(train, options.labelField(), found);
    }
  }

  private List<FileRecord> records(Split split, Problems problems) {
    Path file = path(split);
    try (FileProblems found = new FileProblems(file, problems)) {
      List<FileRecord> records =
          new TextFile(file)
              .read(
                  found,
                  "file is missing; every task has train and test, only dev may be left out",
                  reader -> format.read(reader, found))
              .orElse(List.of());
      if (records.isEmpty() && found.isEmpty()) {
        found.add("found no records, expected at least one");
      }
      return records;
    }
  }
}
