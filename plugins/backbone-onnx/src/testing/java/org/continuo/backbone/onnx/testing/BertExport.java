package org.continuo.backbone.onnx.testing;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.checkpoints.safetensors.SafetensorsFile;

/**
 * Writes a Hugging Face folder of a BERT as an ONNX model with the outputs {@code
 * last_hidden_state} and, its mean over real tokens, {@code sentence_embedding}.
 */
public final class BertExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What differs from the usual form. */
  public enum Variant {
    /** Weights of projections in eight bits. */
    QUANTISED,
    /** States are float16. */
    HALF_STATES,
    /** Inputs are int32. */
    NARROW_INPUTS,
    /** There is an input {@code position_ids}. */
    POSITIONS,
    /** There is an output {@code logits}, by the table of embeddings. */
    LOGITS,
    /** That output is the only one. */
    LOGITS_ALONE,
    /** Weights lie in {@code NAME_data} beside the model. */
    EXTERNAL_DATA
  }

  private final Set<Variant> variants;
  private final JsonNode config;
  private final SafetensorsFile stored;
  private final OnnxWriter graph;
  private final Map<String, String> known = new HashMap<>();
  private final int width;
  private final int heads;

  private BertExport(Path folder, String name, Set<Variant> variants) throws IOException {
    this.variants = variants;
    this.config = JSON.readTree(folder.resolve("config.json").toFile());
    this.stored = SafetensorsFile.open(folder.resolve("model.safetensors"));
    this.graph =
        new OnnxWriter(
            variants.contains(Variant.EXTERNAL_DATA)
                ? Optional.of(name + "_data")
                : Optional.empty());
    this.width = config.get("hidden_size").asInt();
    this.heads = config.get("num_attention_heads").asInt();
  }

  /** Writes {@code model} from the configuration and weights in {@code folder}. */
  public static Path write(Path folder, Path model, Variant... variants) {
    Set<Variant> all = EnumSet.noneOf(Variant.class);
    all.addAll(Arrays.asList(variants));
    try {
      BertExport export = new BertExport(folder, model.getFileName().toString(), all);
      export.model();
      export.graph.write(model);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void model() {
    OnnxWriter.Type type = variants.contains(Variant.NARROW_INPUTS) ? OnnxWriter.Type.INT32 : OnnxWriter.Type.INT64;
    for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
      graph.input(input, type, "batch", "sequence");
    }
    String positions = positions(type);
    String words = gather("word_embeddings", "input_ids");
    String types = gather("token_type_embeddings", "token_type_ids");
    String sum = graph.node("Add", graph.node("Add", words, types), positions);
    String x = norm("embeddings.LayerNorm", sum);
    String mask = graph.node("Cast", Map.of("to", 1), "attention_mask");
    String hidden = graph.node("Sub", graph.scalar(1), mask);
    String bias =
        graph.node(
            "Mul",
            graph.node("Unsqueeze", hidden, graph.integers(1, 2)),
            graph.scalar(-Float.MAX_VALUE));
    for (int layer = 0; layer < config.get("num_hidden_layers").asInt(); layer++) {
      x = layer("encoder.layer." + layer + ".", x, bias);
    }
    outputs(x, mask);
  }

  private void outputs(String x, String mask) {
    if (!variants.contains(Variant.LOGITS_ALONE)) {
      OnnxWriter.Type type =
          variants.contains(Variant.HALF_STATES)
              ? OnnxWriter.Type.FLOAT16
              : OnnxWriter.Type.FLOAT;
      graph.output("last_hidden_state", type, x, "batch", "sequence", width);
      String weights = graph.node("Unsqueeze", mask, graph.integers(-1));
      Map<String, Integer> flat = Map.of("keepdims", 0);
      String sum =
          graph.node("ReduceSum", flat, graph.node("Mul", x, weights), graph.integers(1));
      String counts = graph.node("ReduceSum", flat, weights, graph.integers(1));
      graph.output("sentence_embedding", graph.node("Div", sum, counts), "batch", width);
    }
    if (variants.contains(Variant.LOGITS) || variants.contains(Variant.LOGITS_ALONE)) {
      String table = weight("embeddings.word_embeddings.weight");
      String turned = graph.node("Transpose", Map.of("perm", new int[] {1, 0}), table);
      int vocabulary = config.get("vocab_size").asInt();
      graph.output("logits", graph.node("MatMul", x, turned), "batch", "sequence", vocabulary);
    }
  }

  private String gather(String table, String index) {
    return graph.node("Gather", weight("embeddings." + table + ".weight"), index);
  }

  private String positions(OnnxWriter.Type type) {
    if (variants.contains(Variant.POSITIONS)) {
      graph.input("position_ids", type, "batch", "sequence");
      return gather("position_embeddings", "position_ids");
    }
    String length = graph.node("Gather", graph.node("Shape", "input_ids"), graph.integers(1));
    return graph.node(
        "Slice",
        weight("embeddings.position_embeddings.weight"),
        graph.integers(0),
        length,
        graph.integers(0));
  }

  private String layer(String name, String x, String bias) {
    String self = name + "attention.self.";
    String query = split(linear(self + "query", x), 0, 2, 1, 3);
    String key = split(linear(self + "key", x), 0, 2, 3, 1);
    String value = split(linear(self + "value", x), 0, 2, 1, 3);
    float scale = (float) (1 / Math.sqrt((double) width / heads));
    String scores = graph.node("Mul", graph.node("MatMul", query, key), graph.scalar(scale));
    String attention = graph.node("Softmax", Map.of("axis", -1), graph.node("Add", scores, bias));
    String mixed =
        graph.node(
            "Transpose",
            Map.of("perm", new int[] {0, 2, 1, 3}),
            graph.node("MatMul", attention, value));
    String joined = graph.node("Reshape", mixed, graph.integers(0, 0, width));
    String attended =
        norm(
            name + "attention.output.LayerNorm",
            graph.node("Add", linear(name + "attention.output.dense", joined), x));
    String inner = gelu(linear(name + "intermediate.dense", attended));
    return norm(
        name + "output.LayerNorm",
        graph.node("Add", linear(name + "output.dense", inner), attended));
  }

  private String split(String x, int... order) {
    String parts = graph.node("Reshape", x, graph.integers(0, 0, heads, width / heads));
    return graph.node("Transpose", Map.of("perm", order), parts);
  }

  private String gelu(String x) {
    String error = graph.node("Erf", graph.node("Mul", x, graph.scalar((float) Math.sqrt(0.5))));
    String share = graph.node("Add", error, graph.scalar(1));
    return graph.node("Mul", graph.node("Mul", x, share), graph.scalar(0.5f));
  }

  private String norm(String name, String x) {
    float epsilon = (float) config.get("layer_norm_eps").asDouble();
    return graph.node(
        "LayerNormalization",
        Map.of("axis", -1, "epsilon", epsilon),
        x,
        weight(name + ".weight"),
        weight(name + ".bias"));
  }

  private String linear(String name, String x) {
    String product = graph.node("MatMul", x, matrix(name + ".weight"));
    return graph.node("Add", product, weight(name + ".bias"));
  }

  private String weight(String name) {
    return known.computeIfAbsent(
        name,
        key -> graph.floats(name, values(name), stored.tensors().get(name).shape().getShape()));
  }

  /** [in,out], as the operator reads it. */
  private String matrix(String name) {
    return known.computeIfAbsent(
        name,
        key -> {
          Shape shape = stored.tensors().get(name).shape();
          int out = Math.toIntExact(shape.get(0));
          int in = Math.toIntExact(shape.get(1));
          float[] rows = values(name);
          float[] columns = new float[rows.length];
          for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
              columns[i * out + o] = rows[o * in + i];
            }
          }
          return variants.contains(Variant.QUANTISED)
              ? graph.quantised(name, columns, in, out)
              : graph.floats(name, columns, in, out);
        });
  }

  private float[] values(String name) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return stored.load(name, manager).toFloatArray();
    }
  }
}
