package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;

/**
 * What pushes an expert: reads captures, owns parameters and gives one loss with its sign inside.
 */
public interface Adversary {
  Capture capture();

  /**
   * A scalar to be minimised by all: its own parameters descend it, and what it reads meets a
   * reversed or a confusion gradient.
   */
  NDArray loss(List<Pass> passes);

  List<Param> params();

  interface Factory {
    /**
     * @param blocks the feed-forward blocks whose output by {@code target} is read
     */
    Adversary create(Expert target, List<Site> blocks, Host host);
  }
}
