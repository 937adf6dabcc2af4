package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
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

  /**
   * Norms before each part, of some models behind it too; residuals around both.
   *
   * @param attentionNorm of what the attention reads; empty where that is normed already
   * @param attentionOutputNorm of what the attention adds
   * @param blockOutputNorm of what the block adds
   */
  record PreNorm(
      Site site,
      Optional<Norm> attentionNorm,
      Attention attention,
      Optional<Norm> attentionOutputNorm,
      Norm blockNorm,
      FeedForward feedForward,
      Optional<Norm> blockOutputNorm)
      implements Layer {
    @Override
    public NDArray apply(NDArray x, Pass pass) {
      pass.captures().see(Capture.What.INPUT, site, x);
      NDArray read = attentionNorm.map(norm -> pass.part(x, norm::apply)).orElse(x);
      NDArray added = pass.part(read, h -> normed(attentionOutputNorm, attention.apply(h, pass)));
      NDArray attended = x.add(added);
      NDArray blockInput = pass.part(attended, blockNorm::apply);
      NDArray y =
          attended.add(
              pass.part(blockInput, h -> normed(blockOutputNorm, feedForward.apply(h, pass))));
      pass.captures().see(Capture.What.OUTPUT, site, y);
      return y;
    }

    private static NDArray normed(Optional<Norm> norm, NDArray x) {
      return norm.map(n -> n.apply(x)).orElse(x);
    }
  }

  /** Norms after each residual. */
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
