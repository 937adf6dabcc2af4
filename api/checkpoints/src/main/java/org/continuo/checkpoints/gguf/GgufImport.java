package org.continuo.checkpoints.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.CheckpointTokenizer;
import org.continuo.checkpoints.Family;
import org.continuo.checkpoints.Problems;
import org.continuo.checkpoints.StoredWeights;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;

/**
 * A GGUF file as a Hugging Face folder: Llama, Mistral and Qwen 2 models, with their tokenizer. A
 * folder is written from the file tensor by tensor, whatever their size.
 */
@Stability(Stability.Level.EVOLVING)
public final class GgufImport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GgufFile file;
  private final Architecture is;
  private final Weights weights;
  private final TokenizerFiles tokenizer;
  private final Optional<RopeFactors> ropeFactors;

  private GgufImport(
      GgufFile file,
      Architecture is,
      Weights weights,
      TokenizerFiles tokenizer,
      Optional<RopeFactors> ropeFactors) {
    this.file = file;
    this.is = is;
    this.weights = weights;
    this.tokenizer = tokenizer;
    this.ropeFactors = ropeFactors;
  }

  /**
   * Reads and checks everything but the elements of the tensors.
   *
   * @throws DataException with all that is wrong with the file; at once if it is cut short or of
   *     another architecture
   */
  public static GgufImport read(Path path) {
    Problems problems = new Problems();
    GgufFile file = GgufFile.open(path, problems);
    Architecture is = Architecture.read(path, file.metadata());
    Weights weights = new Weights(file, is, problems);
    Optional<TokenizerFiles> tokenizer = TokenizerFiles.read(file.metadata(), weights.rows());
    Optional<RopeFactors> factors = ropeFactors(file, is, weights, problems);
    problems.check();
    return new GgufImport(file, is, weights, tokenizer.orElseThrow(), factors);
  }

  private static Optional<RopeFactors> ropeFactors(
      GgufFile file, Architecture is, Weights weights, Problems problems) {
    Optional<GgufTensor> tensor = weights.ropeFactors();
    if (tensor.isEmpty()) {
      return Optional.empty();
    }
    int pairs = is.heads().size() / 2;
    Optional<RopeFactors> factors = Optional.empty();
    if (tensor.get().shape().equals(List.of((long) pairs))) {
      try {
        factors = RopeFactors.of(file.read(tensor.get()), is.theta());
      } catch (IOException e) {
        throw new DataException(file.path() + ": cannot be read: " + e.getMessage(), e);
      }
    }
    if (factors.isEmpty() || is.stretch().isPresent()) {
      problems.add(
          file.path(),
          "tensor '%s': found divisors of rotary frequencies that are not those of Llama 3.1 and its kin; use the folder the file was made from"
              .formatted(Weights.ROPE_FACTORS));
    }
    return factors;
  }

  /** What the folder will be told to be. */
  public Family family() {
    return is.family();
  }

  /** How many tensors are stored in which form, as {@code Q4_1 210, F32 61}; the most first. */
  public String forms() {
    Map<BlockType, Long> counts =
        file.tensors().values().stream()
            .collect(Collectors.groupingBy(GgufTensor::type, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<BlockType, Long>comparingByValue().reversed())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** What may be otherwise than in the model the file was made from. */
  public List<String> warnings() {
    boolean guessed =
        tokenizer.model() instanceof ByteLevelModel && !file.metadata().has(ByteLevelModel.SPLITS);
    return guessed
        ? List.of(
            "%s: key '%s' is missing: texts are split as llama.cpp splits them then, which may not be as the model learned them"
                .formatted(file.path(), ByteLevelModel.SPLITS))
        : List.of();
  }

  /**
   * Writes the folder, which appears under its name when it is complete and has been read once.
   *
   * @param folder is not there yet, or empty
   * @param type of the weights that are written
   * @throws DataException if something else is in its place, or an element does not fit into the
   *     type
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Path folder, CheckpointExport.Type type) {
    Path target = folder.toAbsolutePath().normalize();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      refuseWhatIsThere(folder);
      Files.createDirectories(target.getParent());
      clear(part);
      Files.createDirectory(part);
      try {
        fill(part, type);
        check(part);
        Files.deleteIfExists(target);
        Files.move(part, target);
      } finally {
        clear(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be written", e);
    }
  }

  private static void refuseWhatIsThere(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    boolean free = false;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        free = files.findAny().isEmpty();
      }
    }
    if (!free) {
      throw new DataException(
          "%s: found %s there, expected nothing or an empty folder; name another one"
              .formatted(folder, Files.isDirectory(folder) ? "a folder with files" : "a file"));
    }
  }

  /** Of what was left when an import was killed. */
  private static void clear(Path part) throws IOException {
    if (Files.exists(part)) {
      try (Stream<Path> all = Files.walk(part)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private void fill(Path part, CheckpointExport.Type type) throws IOException {
    CheckpointFolder folder = new CheckpointFolder(part.toString(), part);
    ObjectNode config = new ModelConfig(is, weights, ropeFactors).json(type);
    tokenizer.identifiers(config);
    json(folder.config(), config);
    json(folder.generationConfig(), tokenizer.generation());
    json(folder.tokenizer(), tokenizer.tokenizer());
    json(folder.tokenizerConfig(), tokenizer.settings(is.maximumLength()));
    if (tokenizer.chatTemplate().isPresent()) {
      Files.writeString(folder.chatTemplate(), tokenizer.chatTemplate().get());
    }
    SafetensorsWriter.write(folder.weights(), weights.as(type));
  }

  private static void json(Path file, JsonNode value) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), value);
  }

  /** By the readers of every other folder. */
  private static void check(Path part) {
    Problems problems = new Problems();
    CheckpointFolder folder = new CheckpointFolder(part.toString(), part);
    Optional<CheckpointConfig> config = CheckpointConfig.read(folder, problems);
    CheckpointTokenizer.open(folder, config, problems);
    StoredWeights.open(folder, problems);
    problems.check();
  }
}
