package org.continuo.checkpoints.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ChatFrame;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.CheckpointTokenizer;
import org.continuo.checkpoints.Family;
import org.continuo.checkpoints.Problems;
import org.continuo.checkpoints.Rope;
import org.continuo.checkpoints.StoredWeights;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are made, and files that are not taken. */
class GgufImportTest {
  private static final Path FIXTURES = Path.of("src/test/fixtures/gguf");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private CheckpointFolder imported(GgufBuilder file) {
    Path out = folder.resolve("out");
    GgufImport.read(file.write(folder.resolve("model.gguf"))).write(out, CheckpointExport.Type.F32);
    return CheckpointFolder.open("out", out);
  }

  private static CheckpointConfig config(CheckpointFolder from) {
    Problems problems = new Problems();
    Optional<CheckpointConfig> config = CheckpointConfig.read(from, problems);
    problems.check();
    return config.orElseThrow();
  }

  private static CheckpointTokenizer tokenizer(CheckpointFolder from) {
    Problems problems = new Problems();
    Optional<CheckpointTokenizer> tokenizer =
        CheckpointTokenizer.open(from, Optional.of(config(from)), problems);
    problems.check();
    return tokenizer.orElseThrow();
  }

  private static StoredWeights weights(CheckpointFolder from) {
    return StoredWeights.open(from, new Problems()).orElseThrow();
  }

  private static float[] floats(CheckpointFolder from, String name) {
    try (NDManager manager = NDManager.newBaseManager();
        NDArray array = weights(from).file(name).load(name, manager)) {
      return array.toFloatArray();
    }
  }

  /** The message of a refusal, with the path left out. */
  private String refused(GgufBuilder file) {
    Path path = file.write(folder.resolve("model.gguf"));
    return assertThrows(DataException.class, () -> GgufImport.read(path))
        .getMessage()
        .replace(path.toString(), "FILE");
  }

