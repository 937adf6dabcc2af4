package org.continuo.backbone.pytorch.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.tensor.Finiteness;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.Problems;
import org.continuo.checkpoints.StoredWeights;
import org.continuo.checkpoints.WeightNames;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.StoredTensor;
import org.continuo.checkpoints.safetensors.TensorType;

/**
 * Gives the weights of a network by our names, as cells of the host's store that are filled from
 * the files when they are first used. Whatever is missing or of the wrong shape is collected.
 */
public final class CheckpointWeights {
  private final CheckpointConfig config;
  private final StoredWeights stored;
  private final Parameters parameters;
  private final Problems problems;
  private final WeightNames names;
  private final Map<String, Param> byTensor = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();

  private CheckpointWeights(
      CheckpointConfig config, StoredWeights stored, Parameters parameters, Problems problems) {
    this.config = config;
    this.stored = stored;
    this.parameters = parameters;
    this.problems = problems;
    this.names = WeightNames.of(config.family(), stored::has);
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
    String tensor = names.tensor(name);
    if (!stored.has(tensor)) {
      missing.add(tensor);
    } else {
      check(stored.tensor(tensor), shape);
    }
    Param param =
        parameters.param(
            name, shape, (manager, wanted) -> finite(stored.file(tensor), tensor, manager));
    byTensor.put(tensor, param);
    return param;
  }

  /**
   * @throws DataException if it holds NaN or infinities
   */
  private static NDArray finite(SafetensorsFile file, String tensor, NDManager manager) {
    NDArray values = file.load(tensor, manager);
    Finiteness.problem(values)
        .ifPresent(
            found -> {
              values.close();
              throw new DataException(
                  "%s: tensor '%s': %s, expected finite numbers alone; it overflowed when it was trained or converted (F16 ends at 65504): convert it again to BF16 or F32, or use the original"
                      .formatted(file.path(), tensor, found));
            });
    return values;
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
  public List<SafetensorsWriter.Tensor> export(TensorType type) {
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
