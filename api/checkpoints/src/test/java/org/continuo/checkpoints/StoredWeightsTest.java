package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.tensor.Tensors;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredWeightsTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 99\n";
  private static final String FETCH =
      "found a git-lfs pointer, expected the 99 bytes it stands for; fetch them with 'git lfs pull' in this folder";

  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  private StoredWeights open() {
    Problems problems = new Problems();
    Optional<StoredWeights> weights =
        StoredWeights.open(new CheckpointFolder("x", folder), problems);
    problems.check();
    return weights.orElseThrow();
  }

  private void refused(String expected) {
    assertEquals(
        expected,
        assertThrows(DataException.class, this::open)
            .getMessage()
            .replace(folder.toString(), "FOLDER"));
  }

  private void write(String file, String tensor, float value) {
    SafetensorsWriter.write(
        folder.resolve(file), new Tensors(Map.of(tensor, manager.create(new float[] {value}))));
  }

  @Test
  void severalFilesAreOneMap() throws IOException {
    write("model-1.safetensors", "b", 1);
    write("model-2.safetensors", "a", 2);
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"a\": \"model-2.safetensors\", \"b\": \"model-1.safetensors\"}}");
    StoredWeights weights = open();
    assertEquals(List.of("a", "b"), List.copyOf(weights.names()));
    assertArrayEquals(new float[] {2}, weights.file("a").load("a", manager).toFloatArray());
    assertEquals("F32", weights.types());
    assertEquals(
        new Sha256()
            .add(folder.resolve("model-1.safetensors"))
            .add(folder.resolve("model-2.safetensors"))
            .hex(),
        weights.sha256());
  }

  @Test
  void anIndexWithoutSomeOfItsFiles() throws IOException {
    write("model-1.safetensors", "a", 1);
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        """
        {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors",
                        "c": "model-3.safetensors"}}""");
    refused(
        "FOLDER/model.safetensors.index.json: key 'weight_map': names 3 files, of which [model-2.safetensors, model-3.safetensors] are not there; fetch them into this folder");
  }

  @Test
  void otherFormsOfWeights() throws IOException {
    String none = "FOLDER/model.safetensors: no such file, and no model.safetensors.index.json";
    refused(none);
    Files.createFile(folder.resolve("mine.safetensors"));
    refused(
        none
            + "; found mine.safetensors, which is not read: if it is the whole model, rename it to model.safetensors");
    Files.createFile(folder.resolve("flax_model.msgpack"));
    refused(
        none
            + "; found flax_model.msgpack, which is not read: load it with transformers, from_flax=True, then save_pretrained");
    Files.createFile(folder.resolve("tf_model.h5"));
    refused(
        none
            + "; found tf_model.h5, which is not read: load it with transformers, from_tf=True, then save_pretrained");
    Files.createFile(folder.resolve("model.onnx"));
    refused(
        none + "; found model.onnx, which is not read: use the checkpoint it was exported from");
    Files.createFile(folder.resolve("pytorch_model.bin.index.json"));
    Files.createFile(folder.resolve("pytorch_model-00001-of-00001.bin"));
    refused(
        none
            + "; found pytorch_model.bin.index.json, which is not read: save it with safe_serialization=True");
    Files.createFile(folder.resolve("model-00001-of-00002.safetensors"));
    refused(
        none
            + "; found model-00001-of-00002.safetensors, which is not read: fetch model.safetensors.index.json too");
  }

  @Test
  void aLinkToNowhere() throws IOException {
    Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("../blobs/0"));
    refused("FOLDER/model.safetensors: a link to a file that is not there; fetch the model again");
  }

  @Test
  void pointersOfGitLfs() throws IOException {
    Files.writeString(folder.resolve("model.safetensors"), POINTER);
    refused("FOLDER/model.safetensors: " + FETCH);
  }

  @Test
  void aTokenizerThatIsAPointerOrSlow() throws IOException {
    CheckpointFolder checkpoint = new CheckpointFolder("x", folder);
    Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n");
    Problems slow = new Problems();
    assertTrue(CheckpointTokenizer.open(checkpoint, Optional.empty(), slow).isEmpty());
    assertEquals(
        checkpoint.tokenizer()
            + ": no such file; found vocab.txt, of a tokenizer that is not fast: save it with transformers, AutoTokenizer.from_pretrained(FOLDER, use_fast=True), then save_pretrained",
        assertThrows(DataException.class, slow::check).getMessage());
    Files.writeString(checkpoint.tokenizer(), POINTER);
    Problems pointer = new Problems();
    assertTrue(CheckpointTokenizer.open(checkpoint, Optional.empty(), pointer).isEmpty());
    assertEquals(
        checkpoint.tokenizer() + ": " + FETCH,
        assertThrows(DataException.class, pointer::check).getMessage());
  }
}
