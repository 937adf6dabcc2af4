package org.continuo.streams.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.streams.task.Suggestion;

/** Records of a file to examples of a task. */
final class ExampleReader {
  private static final int SHOWN = 60;

  private final FileOptions options;
  private final String task;
  private final Labels labels;

  ExampleReader(FileOptions options, String task, Labels labels) {
    this.options = options;
    this.task = task;
    this.labels = labels;
  }

  static String id(String task, Split split, int index) {
    return task + "/" + split.name().toLowerCase(Locale.ROOT) + "/" + index;
  }

  List<Example> read(Split split, List<FileRecord> records, FileProblems problems) {
    List<String> answerFields = List.of(options.labelField());
    boolean hasText = has("text-field", options.textFields(), records, problems);
    boolean hasAnswer = has("label-field", answerFields, records, problems);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; hasText && hasAnswer && i < records.size(); i++) {
      FileRecord record = records.get(i);
      Optional<String> text = value(record, options.textFields(), problems);
      Optional<String> answer = value(record, answerFields, problems);
      if (text.isPresent() && answer.isPresent()) {
        check(record, text.get(), answer.get(), problems);
        examples.add(new Example(id(task, split, i), task, text.get(), answer.get()));
      }
    }
    return examples;
  }

  /** False, and told once, if no record has the field at all. */
  private static boolean has(
      String option, List<String> fields, List<FileRecord> records, FileProblems problems) {
    boolean absent = records.stream().noneMatch(record -> record.first(fields).isPresent());
    if (absent && !records.isEmpty()) {
      problems.add(
          "no record has the field '%s'; fields found: %s; set %s"
              .formatted(
                  String.join("' or '", fields),
                  Suggestion.listed(records.get(0).fields().keySet()),
                  option));
    }
    return !absent;
  }

  private static Optional<String> value(
      FileRecord record, List<String> fields, FileProblems problems) {
    Optional<String> value = record.first(fields);
    if (value.isEmpty()) {
      problems.add(
          record.line(),
          "has no field '%s'; fields found: %s"
              .formatted(
                  String.join("' or '", fields), Suggestion.listed(record.fields().keySet())));
    }
    return value;
  }

  private void check(FileRecord record, String text, String answer, FileProblems problems) {
    if (text.isEmpty()) {
      problems.add(
          record.line(),
          "field '%s' holds no text; remove the record or fill it"
              .formatted(String.join("' or '", options.textFields())));
    }
    if (answer.isEmpty()) {
      problems.add(
          record.line(),
          "field '%s' holds no answer; remove the record or fill it"
              .formatted(options.labelField()));
    } else if (!labels.names().isEmpty() && !labels.names().contains(answer)) {
      problems.add(
          record.line(),
          "label (from %s): %s"
              .formatted(labels.source(), Suggestion.unknown(shortened(answer), labels.names())));
    }
  }

  /** The beginning of a text, for messages. */
  static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
