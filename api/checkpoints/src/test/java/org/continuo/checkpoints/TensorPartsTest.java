package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.TensorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several weights in one tensor, stored as they are and turned. */
class TensorPartsTest {
  private static final String QUERY = "layers.1.attention.query.weight";
  private static final String KEY = "layers.1.attention.key.weight";
  private static final String VALUE = "layers.1.attention.value.weight";

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  @TempDir private Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  private TensorParts attention(Family family) {
    TensorParts parts = WeightNames.of(family).parts(KEY);
    parts.put(QUERY, new Shape(2, 3));
    parts.put(KEY, new Shape(1, 3));
    assertEquals(Optional.empty(), parts.stored(), "one is not known yet");
    parts.put(VALUE, new Shape(1, 3));
    return parts;
  }

  private SafetensorsFile file(String tensor, NDArray values) {
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(
        file, List.of(SafetensorsWriter.Tensor.of(tensor, TensorType.BF16, values)));
    return SafetensorsFile.open(file);
  }

  @Test
  void oneAfterAnother() {
    TensorParts parts = attention(Family.PHI3);
    assertEquals("model.layers.1.self_attn.qkv_proj.weight", parts.tensor());
    assertEquals(Optional.of(new Shape(4, 3)), parts.stored());
    NDArray whole = manager.arange(12f).reshape(4, 3);
    check(parts, file(parts.tensor(), whole), whole);
  }

  @Test
  void turned() {
    TensorParts parts = attention(Family.GPT2);
    assertEquals("transformer.h.1.attn.c_attn.weight", parts.tensor());
    assertEquals(Optional.of(new Shape(3, 4)), parts.stored());
    NDArray whole = manager.arange(12f).reshape(4, 3);
    check(parts, file(parts.tensor(), whole.transpose().flatten().reshape(3, 4)), whole);
  }

  private void check(TensorParts parts, SafetensorsFile file, NDArray whole) {
    NDArray query = parts.load(file, QUERY, manager);
    assertEquals(new Shape(2, 3), query.getShape());
    assertArrayEquals(whole.get("0:2").toFloatArray(), query.toFloatArray());
    NDArray value = parts.load(file, VALUE, manager);
    assertArrayEquals(whole.get("3:4").toFloatArray(), value.toFloatArray());

    NDArray key = manager.create(new float[] {-1, -2, -3}, new Shape(1, 3));
    int arrays = manager.getManagedArrays().size();
    Path changed = folder.resolve("changed.safetensors");
    SafetensorsWriter.write(
        changed,
        List.of(parts.join(TensorType.F32, Map.of(QUERY, query, KEY, key, VALUE, value)::get)));
    assertEquals(arrays, manager.getManagedArrays().size(), "what was joined is freed");
    SafetensorsFile again = SafetensorsFile.open(changed);
    assertEquals(parts.stored().orElseThrow(), again.tensors().get(parts.tensor()).shape());
    assertArrayEquals(query.toFloatArray(), parts.load(again, QUERY, manager).toFloatArray());
    assertArrayEquals(key.toFloatArray(), parts.load(again, KEY, manager).toFloatArray());
    assertArrayEquals(value.toFloatArray(), parts.load(again, VALUE, manager).toFloatArray());
  }

  @Test
  void mostTensorsHoldOneWeight() {
    TensorParts llama = WeightNames.of(Family.LLAMA).parts(KEY);
    llama.put(KEY, new Shape(1, 3));
    assertEquals(Optional.of(new Shape(1, 3)), llama.stored());
    WeightNames gpt2 = WeightNames.of(Family.GPT2);
    TensorParts bias = gpt2.parts("layers.0.feed-forward.up.bias");
    bias.put("layers.0.feed-forward.up.bias", new Shape(7));
    assertEquals(Optional.of(new Shape(7)), bias.stored());
    TensorParts table = gpt2.parts("embeddings.tokens.weight");
    table.put("embeddings.tokens.weight", new Shape(5, 2));
    assertEquals(Optional.of(new Shape(5, 2)), table.stored(), "is not a projection");
  }

  @Test
  void gateAndUpTogether() {
    String gate = "layers.0.feed-forward.gate.weight";
    String up = "layers.0.feed-forward.up.weight";
    TensorParts parts = WeightNames.of(Family.MODERNBERT).parts(up);
    parts.put(gate, new Shape(1, 2));
    parts.put(up, new Shape(1, 2));
    NDArray whole = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    SafetensorsFile file = file("layers.0.mlp.Wi.weight", whole);
    assertArrayEquals(new float[] {1, 2}, parts.load(file, gate, manager).toFloatArray());
    assertArrayEquals(new float[] {3, 4}, parts.load(file, up, manager).toFloatArray());
    assertEquals(
        "tensor 'layers.0.mlp.Wi.weight' does not hold '" + KEY + "'",
        assertThrows(IllegalArgumentException.class, () -> parts.load(file, KEY, manager))
            .getMessage());
  }

  @Test
  void rowsOfATensorThatHasNotSoMany() {
    NDArray whole = manager.arange(4f).reshape(2, 2);
    SafetensorsFile file = file("t", whole);
    assertArrayEquals(new float[] {2, 3}, file.load("t", 1, 2, manager).toFloatArray());
    assertEquals(new Shape(0, 2), file.load("t", 1, 1, manager).getShape());
    assertThrows(IndexOutOfBoundsException.class, () -> file.load("t", 1, 3, manager));
  }

  @Test
  void buffersOfOlderVersionsAreNoWeights() {
    WeightNames names = WeightNames.of(Family.GPT2);
    assertTrue(names.leftover("transformer.h.0.attn.bias"));
    assertTrue(names.leftover("h.11.attn.masked_bias"));
    assertFalse(names.leftover("transformer.h.0.attn.c_attn.bias"));
    assertFalse(WeightNames.of(Family.LLAMA).leftover("transformer.h.0.attn.bias"));
  }

  @Test
  void prefixesOfModelsThatReadImages() {
    for (String prefix : List.of("model.language_model.", "language_model.model.")) {
      WeightNames names = WeightNames.of(Family.GEMMA3, (prefix + "embed_tokens.weight")::equals);
      assertEquals(
          prefix + "layers.0.pre_feedforward_layernorm.weight",
          names.tensor("layers.0.feed-forward-norm.weight"));
      assertEquals(
          prefix.startsWith("model") ? "lm_head.weight" : "language_model.lm_head.weight",
          names.tensor("head.weight"));
    }
  }
}
