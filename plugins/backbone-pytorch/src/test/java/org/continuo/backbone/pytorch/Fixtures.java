package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.plugin.Locator;
import org.continuo.backbone.pytorch.checkpoint.CheckpointExport;
import org.continuo.backbone.pytorch.network.TransformerBackbone;
import org.continuo.backbone.pytorch.safetensors.SafetensorsFile;

/** The small checkpoints with the answers of the original libraries. */
public final class Fixtures {
  public static final List<String> DECODERS =
      List.of("llama", "llama-tied", "llama3-rope", "mistral", "qwen2", "qwen3");
  public static final List<String> ENCODERS = List.of("bert", "roberta", "distilbert");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  public static List<String> all() {
    return Stream.concat(DECODERS.stream(), ENCODERS.stream()).toList();
  }

  /** Skips the test where the fixtures are not there. */
  public static Path folder(String name) {
    Optional<Path> shared = shared();
    assumeTrue(
        shared.isPresent(),
        "no folder shared/ with DESIGN.md above the working directory, and no continuo.shared");
    return shared.get().resolve("fixtures/hf").resolve(name);
  }

  private static Optional<Path> shared() {
    String set = System.getProperty("continuo.shared", "");
    if (!set.isEmpty()) {
      return Optional.of(Path.of(set));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("shared/DESIGN.md"))) {
        return Optional.of(at.resolve("shared"));
      }
    }
    return Optional.empty();
  }

  public static TransformerBackbone load(Path folder, ParameterStore store) {
    return (TransformerBackbone)
        new PytorchBackbonePlugin()
            .create(
                new PytorchBackbonePlugin.Options(
                    new Locator(folder.toString()), SummaryChoice.AUTO, CheckpointExport.Type.F32))
            .load(store);
  }

  public static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of a fixture whose {@code config.json} is changed. */
  public static Path copy(String name, Path target, Consumer<ObjectNode> change) {
    try (Stream<Path> files = Files.list(folder(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
      ObjectNode config = (ObjectNode) json(target.resolve("config.json"));
      change.accept(config);
      target.resolve("config.json").toFile().setWritable(true);
      JSON.writeValue(target.resolve("config.json").toFile(), config);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Arrays of {@code expected.safetensors}: floats, and int64 read from {@code expected.json}. */
  public record Expected(Path folder) {
    public NDArray floats(String name, NDManager manager) {
      return SafetensorsFile.open(folder.resolve("expected.safetensors")).load(name, manager);
    }

    public List<String> sentences() {
      List<String> sentences = new ArrayList<>();
      json(folder.resolve("expected.json"))
          .get("sentences")
          .forEach(sentence -> sentences.add(sentence.asText()));
      return sentences;
    }

    public List<long[]> rows(String key) {
      List<long[]> rows = new ArrayList<>();
      json(folder.resolve("expected.json")).get(key).forEach(row -> rows.add(longs(row)));
      return rows;
    }
  }

  public static long[] longs(JsonNode list) {
    long[] values = new long[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).asLong();
    }
    return values;
  }

  /** Padded on the right; the last real token of each row is the one the head reads. */
  public static Batch batch(List<long[]> rows, NDManager manager) {
    return batch(rows, rows.stream().mapToInt(row -> row.length).max().orElseThrow(), manager);
  }

  public static Batch batch(List<long[]> rows, int length, NDManager manager) {
    NDArray tokens = manager.zeros(new Shape(rows.size(), length), DataType.INT64);
    NDArray mask = manager.zeros(new Shape(rows.size(), length));
    long[] last = new long[rows.size()];
    for (int i = 0; i < last.length; i++) {
      tokens.set(
          new ai.djl.ndarray.index.NDIndex("{}, 0:{}", i, rows.get(i).length),
          manager.create(rows.get(i)));
      mask.set(new ai.djl.ndarray.index.NDIndex("{}, 0:{}", i, rows.get(i).length), 1);
      last[i] = (long) i * length + rows.get(i).length - 1;
    }
    return new Batch(
        List.of(),
        tokens,
        mask,
        manager.create(last),
        manager.create(new long[] {0}),
        manager.ones(new Shape(1, 1)));
  }
}
