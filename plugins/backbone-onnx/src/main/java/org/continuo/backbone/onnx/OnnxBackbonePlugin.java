package org.continuo.backbone.onnx;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;

/** Frozen ONNX models on ONNX Runtime. */
public final class OnnxBackbonePlugin
    implements Plugin<Backbone.Factory, OnnxBackbonePlugin.Options> {

  /** The model, what of it is read, and how it runs. */
  public record Options(
      @Option(doc = "an .onnx file, a folder with one in it or in its folder onnx, or HUB:NAME")
          ModelLocation checkpoint,
      @Option(doc = "the file of a folder with several, such as onnx/model_quantized.onnx")
          Optional<String> file,
      @Option(
              doc =
                  "tokenizer.json, or a folder with it; none: the one beside the model or above its"
                      + " folder onnx")
          Optional<Path> tokenizer,
      @Option(
              doc =
                  "the output that is read; none: the final hidden states, else the logits; one of"
                      + " two dimensions is taken as the vector of a text")
          Optional<String> output,
      @Option(
              doc =
                  "the hidden state that heads which choose among labels read: of the first token,"
                      + " of the last, or the mean of all; none: as the folder's 1_Pooling says,"
                      + " else first for encoders and last for decoders")
          Optional<Backbone.Summary> summary,
      @Option(
              doc = "longest input; none: as config.json and tokenizer_config.json say",
              unit = "tokens",
              min = 1)
          OptionalInt maximumLength,
      @Option(doc = "how ONNX Runtime computes") SessionOptions session,
      @Option(doc = "where features are kept") CacheOptions cache) {}

  @Override
  public String id() {
    return "onnx";
  }

  @Override
  public String summary() {
    return "frozen ONNX models on ONNX Runtime: features kept on disk, heads and experts on top";
  }

  @Override
  public Set<Capability> offers(Options options) {
    return new OnnxFactory(options)
        .output()
        .filter(output -> output.kind() == Output.Kind.LOGITS)
        .<Set<Capability>>map(
            logits -> EnumSet.of(Capability.LANGUAGE_MODEL, Capability.GENERATION))
        .orElseGet(() -> EnumSet.of(Capability.OUTPUT_SITE));
  }

  @Override
  public Backbone.Factory create(Options options) {
    return new OnnxFactory(options);
  }
}
