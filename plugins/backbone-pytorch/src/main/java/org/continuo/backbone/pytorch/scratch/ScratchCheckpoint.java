package org.continuo.backbone.pytorch.scratch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.continuo.backbone.pytorch.scratch.bpe.BytePairEncoding;
import org.continuo.backbone.pytorch.scratch.bpe.TokenizerJson;
import org.continuo.checkpoints.Family;
import org.continuo.checkpoints.WeightNames;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.TensorType;

/** Writes a complete Hugging Face folder of a model that has learned nothing yet. */
final class ScratchCheckpoint {
  private static final double DEVIATION = 0.02;

  /** Ids of the special tokens, in the order every tokenizer of this package has them. */
  private static final int PADDING = 0;

  private static final int BEGIN = 1;
  private static final int END = 2;

  private final ScratchOptions options;
  private final BytePairEncoding encoding;

  ScratchCheckpoint(ScratchOptions options, BytePairEncoding encoding) {
    this.options = options;
    this.encoding = encoding;
  }

  void write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tokenizer.json"), TokenizerJson.of(encoding).toString());
    Files.writeString(folder.resolve("config.json"), config());
    Random random = new Random(seed);
    WeightNames names = WeightNames.of(Family.LLAMA);
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      List<SafetensorsWriter.Tensor> tensors =
          weights().entrySet().stream()
              .map(
                  weight ->
                      SafetensorsWriter.Tensor.of(
                          names.tensor(weight.getKey() + ".weight"),
                          TensorType.F32,
                          manager.create(
                              values(weight.getValue(), random), weight.getValue().shape)))
              .toList();
      SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
    }
  }

  /** Shape and first values of a weight: all 1 if the deviation is 0. */
  private record Weight(Shape shape, double deviation) {}

  /** By our names, in the order in which they are drawn. */
  private Map<String, Weight> weights() {
    long d = options.width();
    long f = options.feedForwardWidth();
    long kv = d / options.heads() * options.keyValueHeads();
    // the sum of all residuals starts with the variance of one (Radford et al. 2019, section 2.3)
    double residual = DEVIATION / Math.sqrt(2.0 * options.layers());
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put("embeddings.tokens", new Weight(new Shape(encoding.size(), d), DEVIATION));
    for (int layer = 0; layer < options.layers(); layer++) {
      String prefix = "layers." + layer + ".";
      weights.put(prefix + "attention-norm", new Weight(new Shape(d), 0));
      weights.put(prefix + "attention.query", new Weight(new Shape(d, d), DEVIATION));
      weights.put(prefix + "attention.key", new Weight(new Shape(kv, d), DEVIATION));
      weights.put(prefix + "attention.value", new Weight(new Shape(kv, d), DEVIATION));
      weights.put(prefix + "attention.output", new Weight(new Shape(d, d), residual));
      weights.put(prefix + "feed-forward-norm", new Weight(new Shape(d), 0));
      weights.put(prefix + "feed-forward.gate", new Weight(new Shape(f, d), DEVIATION));
      weights.put(prefix + "feed-forward.up", new Weight(new Shape(f, d), DEVIATION));
      weights.put(prefix + "feed-forward.down", new Weight(new Shape(d, f), residual));
    }
    weights.put("norm", new Weight(new Shape(d), 0));
    return weights;
  }

  private static float[] values(Weight weight, Random random) {
    float[] values = new float[(int) weight.shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weight.deviation == 0 ? 1f : (float) (weight.deviation * random.nextGaussian());
    }
    return values;
  }

  private String config() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = json.createObjectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("model_type", Family.LLAMA.modelType());
    config.put("hidden_size", options.width());
    config.put("num_hidden_layers", options.layers());
    config.put("num_attention_heads", options.heads());
    config.put("num_key_value_heads", options.keyValueHeads());
    config.put("head_dim", options.width() / options.heads());
    config.put("intermediate_size", options.feedForwardWidth());
    config.put("vocab_size", encoding.size());
    config.put("max_position_embeddings", options.maximumLength());
    config.put("hidden_act", "silu");
    config.put("rms_norm_eps", 1e-5);
    config.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", 10000.0);
    config.put("attention_bias", false);
    config.put("mlp_bias", false);
    config.put("tie_word_embeddings", true);
    config.put("pad_token_id", PADDING);
    config.put("bos_token_id", BEGIN);
    config.put("eos_token_id", END);
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
  }
}
