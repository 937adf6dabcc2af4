package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * The answer to a request for one batch.
 *
 * @param hidden [R,d] after the final norm; empty for {@code Positions.NONE}
 * @param captures one list per capture of the request
 */
@Stability(Stability.Level.STABLE)
public record Forward(Optional<NDArray> hidden, Map<Capture, List<NDArray>> captures) {
  public Forward {
    captures = Map.copyOf(captures);
  }

  /**
   * @throws NoSuchElementException if the request did not ask for it
   */
  public List<NDArray> capture(Capture capture) {
    List<NDArray> found = captures.get(capture);
    if (found == null) {
      throw new NoSuchElementException(
          "the request did not ask for " + capture + "; add it with Contribution.capture");
    }
    return found;
  }
}
