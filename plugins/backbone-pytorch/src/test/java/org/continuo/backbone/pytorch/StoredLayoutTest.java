package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.SafetensorsWriter.Tensor;
import org.continuo.checkpoints.safetensors.TensorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose tensors hold several weights, or lie otherwise: the same model in other files. */
class StoredLayoutTest {
  private final ParameterStore store = new ParameterStore();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    store.close();
  }

  /** A copy of a fixture with other tensors. */
  private void copy(
      String name, Consumer<ObjectNode> config, Consumer<Map<String, NDArray>> change) {
    Fixtures.copy(name, folder, config);
    Path file = folder.resolve("model.safetensors");
    SafetensorsFile before = SafetensorsFile.open(file);
    Map<String, NDArray> tensors = new TreeMap<>();
    before.tensors().keySet().forEach(t -> tensors.put(t, before.load(t, store.manager())));
    change.accept(tensors);
    List<Tensor> written = new ArrayList<>();
    tensors.forEach((tensor, array) -> written.add(Tensor.of(tensor, TensorType.F32, array)));
    SafetensorsWriter.write(file, written);
  }

  private static float[] states(Path checkpoint) {
    try (ParameterStore own = new ParameterStore()) {
      return states(Fixtures.load(checkpoint, own), own);
    }
  }

  private static float[] states(Backbone backbone, ParameterStore store) {
    return backbone
        .prepare(new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false))
        .forward(Fixtures.batch(Fixtures.ROWS, store.manager()))
        .hidden()
        .orElseThrow()
        .toFloatArray();
  }

  private static void rename(Map<String, NDArray> tensors, String from, String to) {
    Map<String, NDArray> renamed = new TreeMap<>();
    tensors.forEach((name, array) -> renamed.put(name.replaceFirst(from, to), array));
    tensors.clear();
    tensors.putAll(renamed);
  }

  /** As the first versions of the original library wrote it. */
  @Test
  void gpt2WithoutPrefixAndWithTheBuffersOfOlderVersions() {
    copy(
        "gpt2",
        config -> {},
        tensors -> {
          rename(tensors, "^transformer\\.", "");
          for (int layer = 0; layer < 2; layer++) {
            tensors.put("h." + layer + ".attn.bias", store.manager().ones(new Shape(1, 1, 4, 4)));
            tensors.put("h." + layer + ".attn.masked_bias", store.manager().create(-1e4f));
          }
        });
    assertArrayEquals(states(Fixtures.folder("gpt2")), states(folder));
    Path exported = folder.resolve("exported");
    Fixtures.load(folder, store).weights().orElseThrow().export(exported);
    assertEquals(
        SafetensorsFile.open(folder.resolve("model.safetensors")).tensors().keySet(),
        SafetensorsFile.open(exported.resolve("model.safetensors")).tensors().keySet());
    assertArrayEquals(states(folder), states(exported));
  }

  private static void likeLlama(ObjectNode config) {
    config.putNull("sliding_window");
    config.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", 500);
  }

  @Test
  void fusedTensorsEqualTheSameWeightsApart(@TempDir Path fused) {
    Fixtures.copy("phi3", fused, StoredLayoutTest::likeLlama);
    copy(
        "phi3",
        config -> {
          likeLlama(config);
          config.put("model_type", "llama");
        },
        tensors -> {
          for (int layer = 0; layer < 2; layer++) {
            String attention = "model.layers." + layer + ".self_attn.";
            NDArray qkv = tensors.remove(attention + "qkv_proj.weight");
            tensors.put(attention + "q_proj.weight", qkv.get("0:32"));
            tensors.put(attention + "k_proj.weight", qkv.get("32:48"));
            tensors.put(attention + "v_proj.weight", qkv.get("48:64"));
            String block = "model.layers." + layer + ".mlp.";
            NDArray both = tensors.remove(block + "gate_up_proj.weight");
            tensors.put(block + "gate_proj.weight", both.get("0:48"));
            tensors.put(block + "up_proj.weight", both.get("48:96"));
          }
        });
    assertArrayEquals(states(folder), states(fused));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void anExportOfUnchangedWeightsHoldsTheBytesItWasReadFrom(String name) {
    Backbone backbone =
        new PytorchBackbonePlugin()
            .create(
                new PytorchBackbonePlugin.Options(
                    new ModelLocation(Fixtures.folder(name)),
                    Optional.empty(),
                    CheckpointExport.Type.BF16))
            .load(store);
    backbone.weights().orElseThrow().export(folder);
    SafetensorsFile before =
        SafetensorsFile.open(Fixtures.folder(name).resolve("model.safetensors"));
    SafetensorsFile after = SafetensorsFile.open(folder.resolve("model.safetensors"));
    assertEquals(before.tensors().keySet(), after.tensors().keySet());
    for (String tensor : before.tensors().keySet()) {
      assertEquals(before.sha256(tensor), after.sha256(tensor), tensor);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.language_model.", "language_model.model."})
  void theLanguagePartOfAModelThatReadsImages(String prefix) {
    copy(
        "gemma3",
        config -> {
          ObjectNode part = config.deepCopy();
          config.removeAll();
          config.putArray("architectures").add("Gemma3ForConditionalGeneration");
          config.put("model_type", "gemma3").set("text_config", part);
        },
        tensors -> {
          rename(tensors, "^model\\.", prefix);
          tensors.put("vision_tower.patches.weight", store.manager().ones(new Shape(2)));
        });
    Backbone backbone = Fixtures.load(folder, store);
    assertArrayEquals(states(Fixtures.folder("gemma3")), states(backbone, store));
    assertEquals("Gemma3ForConditionalGeneration", backbone.description().architecture());
    assertEquals(List.of(2L), backbone.tokenizer().endIds());
  }

  @Test
  void aFusedTensorOfAnotherShapeIsRefusedOnce() {
    copy(
        "phi3",
        config -> {},
        tensors ->
            tensors.put(
                "model.layers.0.self_attn.qkv_proj.weight",
                store.manager().zeros(new Shape(96, 32))));
    assertEquals(
        folder.resolve("model.safetensors")
            + ": tensor 'model.layers.0.self_attn.qkv_proj.weight': found shape (96, 32), expected (64, 32)",
        assertThrows(DataException.class, () -> Fixtures.load(folder, store)).getMessage());
  }

  @Test
  void normsThatTheFamilyDoesNotHaveAreRefused(@TempDir Path other) {
    copy("gemma3", config -> config.put("model_type", "gemma2"), tensors -> {});
    DataException e = assertThrows(DataException.class, () -> Fixtures.load(folder, store));
    assertEquals(
        folder.resolve("config.json")
            + ": key 'rope_parameters.full_attention': found settings of one kind of layer, expected the same for all layers",
        e.problems().get(0));
    Fixtures.copy(
        "gemma3",
        other,
        config -> {
          config.put("model_type", "gemma2").remove("rope_parameters");
        });
    assertEquals(
        other.resolve("model.safetensors")
            + ": tensor 'model.layers.0.self_attn.k_norm.weight' and 5 others belong to layers, and by config.json a layer of 'gemma2' has none; expected weights of one form with it: correct model_type, attention_bias or mlp_bias",
        assertThrows(DataException.class, () -> Fixtures.load(other, store)).getMessage());
  }
}
