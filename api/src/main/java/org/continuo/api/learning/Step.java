package org.continuo.api.learning;

import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.plugin.Stability;

/** One training step as contributions see it. */
@Stability(Stability.Level.STABLE)
public interface Step {
  /** Since the start of the task, from 0. */
  int number();

  /** Steps the task will take. */
  int total();

  /** The examples of the task that are the rows of this step. */
  List<Example> rows();

  /** Forward passes over rows of the task before the one at hand, in this step: from 0. */
  int forward();

  /** Those of {@link #rows()} in the forward pass at hand: with gradient accumulation, a part. */
  List<Example> batch();

  /**
   * The passes made so far in this step, those of extras after those of the task. With gradient
   * accumulation: those of the forward pass at hand; after it, those of the last.
   */
  List<Pass> passes();

  /** Rows of one role may be several passes: one per wiring. */
  default List<Pass> passes(String role) {
    return passes().stream().filter(pass -> pass.role().equals(role)).toList();
  }
}
