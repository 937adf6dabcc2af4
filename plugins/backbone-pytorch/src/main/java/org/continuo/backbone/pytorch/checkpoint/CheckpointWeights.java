package org.continuo.backbone.pytorch.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.api.data.DataException;
import org.continuo.api.tensor.Finiteness;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.Problems;
import org.continuo.checkpoints.StoredWeights;
import org.continuo.checkpoints.TensorParts;
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
  private static final String HEAD = "head.weight";
  private static final String TABLE = "embeddings.tokens.weight";

  /** The number of a layer, no longer than any that is read. */
  private static final Pattern LAYER = Pattern.compile("(\\d{1,8})\\.");

  private final CheckpointConfig config;
  private final StoredWeights stored;
  private final Parameters parameters;
  private final Problems problems;
  private final WeightNames names;
  private final Map<String, TensorParts> byTensor = new LinkedHashMap<>();
  private final Map<String, Param> byName = new LinkedHashMap<>();
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
        .filter(stored -> fits(config, stored, problems))
        .map(
            stored ->
                new CheckpointWeights(asStored(config, stored), stored, parameters, problems));
  }

  /**
   * Whether the files hold the layers the configuration speaks of, and no bias it denies. Asked
   * before a network is made, which costs as much as the configuration says.
   */
  private static boolean fits(CheckpointConfig config, StoredWeights stored, Problems problems) {
    String beginning = WeightNames.of(config.family(), stored::has).layers();
    SortedSet<Integer> layers = new TreeSet<>();
    for (String name : stored.names()) {
      Matcher layer = LAYER.matcher(name);
      if (name.startsWith(beginning)
          && layer.region(beginning.length(), name.length()).lookingAt()) {
        layers.add(Integer.parseInt(layer.group(1)));
      }
    }
    boolean fits = layers.isEmpty() || layers.last() + 1 == config.layers();
    if (!fits) {
      problems.add(
          stored.described(),
          "holds layers %d to %d ('%s%d...'), config.json speaks of %d; expected the same number in both: take the two files from one model"
              .formatted(layers.first(), layers.last(), beginning, layers.last(), config.layers()));
    }
    return fits;
  }

  /** Checks the files alone, where the configuration is too broken to say what they should hold. */
  public static void checkFiles(CheckpointFolder folder, Problems problems) {
    StoredWeights.open(folder, problems);
  }

  /** The configuration, with a head of its own where the files hold one that is not the table. */
  public CheckpointConfig config() {
    return config;
  }

  /**
   * A copy of the table under the name of the head is what some libraries write of tied weights;
   * other numbers there are a head, whatever the configuration says, as in the original library.
   */
  private static CheckpointConfig asStored(CheckpointConfig config, StoredWeights stored) {
    if (!config.tied()) {
      return config;
    }
    WeightNames names = WeightNames.of(config.family(), stored::has);
    String head = names.tensor(HEAD);
    String table = names.tensor(TABLE);
    return stored.has(head) && stored.has(table) && !stored.equal(head, table)
        ? config.untied()
        : config;
  }

  /**
   * Whether a folder holds a language model; true where it cannot be told, which loading reports.
   */
  public static boolean languageModel(CheckpointFolder folder) {
    Problems unread = new Problems();
    return CheckpointConfig.read(folder, unread)
        .map(
            config ->
                config.head().isPresent()
                    && (config.tied()
                        || StoredWeights.open(folder, unread)
                            .map(stored -> holds(config, stored, HEAD))
                            .orElse(true)))
        .orElse(true);
  }

  private static boolean holds(CheckpointConfig config, StoredWeights stored, String name) {
    return stored.has(WeightNames.of(config.family(), stored::has).tensor(name));
  }

  /** Whether there is a weight of that name. */
  public boolean holds(String name) {
    return stored.has(names.tensor(name));
  }

  /** The cell of one weight; a problem is added if the files do not hold it in that shape. */
  public Param param(String name, long... sizes) {
    Shape shape = new Shape(sizes);
    TensorParts parts = byTensor.computeIfAbsent(names.tensor(name), t -> names.parts(name));
    parts.put(name, shape);
    parts.stored().ifPresent(whole -> check(parts.tensor(), whole));
    Param param = parameters.param(name, shape, (manager, wanted) -> finite(parts, name, manager));
    byName.put(name, param);
    return param;
  }

  /**
   * @throws DataException if it holds NaN or infinities
   */
  private NDArray finite(TensorParts parts, String name, NDManager manager) {
    SafetensorsFile file = stored.file(parts.tensor());
    NDArray values = parts.load(file, name, manager);
    Finiteness.problem(values)
        .ifPresent(
            found -> {
              values.close();
              throw new DataException(
                  "%s: tensor '%s': %s, expected finite numbers alone; it overflowed when it was trained or converted (F16 ends at 65504): convert it again to BF16 or F32, or use the original"
                      .formatted(file.path(), parts.tensor(), found));
            });
    return values;
  }

  private void check(String name, Shape expected) {
    if (!stored.has(name)) {
      missing.add(name);
      return;
    }
    StoredTensor tensor = stored.tensor(name);
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
      problems.add(stored.described(), "tensor '" + tensor + "' is missing");
    }
    String layers = names.layers();
    List<String> unused =
        stored.names().stream()
            .filter(name -> name.startsWith(layers) && !byTensor.containsKey(name))
            .filter(name -> name.endsWith(".bias") || name.endsWith("norm.weight"))
            .filter(name -> !names.leftover(name))
            .toList();
    if (missing.isEmpty() && !unused.isEmpty()) {
      problems.add(
          stored.described(),
          "tensor '%s' and %d others belong to layers, and by config.json a layer of '%s' has none; expected weights of one form with it: correct model_type, attention_bias or mlp_bias"
              .formatted(unused.get(0), unused.size() - 1, config.family().modelType()));
    }
  }

  /** Every weight asked for, in that order. */
  public List<Param> all() {
    return List.copyOf(byName.values());
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
      TensorParts parts = byTensor.get(name);
      boolean copyOfTable = config.tied() && name.equals(names.tensor(HEAD));
      if (parts != null) {
        tensors.add(parts.join(type, weight -> byName.get(weight).value()));
      } else if (!copyOfTable) {
        SafetensorsFile file = stored.file(name);
        tensors.add(SafetensorsWriter.Tensor.copy(file, stored.tensor(name)));
      }
    }
    return tensors;
  }
}
