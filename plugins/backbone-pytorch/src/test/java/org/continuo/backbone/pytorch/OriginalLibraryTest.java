package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.checkpoints.Family;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A folder of checkpoints with what the original library computed on them, each a Hugging Face
 * folder with {@code expected.json}, {@code expected.safetensors} and, of decoders, {@code
 * greedy.json}; all are compared, whatever they are. By default {@code shared/fixtures/hf-more}
 * beside the clone; {@code -Dcontinuo.parity=FOLDER} names another.
 */
class OriginalLibraryTest {
  private static final Path ROOT = root();
  private static final double TOLERANCE = 2e-5;

  private final ParameterStore store = new ParameterStore();

  /** Beside the clone, as other tests look for what is not the repository's. */
  private static Path root() {
    String named = System.getProperty("continuo.parity", "");
    return named.isEmpty()
        ? Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve("shared/fixtures/hf-more"))
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(Path.of("shared/fixtures/hf-more"))
        : Path.of(named);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** The checkpoints of families that are known; none where the folder is absent. */
  static List<Path> checkpoints() throws IOException {
    if (!Files.isDirectory(ROOT)) {
      return List.of(ROOT);
    }
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("expected.safetensors")))
          .filter(
              folder ->
                  Family.ofModelType(
                          Fixtures.json(folder.resolve("config.json")).get("model_type").asText())
                      .isPresent())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("checkpoints")
  void tokensStatesLogitsAndAnswers(Path folder) {
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    Backbone backbone = Fixtures.load(folder, store);
    JsonNode expected = Fixtures.json(folder.resolve("expected.json"));
    List<long[]> rows = new ArrayList<>();
    for (int i = 0; i < expected.get("input_ids").size(); i++) {
      long[] ids = real(expected, i);
      String sentence = expected.get("sentences").get(i).asText();
      assertArrayEquals(ids, backbone.tokenizer().encode(sentence));
      rows.add(ids);
    }
    states(folder, backbone, rows);
    Path greedy = folder.resolve("greedy.json");
    if (Files.exists(greedy)) {
      JsonNode answer = Fixtures.json(greedy);
      long[] prompt = Fixtures.longs(answer.get("prompt_ids"));
      long[] whole = Fixtures.longs(answer.get("greedy"));
      compare(
          backbone,
          List.of(prompt),
          List.of(Arrays.copyOfRange(whole, prompt.length, whole.length)));
    }
    Path batch = folder.resolve("greedy_batch.json");
    if (Files.exists(batch)) {
      List<long[]> answers = new ArrayList<>();
      Fixtures.json(batch).forEach(answer -> answers.add(Fixtures.longs(answer)));
      compare(backbone, rows, answers);
    }
  }

  private static long[] real(JsonNode expected, int row) {
    long[] ids = Fixtures.longs(expected.get("input_ids").get(row));
    long[] mask = Fixtures.longs(expected.get("attention_mask").get(row));
    return Arrays.copyOf(ids, (int) Arrays.stream(mask).sum());
  }

  private void states(Path folder, Backbone backbone, List<long[]> rows) {
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
    try (NDManager scope = store.manager().newSubManager()) {
      Batch batch = Fixtures.batch(rows, scope);
      List<Site> layers = backbone.sites(Site.Kind.LAYER);
      Capture all = Capture.of(Capture.What.OUTPUT, layers, Capture.Pool.NONE);
      Forward answer =
          backbone
              .prepare(new Request(Wiring.NONE, Request.Positions.ALL, List.of(all), false))
              .forward(batch);
      NDArray last = answer.hidden().orElseThrow();
      for (String name : file.tensors().keySet()) {
        if (name.startsWith("hidden_state_")) {
          int layer = Integer.parseInt(name.substring("hidden_state_".length()));
          close(folder, name, file.load(name, scope), answer.capture(all).get(layer - 1), batch);
        }
      }
      close(folder, "last_hidden_state", file.load("last_hidden_state", scope), last, batch);
      if (file.tensors().containsKey("logits")) {
        NDArray logits = backbone.languageModel().orElseThrow().logits(last);
        close(folder, "logits", file.load("logits", scope), logits, batch);
      }
    }
  }

  private static void close(
      Path folder, String name, NDArray expected, NDArray found, Batch batch) {
    NDArray real = batch.mask().flatten().nonzero().flatten();
    long width = expected.getShape().get(2);
    NDArray difference =
        found.reshape(-1, width).get(real).sub(expected.reshape(-1, width).get(real)).abs();
    float scale = Math.max(1, expected.abs().max().getFloat());
    float worst = difference.max().getFloat();
    assertTrue(worst < TOLERANCE * scale, folder + ": " + name + " differs by " + worst);
  }

  /** Up to the first end, which the original library keeps. */
  private static void compare(Backbone backbone, List<long[]> prompts, List<long[]> expected) {
    List<Long> ends = backbone.tokenizer().endIds();
    int limit = expected.stream().mapToInt(answer -> answer.length).max().orElseThrow();
    List<long[]> made =
        backbone
            .languageModel()
            .orElseThrow()
            .generate(new LanguageModel.Generation(Wiring.NONE, prompts, limit, ends));
    for (int row = 0; row < made.size(); row++) {
      long[] answer =
          Arrays.stream(expected.get(row)).takeWhile(id -> !ends.contains(id)).toArray();
      assertArrayEquals(answer, made.get(row));
    }
  }
}
