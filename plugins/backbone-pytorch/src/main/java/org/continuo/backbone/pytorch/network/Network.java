package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.checkpoints.CheckpointConfig;

/**
 * A transformer: its parts, and how data goes through them.
 *
 * @param rotary of the ropes its layers turn by
 * @param finalNorm of the hidden states after the last layer; post-norm layers need none
 * @param output where experts attach to the final hidden states
 * @param head empty for an encoder, and for a decoder that was stored without
 */
public record Network(
    CheckpointConfig config,
    Embeddings embeddings,
    List<Layer> layers,
    RotaryTables rotary,
    Optional<Norm> finalNorm,
    Site output,
    Optional<Head> head) {

  public Network {
    layers = List.copyOf(layers);
  }

  /** Builds the network of a configuration; weights are asked for, not read. */
  public static Network of(CheckpointConfig config, WeightSource weights) {
    return new Assembly(config, weights).network();
  }

  /** All tokens of a batch at once. */
  Sequence sequence(NDArray mask) {
    return config.family().decoder()
        ? new WholeSequence.Causal(rotary, mask)
        : new WholeSequence.Bidirectional(rotary, mask);
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
    NDArray x = embeddings.placed(start.embedded(), pass.sequence().positions());
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
