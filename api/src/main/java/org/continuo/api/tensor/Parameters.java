package org.continuo.api.tensor;

import ai.djl.ndarray.types.Shape;
import org.continuo.api.plugin.Stability;

/** A view of the host's parameter store, under a prefix of its own. */
@Stability(Stability.Level.STABLE)
public interface Parameters {
  /**
   * Finds or makes a parameter: the same name gives the same cell for the whole run. A made one
   * starts from {@code initializer}, under a seed derived from the run's seed and the name.
   *
   * @throws IllegalArgumentException if it exists with another shape
   */
  Param param(String name, Shape shape, Param.Initializer initializer);

  /** The same store under {@code prefix + "/"}. */
  default Parameters under(String prefix) {
    return (name, shape, initializer) -> param(prefix + "/" + name, shape, initializer);
  }
}
