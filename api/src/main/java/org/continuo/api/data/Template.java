package org.continuo.api.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.api.plugin.Stability;

/**
 * The instruction prompt of a task.
 *
 * @param prompt text with placeholders: {@code {text}} the example (once), {@code {options}} the
 *     labels joined by ", ", {@code {lettered}} the labels as lines "A. first", {@code {task}} the
 *     task's name
 * @param letters true if the model answers with the option's letter instead of its words; after Z
 *     they go on as the columns of a spreadsheet do: AA, AB .. AZ, BA
 * @param chat true if the prompt is the message of a user in the tokenizer's chat template
 */
@Stability(Stability.Level.STABLE)
public record Template(String prompt, boolean letters, boolean chat) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
  private static final List<String> KNOWN = List.of("text", "options", "lettered", "task");
  private static final int LETTERS = 26;

  public Template {
    List<String> found = PLACEHOLDER.matcher(prompt).results().map(m -> m.group(1)).toList();
    List<String> unknown = found.stream().filter(name -> !KNOWN.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "prompt template has unknown placeholders " + unknown + "; available: " + KNOWN);
    }
    if (found.stream().filter("text"::equals).count() != 1) {
      throw new IllegalArgumentException(
          "prompt template must hold {text} exactly once, found: '" + prompt + "'");
    }
  }

  public Template(String prompt, boolean letters) {
    this(prompt, letters, false);
  }

  public Template(String prompt) {
    this(prompt, false);
  }

  /** The example as it is: what a classification head usually reads. */
  public static final Template PLAIN = new Template("{text}");

  /** The prompt for one example. */
  public String prompt(Task task, String text) {
    return pieces(task, text).toString();
  }

  /** The prompt for one example: what stands for a placeholder is text, the rest template. */
  public Prompt pieces(Task task, String text) {
    List<Prompt.Piece> pieces = new ArrayList<>();
    Matcher placeholder = PLACEHOLDER.matcher(prompt);
    int end = 0;
    while (placeholder.find()) {
      pieces.add(
          new Prompt.Piece(Prompt.Origin.TEMPLATE, prompt.substring(end, placeholder.start())));
      pieces.add(new Prompt.Piece(Prompt.Origin.TEXT, value(placeholder.group(1), task, text)));
      end = placeholder.end();
    }
    pieces.add(new Prompt.Piece(Prompt.Origin.TEMPLATE, prompt.substring(end)));
    return new Prompt(pieces);
  }

  private static String value(String placeholder, Task task, String text) {
    return switch (placeholder) {
      case "text" -> text;
      case "options" -> String.join(", ", task.labels());
      case "lettered" -> lettered(task.labels());
      case "task" -> task.name();
      default -> throw new IllegalStateException("placeholder " + placeholder);
    };
  }

  /**
   * What the model is to write after the prompt for an answer: a space, then its words or the
   * letter of its place.
   */
  public String spoken(Task task, String answer) {
    if (!letters || task.freeText()) {
      return " " + answer;
    }
    int index = task.labels().indexOf(answer);
    if (index < 0) {
      throw new IllegalArgumentException(
          "found the answer '%s' of task '%s', expected one of its labels"
              .formatted(answer, task.name()));
    }
    return " " + letter(index);
  }

  private static String lettered(List<String> labels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      lines.add(letter(i) + ". " + labels.get(i));
    }
    return String.join("\n", lines);
  }

  private static String letter(int index) {
    String last = String.valueOf((char) ('A' + index % LETTERS));
    return index < LETTERS ? last : letter(index / LETTERS - 1) + last;
  }
}
