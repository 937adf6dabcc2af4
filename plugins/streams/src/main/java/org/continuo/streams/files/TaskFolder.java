package org.continuo.streams.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
  private static final char BYTE_ORDER_MARK = '\uFEFF';

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
    if (!options.allowOverlap()) {
      Overlap.report(examples, this::path, problems);
    }
    return new LoadedTask(task, examples).withDev(options.devShare(), seed);
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
      if (!Files.exists(file)) {
        found.add("file is missing; every task has train and test, only dev may be left out");
        return List.of();
      }
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        skipByteOrderMark(reader);
        List<FileRecord> records = format.read(reader, found);
        if (records.isEmpty() && found.isEmpty()) {
          found.add("found no records, expected at least one");
        }
        return records;
      } catch (CharacterCodingException e) {
        found.add("is not UTF-8; convert it");
      } catch (IOException e) {
        found.add("cannot be read: " + e);
      }
      return List.of();
    }
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }
}
