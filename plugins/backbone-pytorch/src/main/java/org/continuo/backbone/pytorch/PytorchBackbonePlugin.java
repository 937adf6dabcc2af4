package org.continuo.backbone.pytorch;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.backbone.pytorch.checkpoint.CheckpointWeights;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.CheckpointFolder;

/** Hugging Face decoders and encoders on the DJL PyTorch engine. */
public final class PytorchBackbonePlugin
    implements Plugin<Backbone.Factory, PytorchBackbonePlugin.Options> {

  public record Options(
      @Option(
              doc =
                  "Hugging Face folder (config.json, model.safetensors, tokenizer.json) or"
                      + " HUB:NAME",
              value = "\"embedded:tiny\"")
          ModelLocation checkpoint,
      @Option(
              doc =
                  "the hidden state that heads which choose among labels read: of the first token,"
                      + " of the last, or the mean of all; none: as the folder's 1_Pooling says,"
                      + " else first for encoders (ModernBERT: as its classifier_pooling says) and last"
                      + " for decoders")
          Optional<Backbone.Summary> summary,
      @Option(doc = "type of the weights in an exported checkpoint", value = "f32")
          CheckpointExport.Type exportDtype) {}

  /** What an encoder offers, and a decoder that was stored without its head. */
  private static final Set<Capability> HEADLESS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.GRADIENTS,
              Capability.LINEAR_SITES,
              Capability.BLOCK_MIXING,
              Capability.OUTPUT_SITE,
              Capability.PROMPTS,
              Capability.PREFIX,
              Capability.FULL_WEIGHTS));

  /** What a decoder offers: that, and its vocabulary head. */
  public static final Set<Capability> DECODER = decoder();

  private static Set<Capability> decoder() {
    Set<Capability> offered = EnumSet.of(Capability.LANGUAGE_MODEL, Capability.GENERATION);
    offered.addAll(HEADLESS);
    return Collections.unmodifiableSet(offered);
  }

  @Override
  public String id() {
    return "pytorch";
  }

  @Override
  public String summary() {
    return "Hugging Face checkpoints on PyTorch: llama, mistral, qwen2, qwen3, phi3, gpt2, gemma2, gemma3, bert, roberta, distilbert, modernbert";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  /**
   * Without a head in the files there is no language model; a checkpoint that cannot be read is
   * reported by loading it.
   */
  @Override
  public Set<Capability> offers(Options options) {
    return languageModel(options) ? DECODER : HEADLESS;
  }

  private static boolean languageModel(Options options) {
    try {
      return CheckpointWeights.languageModel(CheckpointFolder.of(options.checkpoint()));
    } catch (DataException e) {
      return true;
    }
  }

  @Override
  public Backbone.Factory create(Options options) {
    return new CheckpointFactory(
        () -> CheckpointFolder.of(options.checkpoint()), options.summary(), options.exportDtype());
  }
}
