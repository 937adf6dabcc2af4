package org.continuo.backbone.pytorch.scratch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.TaskStream;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;

/** A decoder with fresh weights and a tokenizer of its own: the start of pre-training. */
public final class PytorchScratchPlugin
    implements Plugin<Backbone.Factory, PytorchScratchPlugin.Options> {

  public record Options(
      @Option(doc = "folder the fresh checkpoint is written to; made if it is not there")
          Path folder,
      @Option(doc = "streams whose training text the tokenizer is trained on")
          List<TaskStream.Factory> tokenizerText,
      @Option(doc = "tokenizer.json to take over instead of training one") Optional<Path> tokenizer,
      @Option(
              doc = "tokens of a trained tokenizer: 3 special ones, 256 bytes, and merges",
              value = "4096",
              unit = "tokens",
              min = 259)
          int vocabulary,
      @Option(doc = "size of the hidden states", value = "128", min = 2) int width,
      @Option(doc = "transformer layers", value = "4", min = 1) int layers,
      @Option(doc = "attention heads", value = "4", min = 1) int heads,
      @Option(doc = "heads of keys and values, each shared by several heads", value = "4", min = 1)
          int keyValueHeads,
      @Option(doc = "inner size of the feed-forward blocks", value = "352", min = 1)
          int feedForward,
      @Option(doc = "longest input", value = "512", unit = "tokens", min = 8) int maximumLength,
      @Option(doc = "use the embeddings as vocabulary head", value = "true") boolean tied,
      @Option(doc = "of the first weights and of generated text", value = "1", min = 0) long seed) {
    public Options {
      tokenizerText = List.copyOf(tokenizerText);
    }
  }

  @Override
  public String id() {
    return "pytorch-scratch";
  }

  @Override
  public String summary() {
    return "a Llama-style decoder with fresh weights and a byte-level BPE tokenizer trained on text";
  }

  @Override
  public String source() {
    return "Touvron et al. 2023, arXiv 2302.13971; initial weights as in GPT-2 (Radford et al. 2019)";
  }

  @Override
  public Class<Backbone.Factory> makes() {
    return Backbone.Factory.class;
  }

  @Override
  public Class<Options> options() {
    return Options.class;
  }

  @Override
  public Set<Capability> offers(Options options) {
    return EnumSet.of(
        Capability.GRADIENTS,
        Capability.LINEAR_SITES,
        Capability.BLOCK_MIXING,
        Capability.OUTPUT_SITE,
        Capability.PROMPTS,
        Capability.PREFIX,
        Capability.FULL_WEIGHTS,
        Capability.LANGUAGE_MODEL,
        Capability.GENERATION);
  }

  @Override
  public List<String> conflicts(Options options) {
    List<String> conflicts = new ArrayList<>();
    if (options.width() % (2 * options.heads()) != 0) {
      conflicts.add(
          "width = %d and heads = %d: the width of a head must be an even whole number; make width a multiple of %d"
              .formatted(options.width(), options.heads(), 2 * options.heads()));
    }
    if (options.heads() % options.keyValueHeads() != 0) {
      conflicts.add(
          "heads = %d and key-value-heads = %d: each key and value head serves the same number of heads; make heads a multiple of key-value-heads"
              .formatted(options.heads(), options.keyValueHeads()));
    }
    if (options.tokenizerText().isEmpty() == options.tokenizer().isEmpty()) {
      conflicts.add(
          "found %s tokenizer, expected one of them: tokenizer-text = [{ type = generated-text }] trains a tokenizer, tokenizer = \"path/to/tokenizer.json\" takes one over"
              .formatted(
                  options.tokenizer().isEmpty()
                      ? "neither tokenizer-text nor"
                      : "both tokenizer-text and"));
    }
    return conflicts;
  }

  @Override
  public Backbone.Factory create(Options options) {
    return new ScratchFactory(options);
  }
}
