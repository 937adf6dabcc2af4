package org.continuo.api.learning;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.random.RandomGenerator;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Parameters;

/**
 * What a run offers one plugin: its parts and, in roles that can be asked for alone, the tasks so
 * far ({@link TaskHistory}), what outlives a task ({@link Storage}), passes and gradients ({@link
 * Computation}). Names of parameters, experts and kept tensors are the plugin's own: the host
 * prefixes them. Arrays made in a step die with it unless kept.
 */
@Stability(Stability.Level.STABLE)
public interface Host extends Parameters, TaskHistory, Storage, Computation {
  /** A host for a part of this plugin: its names stand under {@code name + "/"}. */
  @Override
  Host under(String name);

  Backbone backbone();

  Head head();

  /** Finds or makes an expert: the same name gives the same expert for the whole run. */
  Expert expert(String name, Expert.Factory factory, List<Site> sites);

  /** The memory scope of the moment: a step, an evaluation batch, a task. */
  NDManager scope();

  /** Runs {@code body} in a memory scope of its own: arrays made in it are gone afterwards. */
  void within(Runnable body);

  /** A fresh generator derived from (seed, plugin, task, step, salt): there is no state to save. */
  RandomGenerator random(String salt);

  /** Adds a diagnostic number to the run's events, under the current task and step. */
  void record(String name, double value);

  /** Adds a warning to the run's results, for people: what was found, what it means, a remedy. */
  void warn(String text);

  /**
   * Whether the protocol of the run offers this: {@code TASK_ID_AT_TEST} or {@code PAST_DATA}. What
   * a strategy cannot do without it declares instead, as a need of its plugin.
   */
  boolean offers(Capability capability);
}
