package org.continuo.api.learning;

import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Tensors;

/**
 * What a plugin keeps from task to task, under names of its own: it is part of every checkpoint and
 * counts as stored.
 */
@Stability(Stability.Level.STABLE)
public interface Storage {
  /** Copies that live until replaced or dropped. */
  void keep(String name, Tensors tensors);

  /** What was kept; empty if nothing was. */
  Tensors kept(String name);

  void drop(String name);

  /**
   * Keeps training examples beyond their task, in place of those kept under this name before.
   *
   * @throws IllegalStateException if the protocol does not allow past data: declare {@code
   *     Capability.PAST_DATA}
   */
  void remember(String name, List<Example> examples);

  /** What was remembered; empty if nothing was. */
  List<Example> remembered(String name);

  /**
   * Keeps examples that a model made, in place of those kept under this name before: no past data,
   * so every protocol allows them; they are counted apart from remembered ones.
   */
  void rememberMade(String name, List<Example> examples);

  /** What was made and kept; empty if nothing was. */
  List<Example> made(String name);
}
