package org.continuo.api.model;

import org.continuo.api.data.Prompt;
import org.continuo.api.plugin.Stability;

/**
 * What a chat template writes around the first message of a user, up to where the model answers.
 *
 * @param before the message; the start token too, if the template has one
 * @param after the message
 * @param edges what becomes of white space at both ends of the message
 * @param lead white space that stands before an answer
 */
@Stability(Stability.Level.EVOLVING)
public record ChatFrame(String before, String after, Edges edges, String lead) {
  /** What a template does with white space around a message. */
  public enum Edges {
    KEPT,
    STRIPPED
  }

  /** A message in its frame. */
  public Prompt around(Prompt message) {
    return Prompt.template(before)
        .then(edges == Edges.STRIPPED ? message.strip() : message)
        .then(Prompt.template(after));
  }
}
