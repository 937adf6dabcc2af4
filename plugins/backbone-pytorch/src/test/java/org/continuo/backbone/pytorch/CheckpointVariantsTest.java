package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.tensor.Param;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.SafetensorsWriter.Tensor;
import org.continuo.checkpoints.safetensors.StoredTensor;
import org.continuo.checkpoints.safetensors.TensorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same model stored in other ways. */
class CheckpointVariantsTest {
  private static final List<long[]> ROWS =
      List.of(new long[] {1, 17, 300, 42, 5}, new long[] {1, 9});

  private final ParameterStore store = new ParameterStore();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    store.close();
  }

  /** The fixtures' weights are bfloat16 numbers: both types hold them with hardly a loss. */
  @ParameterizedTest
  @EnumSource(
      value = TensorType.class,
      names = {"F16", "BF16"})
  void halfPrecision(TensorType type) {
    Fixtures.copy("llama", folder, config -> {});
    rewrite(folder, name -> name, type);
    Backbone half = Fixtures.load(folder, store);
    assertEquals(type.name(), half.description().storedAs());
    float[] found = hidden(folder);
    assertArrayEquals(hidden(Fixtures.folder("llama")), found, 1e-5f);
  }

  @Test
  void severalFiles() throws IOException {
    Fixtures.copy("qwen2", folder, config -> {});
    SafetensorsFile whole = SafetensorsFile.open(folder.resolve("model.safetensors"));
    List<Tensor> tensors =
        whole.tensors().values().stream().map(t -> Tensor.copy(whole, t)).toList();
    ObjectNode index = new ObjectMapper().createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    for (int shard = 0; shard < 3; shard++) {
      String name = "model-0000%d-of-00003.safetensors".formatted(shard + 1);
      int from = tensors.size() * shard / 3;
      List<Tensor> part = tensors.subList(from, tensors.size() * (shard + 1) / 3);
      SafetensorsWriter.write(folder.resolve(name), part);
      part.forEach(tensor -> map.put(tensor.name(), name));
    }
    Files.delete(folder.resolve("model.safetensors"));
    new ObjectMapper().writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
    assertArrayEquals(hidden(Fixtures.folder("qwen2")), hidden(folder));
  }

  @Test
  void decoderWithoutPrefix() {
    Fixtures.copy("llama-tied", folder, config -> {});
    rewrite(folder, name -> name.replaceFirst("^model\\.", ""), TensorType.F32);
    assertArrayEquals(hidden(Fixtures.folder("llama-tied")), hidden(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert"})
  void encoderWithPrefix(String name) {
    Fixtures.copy(name, folder, config -> {});
    rewrite(folder, tensor -> name + "." + tensor, TensorType.F32);
    assertArrayEquals(hidden(Fixtures.folder(name)), hidden(folder));
  }

  @Test
  void olderNamesOfNorms() {
    Fixtures.copy("bert", folder, config -> {});
    rewrite(
        folder,
        tensor ->
            tensor
                .replace("LayerNorm.weight", "LayerNorm.gamma")
                .replace("LayerNorm.bias", "LayerNorm.beta"),
        TensorType.F32);
    assertArrayEquals(hidden(Fixtures.folder("bert")), hidden(folder));
  }

  @Test
  void newerSpellingOfRotarySettings() {
    Fixtures.copy(
        "llama3-rope",
        folder,
        config -> {
          ObjectNode rope = config.putObject("rope_parameters");
          rope.setAll((ObjectNode) config.get("rope_scaling"));
          rope.set("rope_theta", config.remove("rope_theta"));
          config.remove("rope_scaling");
        });
    assertArrayEquals(hidden(Fixtures.folder("llama3-rope")), hidden(folder));
  }

  @Test
  void biasesOfLlama() {
    Fixtures.copy(
        "llama", folder, config -> config.put("attention_bias", true).put("mlp_bias", true));
    Path file = folder.resolve("model.safetensors");
    SafetensorsFile before = SafetensorsFile.open(file);
    List<Tensor> tensors = new ArrayList<>();
    before.tensors().values().forEach(tensor -> tensors.add(Tensor.copy(before, tensor)));
    for (StoredTensor tensor : before.tensors().values()) {
      if (tensor.name().endsWith("_proj.weight")) {
        NDArray zeros = store.manager().zeros(new Shape(tensor.shape().get(0)));
        tensors.add(Tensor.of(tensor.name().replace("weight", "bias"), TensorType.F32, zeros));
      }
    }
    Path biased = folder.resolve("biased.safetensors");
    SafetensorsWriter.write(biased, tensors);
    assertTrue(biased.toFile().renameTo(file.toFile()));
    assertArrayEquals(hidden(Fixtures.folder("llama")), hidden(folder));

    Backbone model = Fixtures.load(folder, store);
    float[] without = hidden(model);
    List<Param> biases =
        model.weights().orElseThrow().all().stream()
            .filter(param -> param.name().endsWith(".bias"))
            .toList();
    assertEquals(3 * 7, biases.size());
    for (Param bias : biases) {
      bias.value().addi(0.3f);
      float[] with = hidden(model);
      assertFalse(Arrays.equals(without, with), bias.name());
      bias.value().subi(bias.value());
    }
  }

  @Test
  void exportIsACompleteCheckpointOfTheWeightsAsTheyAre() {
    Backbone bert = Fixtures.load(Fixtures.folder("bert"), store);
    NDArray query =
        bert.weights().orElseThrow().of(bert.linear(List.of(Projection.QUERY)).get(0)).value();
    query.addi(0.5f);
    Path target = folder.resolve("new/folder");
    bert.weights().orElseThrow().export(target);

    assertArrayEquals(hidden(bert), hidden(target));
    SafetensorsFile before =
        SafetensorsFile.open(Fixtures.folder("bert").resolve("model.safetensors"));
    SafetensorsFile after = SafetensorsFile.open(target.resolve("model.safetensors"));
    assertEquals(before.tensors().keySet(), after.tensors().keySet());
    assertArrayEquals(
        before.load("pooler.dense.weight", store.manager()).toFloatArray(),
        after.load("pooler.dense.weight", store.manager()).toFloatArray());
    assertTrue(Files.exists(target.resolve("tokenizer.json")));
    assertTrue(Files.exists(target.resolve("tokenizer_config.json")));
    assertEquals(
        "%s: the model is read from this folder; export to another one"
            .formatted(Fixtures.folder("bert")),
        assertThrows(
                IllegalArgumentException.class,
                () -> bert.weights().orElseThrow().export(Fixtures.folder("bert")))
            .getMessage());
  }

  @Test
  void exportInHalfPrecisionSaysSo() {
    Backbone llama =
        new PytorchBackbonePlugin()
            .create(
                new PytorchBackbonePlugin.Options(
                    new ModelLocation(Fixtures.folder("llama-tied").toString()),
                    Optional.empty(),
                    CheckpointExport.Type.F16))
            .load(store);
    llama.weights().orElseThrow().export(folder);
    JsonNode config = Fixtures.json(folder.resolve("config.json"));
    assertEquals("float16", config.get("torch_dtype").asText());
    SafetensorsFile.open(folder.resolve("model.safetensors"))
        .tensors()
        .values()
        .forEach(tensor -> assertEquals(TensorType.F16, tensor.type()));
    assertArrayEquals(hidden(llama), hidden(folder), 0.005f);
  }

  private void rewrite(Path checkpoint, UnaryOperator<String> rename, TensorType type) {
    Path file = checkpoint.resolve("model.safetensors");
    SafetensorsFile before = SafetensorsFile.open(file);
    List<Tensor> tensors =
        before.tensors().keySet().stream()
            .map(name -> Tensor.of(rename.apply(name), type, before.load(name, store.manager())))
            .toList();
    SafetensorsWriter.write(file, tensors);
  }

  private static float[] hidden(Path checkpoint) {
    try (ParameterStore own = new ParameterStore()) {
      return hidden(Fixtures.load(checkpoint, own), own.manager());
    }
  }

  private float[] hidden(Backbone backbone) {
    return hidden(backbone, store.manager());
  }

  private static float[] hidden(Backbone backbone, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      return backbone
          .prepare(Request.of(Wiring.NONE))
          .forward(Fixtures.batch(ROWS, scope))
          .hidden()
          .orElseThrow()
          .toFloatArray();
    }
  }

  /** As the body alone of a decoder is saved, and a reward or embedding model. */
  @Test
  void aDecoderWithoutItsHeadComputesStatesAndOffersNoLanguageModel() {
    Fixtures.copy("llama", folder, config -> {});
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"));
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        file.tensors().keySet().stream()
            .filter(name -> !name.equals("lm_head.weight"))
            .map(
                name ->
                    Tensor.of(
                        name.substring("model.".length()),
                        TensorType.F32,
                        file.load(name, store.manager())))
            .toList());
    Backbone bare = Fixtures.load(folder, store);
    assertTrue(bare.languageModel().isEmpty());
    assertFalse(offered().contains(Capability.LANGUAGE_MODEL));
    try (ParameterStore other = new ParameterStore()) {
      Backbone whole = Fixtures.load(Fixtures.folder("llama"), other);
      assertArrayEquals(states(whole, other), states(bare, store));
    }
  }

  /** The original library ties nothing where the two differ. */
  @Test
  void aHeadThatIsNotTheTableCountsWhateverTheConfigurationSays() {
    Fixtures.copy("llama-tied", folder, config -> {});
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"));
    NDArray table = file.load("model.embed_tokens.weight", store.manager());
    List<Tensor> tensors = new ArrayList<>();
    file.tensors()
        .keySet()
        .forEach(
            name -> tensors.add(Tensor.of(name, TensorType.F32, file.load(name, store.manager()))));
    tensors.add(Tensor.of("lm_head.weight", TensorType.F32, table));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
    long tied = Fixtures.load(folder, store).description().parameters();
    tensors.set(tensors.size() - 1, Tensor.of("lm_head.weight", TensorType.F32, table.mul(2)));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
    try (ParameterStore other = new ParameterStore()) {
      long apart = Fixtures.load(folder, other).description().parameters();
      assertEquals(tied + table.size(), apart);
    }
    assertTrue(offered().contains(Capability.LANGUAGE_MODEL));
  }

  private Set<Capability> offered() {
    return new PytorchBackbonePlugin()
        .offers(
            new PytorchBackbonePlugin.Options(
                new ModelLocation(folder.toString()), Optional.empty(), CheckpointExport.Type.F32));
  }

  private static float[] states(Backbone backbone, ParameterStore store) {
    return backbone
        .prepare(new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false))
        .forward(Fixtures.batch(ROWS, store.manager()))
        .hidden()
        .orElseThrow()
        .toFloatArray();
  }

  @Test
  void settingsBesideATokenizerCountAsInTheOriginalLibrary() throws IOException {
    Fixtures.copy("bert", folder, config -> {});
    Path settings = folder.resolve("tokenizer_config.json");
    Files.writeString(settings, "{\"tokenizer_class\": \"BertTokenizerFast\"}");
    long[] lower = Fixtures.load(folder, store).tokenizer().encode("a Good Film");
    Files.writeString(
        settings, "{\"tokenizer_class\": \"BertTokenizerFast\", \"do_lower_case\": false}");
    long[] kept = Fixtures.load(folder, store).tokenizer().encode("a Good Film");
    assertFalse(Arrays.equals(lower, kept), Arrays.toString(kept));
    Files.writeString(
        folder.resolve("sentence_bert_config.json"),
        "{\"do_lower_case\": true, \"max_seq_length\": 32}");
    Backbone sentences = Fixtures.load(folder, store);
    assertArrayEquals(lower, sentences.tokenizer().encode("a Good Film"));
    assertEquals(32, sentences.description().maximumLength());
  }

  @Test
  void aConfigurationOfAnotherModelIsRefusedBeforeANetworkIsMade() {
    Fixtures.copy("llama", folder, config -> config.put("num_hidden_layers", 9_999));
    String file = folder.resolve("model.safetensors").toString();
    assertEquals(
        file
            + ": holds layers 0 to 2 ('model.layers.2...'), config.json speaks of 9999; expected the same number in both: take the two files from one model",
        assertThrows(DataException.class, () -> Fixtures.load(folder, store)).getMessage());
  }

  @Test
  void biasesThatTheConfigurationDeniesAreRefused() {
    String file = folder.resolve("model.safetensors").toString();
    Fixtures.copy("qwen2", folder, config -> config.put("model_type", "llama"));
    assertEquals(
        file
            + ": tensor 'model.layers.0.self_attn.k_proj.bias' and 8 others belong to layers, and by config.json a layer of 'llama' has none; expected weights of one form with it: correct model_type, attention_bias or mlp_bias",
        assertThrows(DataException.class, () -> Fixtures.load(folder, store)).getMessage());
  }
}
