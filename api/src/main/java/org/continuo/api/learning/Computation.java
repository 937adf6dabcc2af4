package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Text;
import org.continuo.api.model.Request;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;

/** Passes through the model, their losses and gradients, and the values of parameters. */
@Stability(Stability.Level.STABLE)
public interface Computation {
  /**
   * Examples as the head reads them: the prompt, and the answer unless the head is {@link
   * Head.Choosing}. On the scope of the moment.
   */
  Batch batch(List<Example> examples);

  /** Token ids of the prompts alone, special tokens included. */
  List<long[]> prompts(List<Example> examples);

  /**
   * Token ids of an answer as it stands behind the prompts of a task, without end token; of a long
   * one the first.
   */
  long[] answer(Task task, String answer);

  /**
   * One pass, asked for explicitly; a teacher is {@code at(old, () -> pass(p.batch(),
   * p.request().inference()))}.
   */
  Pass pass(Batch batch, Request request);

  /**
   * One pass over texts of any form: {@link Pass#scores} are vocabulary logits at the position
   * before each token that counts.
   *
   * @param request positions {@code ROWS}
   * @throws IllegalStateException if the backbone has no language-model head: declare {@code
   *     Capability.LANGUAGE_MODEL}
   */
  Pass read(List<Text> texts, Request request);

  /** Passes as training makes them: rows grouped by equal wiring, captures of all contributions. */
  List<Pass> passes(List<Example> examples);

  /** The task loss, averaged over the scored positions of all passes. */
  NDArray loss(List<Pass> passes);

  /** Gradient of a loss with respect to {@code params}; not inside another gradient scope. */
  Tensors gradient(Supplier<NDArray> loss, List<Param> params);

  /** Gradient of a loss with respect to {@link #trained()}; not inside another gradient scope. */
  Tensors gradient(Supplier<NDArray> loss);

  /**
   * Gradients of the task loss one example at a time, in inference mode, each in a scope of its
   * own: what the consumer does not keep or add up in place is gone after it returns.
   */
  void eachGradient(List<Example> examples, BiConsumer<Example, Tensors> consumer);

  /** Live values of all that trains in this phase, by whatever strategy, head included. */
  Tensors trained();

  /**
   * Overwrites parameters by the names {@link #trained()} uses, or by {@link Param#name()}: those
   * of the backbone's own {@link org.continuo.api.model.Backbone.Weights} too, which are then part
   * of every checkpoint.
   */
  void assign(Tensors values);

  /**
   * Runs {@code body} without gradient as if parameters had these values: a teacher, a merged
   * model.
   */
  <R> R at(Tensors values, Supplier<R> body);
}
