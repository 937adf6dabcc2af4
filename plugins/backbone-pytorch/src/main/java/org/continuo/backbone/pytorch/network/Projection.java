package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;

/**
 * {@code y = W x + b}, a site where experts attach.
 *
 * @param weight W [out,in]
 * @param bias b [out]
 */
record Projection(Site site, Param weight, Optional<Param> bias) {

  /** [..., in] to [..., out], with what is attached and captured here. */
  NDArray apply(NDArray x, Pass pass) {
    return pass.part(x, h -> mixed(h, pass).output());
  }

  /** The same, but with what an expert at this site needs to add its own delta. */
  Mixed mixed(NDArray x, Pass pass) {
    pass.captures().see(Capture.What.INPUT, site, x);
    NDArray wx = product(x);
    NDArray y = pass.mix(site, x, wx);
    pass.captures().see(Capture.What.OUTPUT, site, y);
    return new Mixed(this, x, wx, y);
  }

  /** The frozen projection alone. */
  NDArray product(NDArray x) {
    return bias.isPresent()
        ? Linear.linear(x, weight.value(), bias.get().value()).singletonOrThrow()
        : linear(x, weight);
  }

  /** {@code W x}, [..., in] to [..., out]. */
  static NDArray linear(NDArray x, Param weight) {
    return Linear.linear(x, weight.value()).singletonOrThrow();
  }

  /**
   * A projection of which each expert of a block sees its own version.
   *
   * @param input x
   * @param frozen {@code W x + b}
   * @param output with the mixture attached at this very site
   */
  record Mixed(Projection projection, NDArray input, NDArray frozen, NDArray output) {
    NDArray with(Expert expert, Pass pass) {
      Site site = projection.site();
      return expert.sites().contains(site)
          ? pass.part(
              arrays(), () -> output.add(expert.delta(site, input, frozen, pass.training())))
          : output;
    }

    List<NDArray> arrays() {
      return List.of(input, frozen, output);
    }

    /** The same values, cut from whatever they were computed from. */
    Mixed stopGradient() {
      return new Mixed(
          projection, input.stopGradient(), frozen.stopGradient(), output.stopGradient());
    }
  }
}
