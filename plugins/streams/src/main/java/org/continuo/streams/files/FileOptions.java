package org.continuo.streams.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Split;
import org.continuo.api.plugin.Option;
import org.continuo.streams.task.TaskOrder;
import org.continuo.streams.task.TemplateOptions;
import org.continuo.streams.task.Templates;

/** Options of the streams {@code folder}, {@code jsonl} and {@code csv}. */
public record FileOptions(
    @Option(doc = "folder that holds one folder per task") Path root,
    @Option(doc = "tasks in the order they are met; empty: all of them, by name")
        List<String> order,
    @Option(
            doc = "training examples per task, drawn evenly by label; 0 takes all",
            value = "0",
            unit = "examples",
            min = 0)
        int trainLimit,
    @Option(
            doc = "dev examples per task, drawn evenly by label; 0 takes all",
            value = "0",
            unit = "examples",
            min = 0)
        int devLimit,
    @Option(
            doc = "test examples per task, drawn evenly by label; 0 takes all",
            value = "0",
            unit = "examples",
            min = 0)
        int testLimit,
    @Option(doc = "prompt of the tasks that have none of their own") TemplateOptions template,
    @Option(doc = "prompts by name of the task") Map<String, TemplateOptions> templates,
    @Option(
            doc = "field of a record that holds the text; for 'sentence', 'text' is taken as well",
            value = SENTENCE)
        String textField,
    @Option(doc = "field of a record that holds the answer", value = "label") String labelField,
    @Option(
            doc = "answers are any text to be generated, not one of a set of labels",
            value = "false")
        boolean freeText,
    @Option(
            doc = "share of each label taken out of train where a task has no dev file",
            value = "0.1",
            min = 0,
            max = 0.5)
        double devShare,
    @Option(doc = "accept texts that are in more than one split of a task", value = "false")
        boolean allowOverlap,
    @Option(doc = "character between the columns; csv only", value = COMMA) String delimiter) {
  static final String COMMA = "\",\"";
  private static final String SENTENCE = "sentence";

  public FileOptions {
    order = List.copyOf(order);
    templates = Map.copyOf(templates);
  }

  int limit(Split split) {
    return switch (split) {
      case TRAIN -> trainLimit;
      case DEV -> devLimit;
      case TEST -> testLimit;
    };
  }

  Templates allTemplates() {
    return new Templates(template, templates);
  }

  /** The fields that may hold the text, the first one found counts. */
  List<String> textFields() {
    return textField.equals(SENTENCE) ? List.of(SENTENCE, "text") : List.of(textField);
  }

  List<String> conflicts() {
    List<String> problems = new ArrayList<>(TaskOrder.conflicts(order));
    problems.addAll(allTemplates().conflicts());
    if (textField.equals(labelField)) {
      problems.add(
          "text-field and label-field are both '%s'; expected two fields: set one of them"
              .formatted(textField));
    }
    if (freeText && allTemplates().lettered()) {
      problems.add(
          "free-text = true, but a template has letters = true; free text has no options: remove one of them");
    }
    return problems;
  }
}
