package org.continuo.api.data;

import org.continuo.api.plugin.Stability;

/**
 * A text to be read as it stands, without a task and its template: what generative replay learns to
 * write, for example.
 *
 * @param answer written after the prompt, then the end token; may be empty if the prompt counts
 */
@Stability(Stability.Level.EVOLVING)
public record Text(String prompt, String answer, Counted counted) {
  /** Which tokens are to be predicted. */
  public enum Counted {
    /** Those of the answer, and the end token. */
    ANSWER,
    /** All but the first of the whole text. */
    ALL
  }

  public Text {
    if (prompt.isEmpty()) {
      throw new IllegalArgumentException(
          "found a text without a prompt, expected at least one character to start from");
    }
    if (answer.isEmpty() && counted == Counted.ANSWER) {
      throw new IllegalArgumentException(
          "found a text without an answer, of which the answer counts; expected one, or Counted.ALL");
    }
  }
}
