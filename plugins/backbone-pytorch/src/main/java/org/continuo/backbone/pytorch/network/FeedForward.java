package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Site;
import org.continuo.checkpoints.Activation;

/**
 * {@code W2 (act(W1 x) * W3 x)} with a gate W1 (Shazeer 2020), {@code W2 act(W3 x)} without.
 *
 * @param gate W1 [f,d]
 * @param up W3 [f,d]
 * @param down W2 [d,f]
 */
record FeedForward(
    Site site, Optional<Projection> gate, Projection up, Projection down, Activation activation) {

  /** [B,S,d] to [B,S,d]; as a mixture of whole blocks if one is attached here. */
  NDArray apply(NDArray x, Pass pass) {
    pass.captures().see(Capture.What.INPUT, site, x);
    Optional<Mixture> mixture = pass.plan().mixture(site);
    NDArray y =
        mixture.isPresent()
            ? new BlockMixture(this, mixture.get()).apply(x, pass)
            : down.apply(
                pass.part(x, h -> inner(gate.map(g -> g.apply(h, pass)), up.apply(h, pass), pass)),
                pass);
    pass.captures().see(Capture.What.OUTPUT, site, y);
    return y;
  }

  /** What the down projection reads, [B,S,f]. */
  NDArray inner(Optional<NDArray> gated, NDArray raised, Pass pass) {
    NDArray activated = pass.part(gated.orElse(raised), h -> NonLinearity.apply(activation, h));
    return gated.isPresent() ? activated.mul(raised) : activated;
  }
}
