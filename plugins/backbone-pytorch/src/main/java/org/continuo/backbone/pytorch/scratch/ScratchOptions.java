package org.continuo.backbone.pytorch.scratch;

import java.util.ArrayList;
import java.util.List;
import org.continuo.api.plugin.Option;

/** Sizes of the model. */
public record ScratchOptions(
    @Option(doc = "width of the hidden states", value = "128", min = 2) int width,
    @Option(doc = "decoder layers", value = "4", min = 1) int layers,
    @Option(doc = "attention heads", value = "4", min = 1) int heads,
    @Option(
            doc = "heads of keys and values, shared by groups of attention heads",
            value = "4",
            min = 1)
        int keyValueHeads,
    @Option(doc = "inner width of the feed-forward blocks", value = "352", min = 1)
        int feedForwardWidth,
    @Option(
            doc = "tokens of the vocabulary, learned from the stream's training texts",
            value = "4096",
            unit = "tokens",
            min = 259)
        int vocabulary,
    @Option(doc = "longest input", value = "512", unit = "tokens", min = 8) int maximumLength) {

  List<String> conflicts() {
    List<String> problems = new ArrayList<>();
    if (width % heads != 0 || width / heads % 2 != 0) {
      problems.add(
          "width = %d and heads = %d; expected an even width per head: choose a width that is a multiple of %d"
              .formatted(width, heads, 2 * heads));
    }
    if (heads % keyValueHeads != 0) {
      problems.add(
          "heads = %d and key-value-heads = %d; expected a multiple: choose a divisor of %d"
              .formatted(heads, keyValueHeads, heads));
    }
    return problems;
  }
}
