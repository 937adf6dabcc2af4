package org.continuo.api.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.api.plugin.Stability;

/**
 * The instruction prompt of a task.
 *
 * @param prompt text with placeholders: {@code {text}} the example (once), {@code {options}} the
 *     labels joined by ", ", {@code {lettered}} the labels as lines "A. first", {@code {task}} the
 *     task's name
 * @param letters true if the model answers with the option's letter instead of its words
 */
@Stability(Stability.Level.STABLE)
public record Template(String prompt, boolean letters) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
  private static final List<String> KNOWN = List.of("text", "options", "lettered", "task");

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

  public Template(String prompt) {
    this(prompt, false);
  }

  /** The example as it is: what a classification head usually reads. */
  public static final Template PLAIN = new Template("{text}");

  /** The prompt for one example. */
  public String prompt(Task task, String text) {
    Map<String, String> values =
        Map.of(
            "text", text,
            "options", String.join(", ", task.labels()),
            "lettered", lettered(task.labels()),
            "task", task.name());
    return PLACEHOLDER
        .matcher(prompt)
        .replaceAll(match -> Matcher.quoteReplacement(values.get(match.group(1))));
  }

  /**
   * What the model is to write after the prompt for an answer: a space, then its words or the
   * letter of its place.
   */
  public String spoken(Task task, String answer) {
    return " " + (letters && !task.freeText() ? letter(task.labels().indexOf(answer)) : answer);
  }

  private static String lettered(List<String> labels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      lines.add(letter(i) + ". " + labels.get(i));
    }
    return String.join("\n", lines);
  }

  private static String letter(int index) {
    if (index < 0 || index >= 26) {
      throw new IllegalArgumentException(
          "option " + index + " has no letter: lettered prompts hold 1 to 26 labels");
    }
    return String.valueOf((char) ('A' + index));
  }
}
