package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.stream.Stream;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Site;

/** Attention and feed-forward block with their residuals and norms. */
sealed interface Layer {
  Site site();

  Attention attention();

  FeedForward feedForward();

  /** [B,S,d] to [B,S,d]. */
  NDArray apply(NDArray x, Pass pass);

  default Stream<Projection> projections() {
    Attention attention = attention();
    FeedForward block = feedForward();
    return Stream.of(
            Stream.of(attention.query(), attention.key(), attention.value(), attention.output()),
            block.gate().stream(),
            Stream.of(block.up(), block.down()))
        .flatMap(parts -> parts);
  }

  /** Norms before each part, residuals around both: decoders. */
  record PreNorm(
      Site site, Norm attentionNorm, Attention attention, Norm blockNorm, FeedForward feedForward)
      implements Layer {
    @Override
    public NDArray apply(NDArray x, Pass pass) {
      pass.captures().see(Capture.What.INPUT, site, x);
      NDArray normed = pass.part(x, attentionNorm::apply);
      NDArray attended = x.add(pass.part(normed, h -> attention.apply(h, pass)));
      NDArray blockInput = pass.part(attended, blockNorm::apply);
      NDArray y = attended.add(pass.part(blockInput, h -> feedForward.apply(h, pass)));
      pass.captures().see(Capture.What.OUTPUT, site, y);
      return y;
    }
  }

  /** Norms after each residual: encoders. */
  record PostNorm(
      Site site, Attention attention, Norm attentionNorm, FeedForward feedForward, Norm blockNorm)
      implements Layer {
    @Override
    public NDArray apply(NDArray x, Pass pass) {
      pass.captures().see(Capture.What.INPUT, site, x);
      NDArray attended = attentionNorm.apply(x.add(pass.part(x, h -> attention.apply(h, pass))));
      NDArray y =
          blockNorm.apply(attended.add(pass.part(attended, h -> feedForward.apply(h, pass))));
      pass.captures().see(Capture.What.OUTPUT, site, y);
      return y;
    }
  }
}
