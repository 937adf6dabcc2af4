package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.checkpoints.CheckpointConfig;

/**
 * A transformer: its parts, and how data goes through them.
 *
 * @param rotary of causal models; encoders have absolute positions
 * @param finalNorm of the hidden states after the last layer; encoders have none
 * @param output where experts attach to the final hidden states
 * @param head [V,d] of the vocabulary head, the embedding table itself if they are tied; empty for
 *     an encoder, and for a decoder that was stored without
 */
public record Network(
    CheckpointConfig config,
    Embeddings embeddings,
    List<Layer> layers,
    Optional<RotaryTable> rotary,
    Optional<Norm> finalNorm,
    Site output,
    Optional<Param> head) {

  public Network {
    layers = List.copyOf(layers);
  }

  /** Builds the family's network; weights are asked for, not read. */
  public static Network of(CheckpointConfig config, WeightSource weights) {
    return config.family().decoder()
        ? new Decoder(config, weights).network()
        : new Encoder(config, weights).network();
  }

  /** All tokens of a batch at once. */
  Sequence sequence(NDArray mask) {
    return rotary
        .<Sequence>map(table -> new WholeSequence.Causal(table, mask))
        .orElseGet(() -> new WholeSequence.Bidirectional(mask));
  }

  /** Hidden states after the layers of a plan, [B,S,d], not yet normed. */
  record Hidden(NDArray states, Pass pass) {}

  /**
   * @param ids [B,S] int64
   * @param mask [B,S]
   */
  Hidden run(
      Plan plan,
      NDArray ids,
      NDArray mask,
      Map<Router.Query, NDArray> queries,
      Function<NDArray, Sequence> sequence) {
    Pass.Start start =
        Pass.start(plan, embeddings.site(), embeddings.words(ids), mask, queries, sequence);
    Pass pass = start.pass();
    NDArray x = embeddings.placed(start.embedded());
    pass.captures().see(Capture.What.OUTPUT, embeddings.site(), x);
    for (Layer layer : layers.subList(0, plan.depth())) {
      x = pass.last(x, h -> layer.apply(h, pass));
    }
    return new Hidden(x, pass);
  }

  /** Final hidden states, [..., d] to [..., d], without what is attached at the output. */
  NDArray normed(NDArray states) {
    return finalNorm.map(norm -> norm.apply(states)).orElse(states);
  }

  /** Final hidden states [B,S,d] with what is attached and captured at the output. */
  NDArray finished(Hidden hidden) {
    NDArray x = normed(hidden.states());
    hidden.pass().captures().see(Capture.What.INPUT, output, x);
    NDArray y = hidden.pass().mix(output, x, x);
    hidden.pass().captures().see(Capture.What.OUTPUT, output, y);
    return y;
  }
}
