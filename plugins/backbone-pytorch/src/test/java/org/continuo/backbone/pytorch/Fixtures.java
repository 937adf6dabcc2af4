package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.continuo.api.model.ModelLocation;
import org.continuo.api.model.Projection;
import org.continuo.backbone.pytorch.network.TransformerBackbone;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.safetensors.SafetensorsFile;

/**
 * The small checkpoints in {@code src/test/fixtures} with the answers of the original libraries.
 */
public final class Fixtures {
  public static final List<String> DECODERS =
      List.of(
          "llama",
          "llama-tied",
          "llama3-rope",
          "mistral",
          "qwen2",
          "qwen3",
          "gpt2",
          "phi3",
          "gemma2",
          "gemma3");
  public static final List<String> ENCODERS =
      List.of("bert", "roberta", "distilbert", "modernbert");

  /** One of each form of a layer. */
  public static final List<String> FORMS =
      List.of(
          "llama",
          "mistral",
          "bert",
          "distilbert",
          "gpt2",
          "phi3",
          "gemma2",
          "gemma3",
          "modernbert");

  /** The projections of a feed-forward block. */
  public static final List<Projection> BLOCK =
      List.of(Projection.GATE, Projection.UP, Projection.DOWN);

  /** Ids of three texts of different lengths. */
  public static final List<long[]> ROWS =
      List.of(new long[] {1, 17, 300, 42, 5}, new long[] {1, 9}, new long[] {1, 250, 33, 7});

  private static final Path FOLDER = Path.of("src/test/fixtures").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  public static List<String> all() {
    return Stream.concat(DECODERS.stream(), ENCODERS.stream()).toList();
  }

  public static Path folder(String name) {
    return FOLDER.resolve(name);
  }

  public static TransformerBackbone load(Path folder, ParameterStore store) {
    return (TransformerBackbone)
        new PytorchBackbonePlugin()
            .create(
                new PytorchBackbonePlugin.Options(
                    new ModelLocation(folder.toString()),
                    Optional.empty(),
                    CheckpointExport.Type.F32))
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
      JSON.writeValue(target.resolve("config.json").toFile(), config);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    json(folder("sentences.json")).forEach(sentence -> sentences.add(sentence.asText()));
    return sentences;
  }

  /** What the original libraries make of the {@link #sentences}. */
  public record Expected(Path folder) {
    /**
     * An array of {@code expected.safetensors}.
     *
     * @return [N,W]: the N real tokens of all sentences, sentence by sentence; of {@code logits}
     *     only the last token of each
     */
    public NDArray floats(String name, NDManager manager) {
      return SafetensorsFile.open(folder.resolve("expected.safetensors")).load(name, manager);
    }

    /** The ids of each sentence. */
    public List<long[]> ids() {
      List<long[]> rows = new ArrayList<>();
      json(folder.resolve("expected.json")).get("ids").forEach(row -> rows.add(longs(row)));
      return rows;
    }

    /** What greedy generation adds to the first sentence: up to 24 ids, the end's among them. */
    public long[] greedy() {
      return longs(json(folder.resolve("expected.json")).get("greedy"));
    }

    /**
     * The greatest difference of an array where it means something.
     *
     * @param batch of the {@link #sentences}
     * @param found [B*S,W], a row for each position of the batch
     */
    public float worst(String name, NDArray found, Batch batch, NDManager manager) {
      NDArray expected = floats(name, manager);
      assertTrue(expected.abs().max().getFloat() > 0.1, "the fixture has no signal");
      NDArray positions =
          name.equals("logits") ? batch.rows() : batch.mask().flatten().nonzero().flatten();
      NDArray rows = found.get(positions);
      assertEquals(expected.getShape(), rows.getShape(), name);
      return rows.sub(expected).abs().max().getFloat();
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
