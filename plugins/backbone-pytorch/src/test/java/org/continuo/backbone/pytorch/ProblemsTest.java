package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.continuo.api.data.Batch;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.network.TransformerBackbone;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.SafetensorsWriter.Tensor;
import org.continuo.checkpoints.safetensors.TensorType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words a user reads when a checkpoint cannot be used. */
class ProblemsTest {
  private final ParameterStore store = new ParameterStore();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void noSuchFolder() {
    check(
        "checkpoint 'FOLDER/none': no such file or folder; expected the folder of a model (config.json, model.safetensors, tokenizer.json) or HUB:NAME; correct the path",
        folder.resolve("none"));
  }

  @Test
  void emptyFolder() {
    check(
        "checkpoint 'FOLDER': found an empty folder, expected a Hugging Face folder (config.json, model.safetensors, tokenizer.json); correct the path, or copy a checkpoint there",
        folder);
  }

  @Test
  void weightsAlone() throws IOException {
    copy("llama", config -> {});
    Files.delete(folder.resolve("config.json"));
    Files.delete(folder.resolve("tokenizer.json"));
    check(
        """
        FOLDER/config.json: no such file; a Hugging Face folder holds config.json, model.safetensors and tokenizer.json
        FOLDER/tokenizer.json: no such file; a Hugging Face folder holds config.json, model.safetensors and tokenizer.json""",
        folder);
  }

  @Test
  void unknownModelType() {
    copy("llama", config -> config.put("model_type", "bloom"));
    check(
        "FOLDER/config.json: key 'model_type': found 'bloom', expected one of [llama, mistral, qwen2, qwen3, phi3, gpt2, gemma2, gemma3_text, gemma3, bert, roberta, distilbert, modernbert]",
        folder);
  }

  @Test
  void everythingWrongWithADecodersConfigurationAtOnce() throws IOException {
    copy(
        "llama",
        config -> {
          config.remove("vocab_size");
          config.put("hidden_size", "64");
          config.put("num_key_value_heads", 3);
          config.put("head_dim", 7);
          config.put("hidden_act", "gegelu");
          config.put("attention_bias", 1);
          config.put("partial_rotary_factor", 0.5);
          config.put("rms_norm_eps", 0);
          config.putObject("rope_parameters").put("rope_type", "yarn").put("factor", 4);
          config.putObject("quantization_config").put("quant_method", "gptq");
        });
    Files.delete(folder.resolve("tokenizer.json"));
    check(
        """
        FOLDER/config.json: key 'quantization_config': the weights are quantized (gptq); expected F32, F16 or BF16 weights: use the original checkpoint
        FOLDER/config.json: key 'hidden_size': found "64", expected a whole number of at least 1
        FOLDER/config.json: key 'num_key_value_heads': found 3, which does not divide num_attention_heads = 8
        FOLDER/config.json: key 'head_dim': found 7, expected an even number (rotary pairs)
        FOLDER/config.json: key 'attention_bias': found 1, expected true or false
        FOLDER/config.json: key 'vocab_size': is missing, expected a whole number of at least 1
        FOLDER/config.json: key 'partial_rotary_factor': found 0.5, expected 1: all of a head turns
        FOLDER/config.json: key 'rope_parameters.rope_type': found 'yarn', expected one of [default, linear, llama3]
        FOLDER/config.json: key 'hidden_act': found 'gegelu', expected one of [silu, swish, gelu, gelu_python, gelu_new, gelu_pytorch_tanh, gelu_fast, gelu_python_tanh, gelu_accurate, quick_gelu, relu, relu2, leaky_relu, tanh, sigmoid, linear]
        FOLDER/config.json: key 'rms_norm_eps': found 0, expected a number above 0
        FOLDER/tokenizer.json: no such file; a Hugging Face folder holds config.json, model.safetensors and tokenizer.json""",
        folder);
  }

  @Test
  void anIncompleteRotaryScaling() {
    copy(
        "llama3-rope",
        config -> {
          ObjectNode scaling = (ObjectNode) config.get("rope_scaling");
          scaling.remove("factor");
          scaling.put("high_freq_factor", 0.5);
        });
    check(
        """
        FOLDER/config.json: key 'rope_scaling.high_freq_factor': found 0.5, expected more than low_freq_factor = 1.0
        FOLDER/config.json: key 'rope_scaling.factor': is missing, expected a number above 0""",
        folder);
  }

  @Test
  void headsThatDoNotDivideTheWidth() {
    copy(
        "bert",
        config ->
            config
                .put("num_attention_heads", 7)
                .put("position_embedding_type", "relative_key")
                .put("is_decoder", true));
    check(
        """
        FOLDER/config.json: key 'num_attention_heads': found 7, which does not divide hidden_size = 64
        FOLDER/config.json: key 'position_embedding_type': found 'relative_key', expected 'absolute'
        FOLDER/config.json: key 'is_decoder': found true, expected false: only the encoder form of bert""",
        folder);
  }

