package org.continuo.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.continuo.api.plugin.Stability;

/**
 * A named cell of the host's parameter store. Allocated at the first {@link #value()}, so a plan
 * costs no memory.
 */
@Stability(Stability.Level.STABLE)
public interface Param {
  String name();

  Shape shape();

  /**
   * The live array, of {@link #shape()}; a gradient leaf only while a phase trains it. Ask for it
   * each time: overwriting the parameter puts another array in its place, training writes into it.
   */
  NDArray value();

  /** True once {@link #value()} has been asked for. */
  boolean allocated();

  /** Makes the first value of a parameter; the random generator is seeded from its name. */
  @FunctionalInterface
  interface Initializer {
    NDArray create(NDManager manager, Shape shape);
  }
}
