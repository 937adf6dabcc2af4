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
      Optional<String> text = value(record, options.textFields(), "text", problems);
      Optional<String> answer = value(record, answerFields, "answer", problems);
      answer.ifPresent(given -> checkLabel(record, given, problems));
      if (text.isPresent() && answer.isPresent()) {
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

  /**
   * @param what the field holds, for messages
   */
  private static Optional<String> value(
      FileRecord record, List<String> fields, String what, FileProblems problems) {
    Optional<String> field = record.first(fields);
    if (field.isEmpty()) {
      problems.add(
          record.line(),
          "has no field '%s'; fields found: %s"
              .formatted(
                  String.join("' or '", fields), Suggestion.listed(record.fields().keySet())));
      return Optional.empty();
    }
    Optional<String> problem =
        record.fields().get(field.get()) instanceof FieldValue.Other other
            ? Optional.of("is %s, expected one text; %s".formatted(other.found(), other.remedy()))
            : problem(record.text(field.get()).orElseThrow(), what);
    problem.ifPresent(
        text -> problems.add(record.line(), "field '%s' %s".formatted(field.get(), text)));
    return problem.isPresent() ? Optional.empty() : record.text(field.get());
  }

  private static Optional<String> problem(String value, String what) {
    if (value.isEmpty()) {
      return Optional.of("holds no %s; remove the record or fill it".formatted(what));
    }
    return value.indexOf('\0') < 0
        ? Optional.empty()
        : Optional.of(
            "holds the character NUL (U+0000), which no text has; remove it, or write the file again");
  }

  private void checkLabel(FileRecord record, String answer, FileProblems problems) {
    if (!labels.names().isEmpty() && !labels.names().contains(answer)) {
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
