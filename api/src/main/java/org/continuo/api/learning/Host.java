package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.continuo.api.tensor.Tensors;

/**
 * What a run offers one plugin. Names of parameters, experts and kept tensors are the plugin's own:
 * the host prefixes them. Arrays made in a step die with it unless kept.
 */
@Stability(Stability.Level.STABLE)
public interface Host extends Parameters {
  /** A host for a part of this plugin: its names stand under {@code name + "/"}. */
  @Override
  Host under(String name);

  Backbone backbone();

  Head head();

  /** The memory scope of the moment: a step, an evaluation batch, a task. */
  NDManager scope();

  /** A fresh generator derived from (seed, plugin, task, step, salt): there is no state to save. */
  RandomGenerator random(String salt);

  /** Adds a diagnostic number to the run's events, under the current task and step. */
  void record(String name, double value);

  /**
   * Whether the protocol of the run offers this: {@code TASK_ID_AT_TEST} or {@code PAST_DATA}. What
   * a strategy cannot do without it declares instead, as a need of its plugin.
   */
  boolean offers(Capability capability);

  /** Runs {@code body} in a memory scope of its own: arrays made in it are gone afterwards. */
  void within(Runnable body);

  /** Adds a warning to the run's results, for people: what was found, what it means, a remedy. */
  void warn(String text);

  // ---- tasks and data

  /**
   * The tasks the stream holds at the moment, met or not. For methods that must know their number
   * beforehand; a stream may grow, so others go by {@link #seen()}.
   */
  List<Task> announced();

  /**
   * Dev examples of a task met, for diagnostics: what is seen in them may be recorded, but must not
   * change what is learned.
   *
   * @param limit most examples
   */
  List<Example> probe(Task task, int limit);

  /** The tasks met so far, the one at hand last. */
  List<Task> seen();

  /**
   * @throws IllegalArgumentException if the stream has no such task; the message lists its tasks
   */
  Task task(String name);

  /** Training examples of the task at hand; never dev or test examples. */
  List<Example> trainingData();

  /**
   * Training examples of every task of the stream, in its order: for upper bounds that learn all
   * tasks at once.
   *
   * @throws IllegalStateException unless {@code protocol.future-data} allows it
   */
  Map<Task, List<Example>> wholeStream();

  /**
   * Keeps training examples beyond their task, in place of those kept under this name before; they
   * count as stored.
   *
   * @throws IllegalStateException if the protocol does not allow past data: declare {@code
   *     Capability.PAST_DATA}
   */
  void remember(String name, List<Example> examples);

  /** What was remembered; empty if nothing was. */
  List<Example> remembered(String name);

  // ---- experts and parameters

  /** Finds or makes an expert: the same name gives the same expert for the whole run. */
  Expert expert(String name, Expert.Factory factory, List<Site> sites);

  /** Live values of all that trains in this phase, by whatever strategy, head included. */
  Tensors trained();

  /** Copies that live until replaced or dropped. */
  void keep(String name, Tensors tensors);

  /** What was kept; empty if nothing was. */
  Tensors kept(String name);

  void drop(String name);

  /** Overwrites parameters by the names {@link #trained()} uses. */
  void assign(Tensors values);

  /**
   * Runs {@code body} without gradient as if parameters had these values: a teacher, a merged
   * model.
   */
  <R> R at(Tensors values, Supplier<R> body);

  // ---- passes and gradients

  /**
   * Examples as the head reads them: the prompt, and the answer unless the head is {@link
   * Head.Choosing}. On {@link #scope()}.
   */
  Batch batch(List<Example> examples);

  /** Token ids of the prompts alone, special tokens included. */
  List<long[]> prompts(List<Example> examples);

  /**
   * One pass, asked for explicitly; a teacher is {@code at(old, () -> pass(p.batch(),
   * p.request().inference()))}.
   */
  Pass pass(Batch batch, Request request);

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
}