  @Test
  void weightsThatDoNotFitTheConfiguration() {
    copy("llama", config -> {});
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"));
    List<Tensor> tensors = new ArrayList<>();
    for (String name : file.tensors().keySet()) {
      NDArray values = file.load(name, store.manager());
      switch (name) {
        case "lm_head.weight", "model.layers.1.mlp.up_proj.weight" -> {}
        case "model.norm.weight" ->
            tensors.add(Tensor.of(name, TensorType.F32, store.manager().zeros(new Shape(32))));
        case "model.layers.2.self_attn.q_proj.weight" ->
            tensors.add(
                Tensor.of(
                    name,
                    TensorType.I64,
                    values.toType(ai.djl.ndarray.types.DataType.INT64, true)));
        default -> tensors.add(Tensor.of(name, TensorType.F32, values));
      }
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
    check(
        """
        FOLDER/model.safetensors: tensor 'model.layers.2.self_attn.q_proj.weight': found type I64, expected F32, F16 or BF16
        FOLDER/model.safetensors: tensor 'model.norm.weight': found shape (32), expected (64)
        FOLDER/model.safetensors: tensor 'model.layers.1.mlp.up_proj.weight' is missing""",
        folder);
  }

  @Test
  void weightsThatOverflowedAreNamedWhenTheyAreRead() {
    copy("llama", config -> {});
    SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"));
    List<Tensor> tensors = new ArrayList<>();
    for (String name : file.tensors().keySet()) {
      NDArray values = file.load(name, store.manager());
      if (name.equals("model.norm.weight")) {
        values.set(new NDIndex("3"), 1e5); // beyond the largest float16
      }
      tensors.add(Tensor.of(name, TensorType.F16, values));
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
    TransformerBackbone backbone = Fixtures.load(folder, store);
    Batch batch = Fixtures.batch(List.of(new long[] {1, 5, 6}), store.manager());
    Backbone.Prepared prepared = backbone.prepare(Request.of(Wiring.NONE));
    DataException e = assertThrows(DataException.class, () -> prepared.forward(batch));
    assertEquals(
        "FOLDER/model.safetensors: tensor 'model.norm.weight': 0 of 64 numbers are NaN, 1 infinite, expected finite numbers alone; it overflowed when it was trained or converted (F16 ends at 65504): convert it again to BF16 or F32, or use the original",
        e.getMessage().replace(folder.toString(), "FOLDER"));
  }

  @Test
  void weightsOfSomethingElse() {
    copy("distilbert", config -> config.put("n_layers", 1));
    NDArray one = store.manager().ones(new Shape(1));
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"),
        List.of(
            Tensor.of("unet.a", TensorType.F32, one), Tensor.of("unet.b", TensorType.F32, one)));
    check(
        "FOLDER/model.safetensors: none of the 20 tensors expected is there, such as 'embeddings.word_embeddings.weight'; it holds 2 others, such as [unet.a, unet.b]",
        folder);
  }

  @Test
  void truncatedWeights() throws IOException {
    copy("llama", config -> {});
    Path file = folder.resolve("model.safetensors");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 100);
    }
    long size = Files.size(file);
    check(
        "FOLDER/model.safetensors: tensor 'model.norm.weight': truncated: it should end at byte %d, the file ends at byte %d; copy it again"
            .formatted(size + 100, size),
        folder);
  }

  @Test
  void pickledWeights() throws IOException {
    copy("llama", config -> {});
    Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
    check(
        "FOLDER/model.safetensors: no such file, and no model.safetensors.index.json; found pytorch_model.bin, which is not read: save it with safe_serialization=True",
        folder);
  }

  @Test
  void anIndexThatNamesOtherFiles() throws IOException {
    copy("llama", config -> {});
    Files.move(folder.resolve("model.safetensors"), folder.resolve("one.safetensors"));
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        """
        {"weight_map": {"lm_head.weight": "one.safetensors", "ghost": "one.safetensors",
                        "model.norm.weight": "two.safetensors", "x": "../three.safetensors"}}""");
    check(
        """
        FOLDER/model.safetensors.index.json: key 'weight_map': found '../three.safetensors', expected names of files beside it
        FOLDER/model.safetensors.index.json: key 'weight_map': names 3 files, of which [two.safetensors] are not there; fetch them into this folder
        FOLDER/model.safetensors.index.json: key 'weight_map': gives 'one.safetensors' for tensor 'ghost', which is not in that file""",
        folder);
  }

  @Test
  void aConfigurationThatLeavesNoPositionsOrIsNoJson() throws IOException {
    copy("roberta", config -> config.put("max_position_embeddings", 1));
    check(
        "FOLDER/config.json: key 'max_position_embeddings': found 1, expected more than 1: positions start after the padding id",
        folder);
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": ");
    check(
        "FOLDER/config.json: not JSON: Unexpected end-of-input within/between Object entries (line 1, column 16)",
        folder);
  }

  @Test
  void aVocabularyLargerThanTheTable() {
    copy("llama", config -> config.put("vocab_size", 500));
    check(
        """
        FOLDER/tokenizer.json: the vocabulary has ids up to 511, expected less than vocab_size = 500 of config.json
        FOLDER/model.safetensors: tensor 'model.embed_tokens.weight': found shape (512, 64), expected (500, 64)
        FOLDER/model.safetensors: tensor 'lm_head.weight': found shape (512, 64), expected (500, 64)""",
        folder);
  }

  @Test
  void aTokenizerTheLibraryCannotRead() throws IOException {
    copy("llama", config -> {});
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"version\": \"1.0\"}");
    check(
        "FOLDER/tokenizer.json: not a tokenizer the tokenizers library reads: Model missing. at line 1 column 17",
        folder);
  }

  private void copy(String name, Consumer<ObjectNode> change) {
    Fixtures.copy(name, folder, change);
  }

  private void check(String expected, Path checkpoint) {
    DataException e = assertThrows(DataException.class, () -> Fixtures.load(checkpoint, store));
    assertEquals(expected, e.getMessage().replace(folder.toString(), "FOLDER"));
    assertEquals(expected.lines().count(), e.problems().size());
  }
}
