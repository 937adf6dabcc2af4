package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointExportTest {
  @TempDir private Path folder;

  @Test
  void everythingBesideTheWeightsComesAlong() throws IOException {
    Configs.read(Family.LLAMA, folder, json -> json.put("dtype", "float32").put("own", 7));
    List<String> beside = List.of("tokenizer.json", "chat_template.jinja", "added_tokens.json");
    for (String name : beside) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(folder.resolve("pytorch_model.bin"), "");
    Path target = folder.resolve("copy");
    CheckpointFolder from = new CheckpointFolder("x", folder);
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      SafetensorsWriter.Tensor one =
          SafetensorsWriter.Tensor.of(
              "a", CheckpointExport.Type.BF16.stored(), manager.create(new float[] {0.5f, -3}));
      CheckpointExport.write(from, List.of(one), target, CheckpointExport.Type.BF16);
      assertArrayEquals(
          new float[] {0.5f, -3},
          SafetensorsFile.open(target.resolve("model.safetensors"))
              .load("a", manager)
              .toFloatArray());
    }
    for (String name : beside) {
      assertEquals(name, Files.readString(target.resolve(name)));
    }
    JsonReader config =
        JsonReader.open(target.resolve("config.json"), new Problems()).orElseThrow();
    assertEquals("bfloat16", config.text("dtype", ""));
    assertEquals(7, config.count("own"));
    assertEquals(false, Files.exists(target.resolve("pytorch_model.bin")));
    assertEquals(
        folder + ": the model is read from this folder; export to another one",
        assertThrows(
                IllegalArgumentException.class,
                () -> CheckpointExport.write(from, List.of(), folder, CheckpointExport.Type.F32))
            .getMessage());
  }
}