  @Test
  void theModelOfTheFormatsOwnPackage() throws IOException {
    Path out = folder.resolve("tiny");
    GgufImport model = GgufImport.read(FIXTURES.resolve("tiny.gguf"));
    assertEquals("F32 7, Q8_0 3, Q4_0 2, Q4_1 2, Q5_0 2, Q5_1 2, BF16 2, F16 1", model.forms());
    assertEquals(List.of(), model.warnings());
    model.write(out, CheckpointExport.Type.F32);
    CheckpointFolder made = CheckpointFolder.open("tiny", out);
    CheckpointConfig config = config(made);
    assertEquals(new CheckpointConfig.Heads(4, 2, 8), config.heads());
    assertEquals(1e-5, config.norms().epsilon());
    assertEquals(50_000, config.rope(0).orElseThrow().theta());
    assertFalse(config.tied());
    CheckpointTokenizer tokenizer = tokenizer(made);
    SafetensorsFile expected = SafetensorsFile.open(FIXTURES.resolve("tiny.safetensors"));
    List<String> sentences =
        List.of(
            "The movie was good, I'd say 1234 times.",
            "Gr\u00f6\u00dfe: 3\u00bd \u2014 na\u00efve \ud83d\ude42\n\n  x = y");
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; i < sentences.size(); i++) {
        assertArrayEquals(
            expected.read("ids." + i, manager).toLongArray(), tokenizer.encode(sentences.get(i)));
      }
    }
    assertEquals(List.of(268L, 269L), tokenizer.endIds());
    ChatFrame chat = tokenizer.chatFrame();
    assertEquals("[user] ", chat.before());
    assertEquals("<|eot_id|>[assistant] ", chat.after());
    assertFalse(Files.exists(folder.resolve("tiny.part")));
  }

  @Test
  void rotaryPairsArePartedInQueriesAndKeysOfLlama() {
    float[] stored = range(GgufBuilder.HEADS * GgufBuilder.SIZE * GgufBuilder.WIDTH);
    CheckpointFolder made = imported(GgufBuilder.llama());
    String layer = "model.layers.0.self_attn.";
    assertArrayEquals(rows(stored, 0, 2, 1, 3, 4, 6, 5, 7), floats(made, layer + "q_proj.weight"));
    assertArrayEquals(rows(stored, 0, 2, 1, 3), floats(made, layer + "k_proj.weight"));
    assertArrayEquals(rows(stored, 0, 1, 2, 3), floats(made, layer + "v_proj.weight"));
    assertTrue(config(made).tied());
  }

  private static float[] range(int count) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = i / 10f;
    }
    return all;
  }

  private static float[] rows(float[] from, int... rows) {
    float[] taken = new float[rows.length * GgufBuilder.WIDTH];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(
          from, rows[i] * GgufBuilder.WIDTH, taken, i * GgufBuilder.WIDTH, GgufBuilder.WIDTH);
    }
    return taken;
  }

  @Test
  void biasesOfLlamaArePartedToo() {
    GgufBuilder file = GgufBuilder.llama();
    file.floats("blk.0.attn_q.bias", 8);
    file.floats("blk.0.attn_k.bias", 4);
    file.floats("blk.0.attn_v.bias", 4);
    assertTrue(refused(file).startsWith("FILE: tensor 'blk.0.attn_q.bias': found, expected none"));
    file.floats("blk.0.attn_output.bias", 8);
    CheckpointFolder made = imported(file);
    assertTrue(config(made).biases().output());
    assertArrayEquals(
        new float[] {0, .2f, .1f, .3f, .4f, .6f, .5f, .7f},
        floats(made, "model.layers.0.self_attn.q_proj.bias"));
  }

  @Test
  void qwen2HasBiasesAndItsRowsStay() {
    GgufBuilder file = GgufBuilder.llama();
    renamed(file, "qwen2");
    assertTrue(
        refused(file)
            .contains("tensor 'blk.0.attn_q.bias': is missing, expected one of shape [8]"));
    file.floats("blk.0.attn_q.bias", 8);
    file.floats("blk.0.attn_k.bias", 4);
    file.floats("blk.0.attn_v.bias", 4);
    file.floats("output.weight", 262, GgufBuilder.WIDTH);
    CheckpointFolder made = imported(file);
    assertEquals(Family.QWEN2, config(made).family());
    assertFalse(config(made).tied());
    assertArrayEquals(range(8), floats(made, "model.layers.0.self_attn.q_proj.bias"));
    assertArrayEquals(range(64), floats(made, "model.layers.0.self_attn.q_proj.weight"));
  }

  private static void renamed(GgufBuilder file, String architecture) {
    Map<String, Object> values = Map.copyOf(file.values);
    values.forEach(
        (key, value) -> {
          if (key.startsWith("llama.")) {
            file.values.remove(key);
            file.values.put(architecture + key.substring("llama".length()), value);
          }
        });
    file.values.put("general.architecture", architecture);
  }

  @Test
  void aWindowMakesItMistral() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("llama.attention.sliding_window", 16);
    CheckpointConfig config = config(imported(file));
    assertEquals(Family.MISTRAL, config.family());
    assertEquals(16, config.window().at(0));
  }

  @Test
  void positionsMayBeStretched() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("llama.rope.scaling.type", "linear");
    file.values.put("llama.rope.scaling.factor", 4f);
    assertEquals(
        new Rope(10_000, new Rope.Scaling.Linear(4)), config(imported(file)).rope(0).orElseThrow());
  }

  @Test
  void divisorsOfFrequenciesAreTracedBack() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("llama.rope.freq_base", 1e9f);
    file.tensors.put("rope_freqs.weight", GgufBuilder.Tensor.of(1, 8));
    assertEquals(
        new Rope(1e9, new Rope.Scaling.Llama3(8, 1, 4, 8192)),
        config(imported(file)).rope(0).orElseThrow());
    file.tensors.put("rope_freqs.weight", GgufBuilder.Tensor.of(2, 8));
    assertEquals(
        "FILE: tensor 'rope_freqs.weight': found divisors of rotary frequencies that are not those"
            + " of Llama 3.1 and its kin; use the folder the file was made from",
        refused(file));
  }

  @Test
  void weightsMayBeStoredNarrower() throws IOException {
    for (CheckpointExport.Type type :
        List.of(CheckpointExport.Type.BF16, CheckpointExport.Type.F16)) {
      Path out = folder.resolve(type.name());
      GgufImport.read(GgufBuilder.llama().write(folder.resolve("model.gguf"))).write(out, type);
      CheckpointFolder made = CheckpointFolder.open("narrow", out);
      assertEquals(type.name(), weights(made).types());
      float[] norm = floats(made, "model.norm.weight");
      assertArrayEquals(range(8), norm, 1e-2f);
      assertFalse(Arrays.equals(range(8), norm), type.name());
      JsonNode config = JSON.readTree(made.config().toFile());
      assertEquals(type.torchName(), config.get("dtype").asText());
    }
  }

  @Test
  void numbersThatDoNotFitLeaveNoFolder() {
    GgufBuilder file = GgufBuilder.llama();
    file.tensors.put("output_norm.weight", filled(1e6f));
    GgufImport model = GgufImport.read(file.write(folder.resolve("model.gguf")));
    Path out = folder.resolve("out");
    DataException refused =
        assertThrows(DataException.class, () -> model.write(out, CheckpointExport.Type.F16));
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "tensor 'output_norm.weight': found 1000000.0, expected numbers that F16 can hold; choose bf16 or f32"),
        refused.getMessage());
    assertFalse(Files.exists(out) || Files.exists(folder.resolve("out.part")));
    model.write(out, CheckpointExport.Type.BF16);
    file.tensors.put("output_norm.weight", filled(Float.NaN));
    GgufImport damaged = GgufImport.read(file.write(folder.resolve("model.gguf")));
    assertTrue(
        assertThrows(
                DataException.class,
                () -> damaged.write(folder.resolve("other"), CheckpointExport.Type.F32))
            .getMessage()
            .endsWith("found NaN, expected numbers that F32 can hold; get the file again"));
  }

  /** A vector of the width of the model. */
  private static GgufBuilder.Tensor filled(float value) {
    float[] elements = new float[GgufBuilder.WIDTH];
    Arrays.fill(elements, value);
    return GgufBuilder.Tensor.of(elements);
  }

  @Test
  void whatIsThereStays() throws IOException {
    GgufImport model = GgufImport.read(GgufBuilder.llama().write(folder.resolve("model.gguf")));
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("notes.txt"), "mine");
    assertEquals(
        out
            + ": found a folder with files there, expected nothing or an empty folder; name another one",
        assertThrows(DataException.class, () -> model.write(out, CheckpointExport.Type.F32))
            .getMessage());
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(List.of(out.resolve("notes.txt")), files.toList());
    }
    Files.delete(out.resolve("notes.txt"));
    // what an import that was killed left
    Files.createDirectory(folder.resolve("out.part"));
    Files.writeString(folder.resolve("out.part").resolve("model.safetensors.part"), "half");
    model.write(out, CheckpointExport.Type.F32);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          "config.json generation_config.json model.safetensors tokenizer.json tokenizer_config.json",
          files
              .map(file -> file.getFileName().toString())
              .sorted()
              .collect(Collectors.joining(" ")));
    }
  }

  @Test
  void anotherArchitectureIsRefusedAtOnce() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("general.architecture", "mamba");
    file.values.remove("llama.block_count");
    assertEquals(
        "FILE: key 'general.architecture': found 'mamba', expected 'llama' (Llama, Mistral and"
            + " others of that form) or 'qwen2'; convert such a model with transformers:"
            + " from_pretrained(FOLDER, gguf_file=FILE), then save_pretrained",
        refused(file));
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("llama.attention.head_count", 3);
    file.values.put("llama.rope.scaling.type", "yarn");
    file.values.put("llama.expert_count", 8);
    file.values.put("llama.attention.layer_norm_rms_epsilon", "small");
    file.values.put("split.count", 3);
    file.values.put("tokenizer.ggml.pre", "klingon");
    file.values.put("tokenizer.ggml.eos_token_id", 300);
    file.tensors.remove("output_norm.weight");
    file.floats("blk.0.attn_sinks.weight", 4);
    assertEquals(
        List.of(
            "FILE: key 'llama.expert_count': found 8, expected none: mixtures of experts are not read",
            "FILE: key 'split.count': found 3, expected one file; join the parts with llama-gguf-split --merge FIRST OUT",
            "FILE: key 'llama.attention.head_count': found 3, expected a divisor of embedding_length = 8",
            "FILE: key 'llama.attention.layer_norm_rms_epsilon': found small, expected a number above 0",
            "FILE: key 'llama.rope.scaling.type': found yarn, expected 'none' or 'linear'",
            "FILE: tensor 'output_norm.weight': is missing, expected one of shape [8]; get the file again",
            "FILE: tensor 'blk.0.attn_q.weight': found shape [8, 8], expected [6, 8] by the keys of the file; get the file again",
            "FILE: tensor 'blk.0.attn_k.weight': found shape [4, 8], expected [2, 8] by the keys of the file; get the file again",
            "FILE: tensor 'blk.0.attn_v.weight': found shape [4, 8], expected [2, 8] by the keys of the file; get the file again",
            "FILE: tensor 'blk.0.attn_output.weight': found shape [8, 8], expected [8, 6] by the keys of the file; get the file again",
            "FILE: tensor 'blk.0.attn_sinks.weight': found, expected none of that name in a model of this form; use the folder it was made from",
            "FILE: key 'tokenizer.ggml.eos_token_id': found 300, expected the number of one of 262 tokens",
            "FILE: key 'tokenizer.ggml.pre': found klingon, expected one of "
                + PreTokenizer.known()
                + "; use the folder the file was made from"),
        refused(file).lines().toList());
  }

  @Test
  void layersAreCounted() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("llama.block_count", 5000);
    assertEquals(
        "FILE: key 'llama.block_count': found 5000, and tensors of 1 layers; get the file again",
        refused(file));
  }

  @Test
  void notAFile() {
    Path none = folder.resolve("none.gguf");
    assertEquals(
        none + ": found nothing there, expected a GGUF file; correct the path",
        assertThrows(DataException.class, () -> GgufImport.read(none)).getMessage());
    assertEquals(
        folder + ": found a folder, expected a GGUF file; correct the path",
        assertThrows(DataException.class, () -> GgufImport.read(folder)).getMessage());
  }
}
