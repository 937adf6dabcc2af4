package org.continuo.backbone.pytorch.checkpoint;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.continuo.backbone.pytorch.safetensors.SafetensorsFile;
import org.continuo.backbone.pytorch.safetensors.SafetensorsWriter;
import org.continuo.backbone.pytorch.safetensors.StoredTensor;
import org.continuo.backbone.pytorch.safetensors.TensorType;

/**
 * Gives the weights of a network by our names, as cells of the host's store that are filled from
 * the files when they are first used. Whatever is missing or of the wrong shape is collected.
 */
public final class CheckpointWeights {
  private static final String HEAD = "head.weight";

  private final CheckpointConfig config;
  private final StoredWeights stored;
  private final Parameters parameters;
  private final Problems problems;
  private final String prefix;
  private final Map<String, Param> byTensor = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();

  private CheckpointWeights(
      CheckpointConfig config, StoredWeights stored, Parameters parameters, Problems problems) {
    this.config = config;
    this.stored = stored;
    this.parameters = parameters;
    this.problems = problems;
    String tokens = config.family().tensor("embeddings.tokens.weight");
    this.prefix =
        config.family().prefixes().stream()
            .filter(p -> stored.has(p + tokens))
            .findFirst()
            .orElse(config.family().prefixes().get(0));
  }

  public static Optional<CheckpointWeights> open(
      CheckpointFolder folder, CheckpointConfig config, Parameters parameters, Problems problems) {
    return StoredWeights.open(folder, problems)
        .map(stored -> new CheckpointWeights(config, stored, parameters, problems));
  }

  /** Checks the files alone, where the configuration is too broken to say what they should hold. */
  public static void checkFiles(CheckpointFolder folder, Problems problems) {
    StoredWeights.open(folder, problems);
  }

  /** The cell of one weight; a problem is added if the files do not hold it in that shape. */
  public Param param(String name, long... sizes) {
    Shape shape = new Shape(sizes);
    String tensor = tensor(name);
    if (!stored.has(tensor)) {
      missing.add(tensor);
    } else {
      check(stored.tensor(tensor), shape);
    }
    Param param =
        parameters.param(
            name, shape, (manager, wanted) -> stored.file(tensor).load(tensor, manager));
    byTensor.put(tensor, param);
    return param;
  }

  private String tensor(String name) {
    String usual = config.family().tensor(name);
    if (name.equals(HEAD)) {
      return usual;
    }
    // Checkpoints converted from TensorFlow call scale and shift of a norm gamma and beta.
    String older =
        usual
            .replace("LayerNorm.weight", "LayerNorm.gamma")
            .replace("LayerNorm.bias", "LayerNorm.beta");
    return prefix + (stored.has(prefix + older) ? older : usual);
  }

  private void check(StoredTensor tensor, Shape expected) {
    if (!tensor.shape().equals(expected)) {
      problem(tensor.name(), "found shape " + tensor.shape() + ", expected " + expected);
    }
    if (!tensor.type().readable()) {
      problem(tensor.name(), "found type " + tensor.type() + ", expected F32, F16 or BF16");
    }
  }

  private void problem(String tensor, String text) {
    problems.add(stored.file(tensor).path(), "tensor '" + tensor + "': " + text);
  }

  /** To be called when every weight has been asked for: reports those that are missing. */
  public void complete() {
    if (missing.size() == byTensor.size()) {
      List<String> found = stored.names().stream().limit(3).toList();
      problems.add(
          stored.described(),
          "none of the %d tensors expected is there, such as '%s'; it holds %d others, such as %s"
              .formatted(missing.size(), missing.get(0), stored.names().size(), found));
      return;
    }
    for (String tensor : missing) {
      String hint =
          tensor.equals("lm_head.weight")
              ? "; if the embedding table is the head, set tie_word_embeddings to true in config.json"
              : "";
      problems.add(stored.described(), "tensor '" + tensor + "' is missing" + hint);
    }
  }

  /** Every weight asked for, in that order. */
  public List<Param> all() {
    return List.copyOf(byTensor.values());
  }

  public String sha256() {
    return stored.sha256();
  }

  public String types() {
    return stored.types();
  }

  /**
   * The tensors of a copy of the checkpoint: weights of the network as they are now, others (a
   * pooler, the head of a pre-training task) as they were.
   */
  List<SafetensorsWriter.Tensor> export(TensorType type) {
    List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
    for (String name : stored.names()) {
      Param param = byTensor.get(name);
      boolean copyOfTable =
          config.tied() && config.family().decoder() && name.equals("lm_head.weight");
      if (param != null) {
        tensors.add(SafetensorsWriter.Tensor.of(name, type, param.shape(), param::value));
      } else if (!copyOfTable) {
        SafetensorsFile file = stored.file(name);
        tensors.add(SafetensorsWriter.Tensor.copy(file, stored.tensor(name)));
      }
    }
    return tensors;
  }
}
