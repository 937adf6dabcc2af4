package org.continuo.moecl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the authors' unmodified code computes on a small model. Its batch is given as ids, so the
 * checkpoint gets a tokenizer here that reads numbers: "15 96 207".
 */
final class ReferenceFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  final JsonNode expected;

  ReferenceFixture(Path folder) {
    this.folder = folder;
    this.expected = json(folder.resolve("expected.json"));
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the checkpoint that can be loaded. */
  Path checkpoint(Path target) throws IOException {
    Path source = folder.resolve("checkpoint");
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(source.resolve(file), target.resolve(file));
    }
    ObjectNode vocabulary = JSON.createObjectNode();
    int size = json(source.resolve("config.json")).get("vocab_size").asInt();
    for (int id = 0; id < size; id++) {
      vocabulary.put(Integer.toString(id), id);
    }
    ObjectNode tokenizer = JSON.createObjectNode();
    tokenizer.put("version", "1.0");
    tokenizer.putArray("added_tokens");
    tokenizer.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
    tokenizer
        .putObject("model")
        .put("type", "WordLevel")
        .put("unk_token", "0")
        .set("vocab", vocabulary);
    JSON.writeValue(target.resolve("tokenizer.json").toFile(), tokenizer);
    return target;
  }

  /** All tasks, each with the one batch. */
  TestStream stream(NDManager manager) {
    Map<String, NDArray> initial = tensors("trainable-initial.safetensors", manager);
    TestStream stream = new TestStream();
    for (JsonNode task : expected.get("tasks")) {
      String name = task.asText();
      long count = initial.get("heads." + name + ".weight").getShape().get(0);
      List<String> labels = new ArrayList<>();
      for (int label = 0; label < count; label++) {
        labels.add("label-" + label);
      }
      stream.with(name, labels, rows());
    }
    return stream;
  }

  private List<TestStream.Row> rows() {
    List<TestStream.Row> rows = new ArrayList<>();
    for (int b = 0; b < expected.get("tokens").size(); b++) {
      JsonNode ids = expected.get("tokens").get(b);
      JsonNode mask = expected.get("mask").get(b);
      String text =
          java.util.stream.IntStream.range(0, ids.size())
              .filter(s -> mask.get(s).asInt() == 1)
              .mapToObj(s -> ids.get(s).asText())
              .collect(Collectors.joining(" "));
      rows.add(new TestStream.Row(text, "label-" + expected.get("labels").get(b).asInt()));
    }
    return rows;
  }

  /** The rows of {@code logits}, in the order of the batch. */
  List<float[]> logits() {
    return StreamSupport.stream(expected.get("logits").spliterator(), false)
        .map(
            row -> {
              float[] values = new float[row.size()];
              for (int c = 0; c < values.length; c++) {
                values[c] = (float) row.get(c).asDouble();
              }
              return values;
            })
        .toList();
  }

  Map<String, NDArray> tensors(String file, NDManager manager) {
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      Map<String, NDArray> tensors = new TreeMap<>();
      for (NDArray array : NDList.decode(manager, in)) {
        tensors.put(array.getName(), array);
      }
      return tensors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The fixture's name of one of our parameters, and the row it is there if theirs holds several of
   * ours.
   *
   * @param row -1: the whole tensor
   */
  record Place(String tensor, int row) {}

  Place place(String parameter) {
    String[] parts = parameter.split("/", -1);
    List<String> tasks = new ArrayList<>();
    expected.get("tasks").forEach(task -> tasks.add(task.asText()));
    if (parts[0].equals("head")) {
      int label = Integer.parseInt(parts[2].replace("label-", ""));
      return new Place("heads." + parts[1] + ".weight", label);
    }
    return switch (parts[1]) {
      case "router" -> new Place(layer(parts[2]) + ".router.weight", -1);
      case "discriminator" ->
          new Place(layer(parts[2]) + ".discriminator.weight", tasks.indexOf(parts[3]));
      case "shared" -> new Place(expert("shared", parts[2]), -1);
      case "task" -> new Place(expert("task" + (tasks.indexOf(parts[2]) + 1), parts[3]), -1);
      default -> throw new IllegalArgumentException("no place for " + parameter);
    };
  }

  private static String layer(String site) {
    return String.join(".", List.of(site.split("\\.", -1)).subList(0, 2));
  }

  /**
   * {@code layers.0.feed-forward.gate.A} there is {@code layers.0.experts.NAME.gate_proj.lora_A}.
   */
  private static String expert(String name, String site) {
    String[] parts = site.split("\\.", -1);
    return layer(site) + ".experts." + name + "." + parts[3] + "_proj.lora_" + parts[4];
  }
}
