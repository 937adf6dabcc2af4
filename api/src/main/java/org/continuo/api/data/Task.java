package org.continuo.api.data;

import java.util.List;
import org.continuo.api.plugin.Stability;

/**
 * A named task: how its examples are put to the model and what answers it knows.
 *
 * @param name as {@link TaskNames} lets the tasks of a stream be called
 * @param index place in the stream, from 0
 * @param labels the possible answers in their order; empty if answers are free text
 */
@Stability(Stability.Level.STABLE)
public record Task(String name, int index, Template template, List<String> labels) {
  public Task {
    labels = List.copyOf(labels);
    if (index < 0) {
      throw new IllegalArgumentException("task '" + name + "': index " + index + " is negative");
    }
  }

  public boolean freeText() {
    return labels.isEmpty();
  }
}
