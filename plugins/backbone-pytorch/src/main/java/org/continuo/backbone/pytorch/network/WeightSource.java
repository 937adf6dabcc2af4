package org.continuo.backbone.pytorch.network;

import org.continuo.api.tensor.Param;

/** Where the parts of a network get their weights. */
@FunctionalInterface
public interface WeightSource {
  /**
   * @param name by the site it belongs to, such as {@code layers.0.attention.query.weight}
   */
  Param param(String name, long... shape);

  /** Whether there is such a weight, for parts that a network can do without. */
  default boolean holds(String name) {
    return true;
  }
}
