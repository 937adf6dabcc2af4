package org.continuo.api.model;

import org.continuo.api.plugin.Stability;

/**
 * A named place in a backbone where experts attach. Names are paths, the same for every
 * architecture: {@code embeddings}, {@code layers.0.attention.query|key|value|output}, {@code
 * layers.0.feed-forward} and inside it {@code .gate|up|down} (encoders: {@code .up|down}), {@code
 * layers.0.prefix}, {@code layers.0}, {@code output}.
 *
 * @param layer from 0; -1 for the embeddings, the number of layers for the output
 * @param in width of what the place reads
 * @param out width of what it gives
 */
@Stability(Stability.Level.STABLE)
public record Site(String name, int layer, Kind kind, int in, int out) {
  /** What can be attached or read at a site. */
  public enum Kind {
    /** A projection {@code y = W x}. */
    LINEAR,
    /** A whole feed-forward block, without its norm and residual. */
    FEED_FORWARD,
    /** The token embeddings, before the first layer. */
    EMBEDDING,
    /** Before the keys and values of a layer: {@code out} is the width of both together. */
    PREFIX,
    /** A whole layer with its residuals, to be captured: gives the hidden states after it. */
    LAYER,
    /** The final hidden states, after the last norm. */
    OUTPUT
  }

  /** The last part of the name: {@code gate}, {@code query}. */
  public String part() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** True if this is a part of {@code block}. */
  public boolean inside(Site block) {
    return name.startsWith(block.name + ".");
  }
}
