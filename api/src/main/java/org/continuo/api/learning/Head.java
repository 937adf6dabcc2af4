package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Param;

/**
 * Turns final hidden states into answers. It scores R positions over C columns: one position per
 * example and one column per label ({@link Choosing}), or one position per answer token and one
 * column per word of the vocabulary. Losses and distillation work on either without knowing which.
 */
@Stability(Stability.Level.EVOLVING)
public interface Head {
  /** Why it cannot serve this task; empty if it can. Called when the plan is made. */
  List<String> refusals(Task task);

  /**
   * @param hidden [R,d]
   * @return [R,C], unmasked: a loss or a prediction applies {@code batch.allowed} itself
   */
  NDArray scores(NDArray hidden, Batch batch);

  /** What it trains for one task; empty if it has no parameters of its own. */
  default List<Param> params(Task task) {
    return List.of();
  }

  /**
   * Answers questions with what {@code wiring} attaches, and grades the answers.
   *
   * @param examples of one task each; their answers are only used to grade
   */
  List<Prediction> answer(List<Example> examples, Wiring wiring);

  /**
   * A head that chooses among the columns of its own: it reads one position per example, the
   * summary of the prompt, so R = B. A strategy may bring its own scores for it. Any other head
   * scores the vocabulary at the position before each answer token.
   */
  interface Choosing extends Head {
    /**
     * The columns as they are for these examples: those of the tasks seen, then those of theirs.
     */
    Columns columns(List<Example> examples);

    /**
     * @param scores [B,C]
     */
    List<Prediction> choose(NDArray scores, Batch batch);
  }

  /**
   * The columns of B examples.
   *
   * @param count C
   * @param targets the right column of each example; -1 where the answer is withheld
   * @param allowed the columns that are possible answers to each example
   */
  record Columns(int count, List<Integer> targets, List<List<Integer>> allowed) {
    public Columns {
      targets = List.copyOf(targets);
      allowed = List.copyOf(allowed);
    }
  }

  /** Made once per run. */
  interface Factory {
    Head create(Host host);

    /**
     * Name of the score that fills the task's column of the accuracy matrix: {@code accuracy},
     * {@code exact-match}. Every prediction has it among its grades.
     */
    String score(String task);
  }
}
