package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people give instead of a checkpoint, and the one line they read then. */
class LookalikeTest {
  @TempDir private Path folder;

  /** An empty file, or one with a text. */
  private void file(String path, String... text) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), String.join("\n", text));
  }

  private void found(String what, String remedy) {
    found(folder, what, remedy);
  }

  private void found(Path path, String what, String remedy) {
    assertEquals(
        "checkpoint 'x': found %s, expected a Hugging Face folder (config.json, model.safetensors, tokenizer.json); %s"
            .formatted(what, remedy),
        assertThrows(DataException.class, () -> CheckpointFolder.open("x", path))
            .getMessage()
            .replace(folder.toString(), "FOLDER"));
  }

  @Test
  void nothing() {
    found(folder.resolve("none"), "nothing there", "correct the path");
  }

  @Test
  void anEmptyFolder() {
    found("an empty folder", "correct the path, or copy a checkpoint there");
  }

  @Test
  void aFolderOfSomethingElse() throws IOException {
    for (String name : new String[] {"a.txt", "b.txt", "c.txt"}) {
      file(name);
    }
    found("a folder with a.txt, b.txt, c.txt", "correct the path");
    file("d.txt");
    found("a folder with a.txt, b.txt, c.txt and others", "correct the path");
  }

  @Test
  void anAdapter() throws IOException {
    file("adapter_config.json", "{\"peft_type\":\"LORA\",\"base_model_name_or_path\":\"a/b\"}");
    file("adapter_model.safetensors");
    String remedy =
        "merge the two first: PeftModel.from_pretrained(...).merge_and_unload(), then save_pretrained";
    found("a PEFT adapter for 'a/b'", remedy);
    file("config.json", "{}");
    found("a PEFT adapter for 'a/b'", remedy);
    file("adapter_config.json", "{}");
    found("a PEFT adapter for a base model it does not name", remedy);
    file("model.safetensors");
    assertEquals(folder, CheckpointFolder.open("x", folder).path());
  }

  @Test
  void weightsThatAreNotRead() throws IOException {
    file("training_args.bin");
    file("pytorch_model-00001-of-00002.bin");
    found(
        "pickled weights (pytorch_model-00001-of-00002.bin)",
        "save it with safe_serialization=True");
    file("pytorch_model.bin.index.json");
    found("pickled weights (pytorch_model.bin.index.json)", "save it with safe_serialization=True");
    file("consolidated.00.pth");
    found(
        "weights in the layout of their authors (consolidated.00.pth)",
        "use the Hugging Face form of the model");
  }

  @Test
  void ggufAndOnnx() throws IOException {
    file("onnx/model.onnx");
    found("an ONNX graph (onnx/model.onnx)", "use the checkpoint it was exported from");
    file("model-Q4_K_M.gguf");
    String remedy = "make a folder of them: continuo import FILE.gguf --out FOLDER";
    found("GGUF weights (model-Q4_K_M.gguf)", remedy);
  }

  @Test
  void files() throws IOException {
    file("sha256-0a1b", "GGUF\u0003");
    found(
        folder.resolve("sha256-0a1b"),
        "GGUF weights (sha256-0a1b)",
        "make a folder of them: continuo import FILE.gguf --out FOLDER");
    file("model.safetensors");
    found(folder.resolve("model.safetensors"), "a file", "give the folder it is in");
    file("config.json");
    found(folder.resolve("config.json"), "a file", "give the folder it is in");
  }

  @Test
  void whatThisProjectWrites() throws IOException {
    file("run/experiment.conf");
    file("run/results.json");
    found(
        folder.resolve("run"),
        "a run of Continuo",
        "give the checkpoint that backbone names in its experiment.conf");
    file("run/checkpoint/config.json");
    found(folder.resolve("run"), "a run of Continuo", "give FOLDER/run/checkpoint");
    file("run/checkpoints/0-a/run.json");
    file("run/checkpoints/0-a/parameters.safetensors");
    found(
        folder.resolve("run/checkpoints/0-a"),
        "a checkpoint of a run of Continuo, which holds what was trained and not the backbone",
        "continue the run with 'continuo resume'");
    file("suite.json");
    found("a suite of Continuo", "give the checkpoint its runs name");
  }

  @Test
  void theCacheOfTheHub() throws IOException {
    Path model = folder.resolve("models--a--b");
    file("models--a--b/blobs/0");
    Files.createDirectories(model.resolve("snapshots"));
    String what = "a model in the cache of the Hugging Face hub";
    found(model, what, "it has no snapshot: give hf://a/b");
    file("copied/snapshots/11/config.json");
    found(folder.resolve("copied"), what, "give a snapshot in it: FOLDER/copied/snapshots/11");
    file("models--a--b/snapshots/11/config.json");
    file("models--a--b/snapshots/22/config.json");
    found(
        model,
        what,
        "give hf://a/b, or a snapshot in it: FOLDER/models--a--b/snapshots/11 or FOLDER/models--a--b/snapshots/22");
    file("models--a--b/refs/main", "22");
    String snapshot = "give hf://a/b, or a snapshot in it: FOLDER/models--a--b/snapshots/22";
    found(model, what, snapshot);
    found("such a cache", snapshot);
  }

  @Test
  void aFolderAroundIt() throws IOException {
    file("one/config.json");
    found("a folder around one", "give FOLDER/one");
    file("two/config.json");
    found("a folder around several", "give FOLDER/one or FOLDER/two");
  }

  @Test
  void aSentenceTransformersFolderIsReadAsItsTransformer() throws IOException {
    file(
        "modules.json",
        "[{\"path\": \"0_Transformer\", \"type\": \"sentence_transformers.models.Transformer\"},",
        " {\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}]");
    file("0_Transformer/config.json", "{}");
    CheckpointFolder inside = CheckpointFolder.open("x", folder);
    assertEquals(folder.resolve("0_Transformer/config.json"), inside.config());
    assertEquals(folder, inside.root());
    file("config.json", "{}");
    assertEquals(folder, CheckpointFolder.open("x", folder).path());
  }

  @Test
  void sentenceTransformersWithoutOne() throws IOException {
    file("modules.json", "[{\"path\": \"0_W\", \"type\": \"a.WordEmbeddings\"}]");
    found(
        "a sentence-transformers folder of [WordEmbeddings], without a transformer",
        "use one whose modules.json names a Transformer");
    file("modules.json", "[{\"path\": \"../..\", \"type\": \"a.Transformer\"}]");
    assertEquals(
        "FOLDER/modules.json: found path '../..', expected a folder inside this one",
        assertThrows(DataException.class, () -> CheckpointFolder.open("x", folder))
            .getMessage()
            .replace(folder.toString(), "FOLDER"));
    Files.delete(folder.resolve("modules.json"));
    file("model_index.json");
    found("a pipeline of diffusers", "give the folder of a language model");
  }
}
