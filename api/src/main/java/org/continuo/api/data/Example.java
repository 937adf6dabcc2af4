package org.continuo.api.data;

import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * One example as the stream gives it; prompts and tokens are made from it later.
 *
 * @param id stable over the stream and between runs ({@code agnews/train/17}): buffers, caches and
 *     predictions refer to it
 * @param task name of its task; empty where the task id is withheld
 * @param answer a label of the task or free text; empty where it is withheld
 */
@Stability(Stability.Level.STABLE)
public record Example(String id, Optional<String> task, String text, String answer) {
  public Example(String id, String task, String text, String answer) {
    this(id, Optional.of(task), text, answer);
  }

  public Example withTask(Optional<String> other) {
    return new Example(id, other, text, answer);
  }

  /** The question alone. */
  public Example withoutAnswer() {
    return new Example(id, task, text, "");
  }
}
