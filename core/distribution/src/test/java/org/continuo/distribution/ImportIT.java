package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A GGUF file written by the format's own package, imported and computed by the assembled program.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ImportIT {
  private static final Path FIXTURES =
      Path.of("../../api/checkpoints/src/test/fixtures/gguf").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void theFolderComputesWhatTheOriginalLibraryMakesOfTheFile() throws Exception {
    Shell.Outcome made =
        continuo().run("import", FIXTURES.resolve("tiny.gguf").toString(), "--out", "tiny");
    assertEquals(0, made.status(), made.err());
    assertEquals(
        "tiny: LLAMA, tensors F32 7, Q8_0 3, Q4_0 2, Q4_1 2, Q5_0 2, Q5_1 2, BF16 2, F16 1, written as F32",
        made.lines().get(0));
    Shell.Outcome facts = continuo().run("inspect", "tiny");
    assertEquals(0, facts.status(), facts.err());
    assertTrue(facts.out().contains("LlamaForCausalLM"), facts.out());
    Files.writeString(
        folder.resolve("sentences.json"),
        "[\"The movie was good, I'd say 1234 times.\", \"Gr\u00f6\u00dfe: 3\u00bd \u2014 na\u00efve \ud83d\ude42\\n\\n  x = y\"]");
    Shell.Outcome computed =
        continuo()
            .run("inspect", "tiny", "--sentences", "sentences.json", "--out", "arrays.safetensors");
    assertEquals(0, computed.status(), computed.err());
    SafetensorsFile arrays = SafetensorsFile.open(folder.resolve("arrays.safetensors"));
    SafetensorsFile expected = SafetensorsFile.open(FIXTURES.resolve("tiny.safetensors"));
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; i < 2; i++) {
        NDArray ids = expected.read("ids." + i, manager);
        assertArrayEquals(
            ids.toLongArray(), row(arrays, "input_ids", i, manager, ids.size()).toLongArray());
        assertArrayEquals(
            expected.load("logits." + i, manager).toFloatArray(),
            row(arrays, "logits", i, manager, ids.size()).toFloatArray(),
            1e-4f);
      }
    }
  }

  /** Without padding, on which side soever it stands. */
  private static NDArray row(
      SafetensorsFile arrays, String name, int row, NDManager manager, long length) {
    long[] mask = arrays.read("attention_mask", manager).get(row).toLongArray();
    long from = 0;
    while (mask[(int) from] == 0) {
      from++;
    }
    return arrays.read(name, manager).get(row).get("{}:{}", from, from + length);
  }

  @Test
  void aFileThatIsCutShortIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(FIXTURES.resolve("tiny.gguf"));
    Files.write(folder.resolve("half.gguf"), Arrays.copyOf(bytes, bytes.length / 2));
    Shell.Outcome outcome = continuo().run("import", "half.gguf", "--out", "half");
    assertEquals(2, outcome.status(), outcome.err());
    assertTrue(outcome.err().startsWith("half.gguf: tensor '"), outcome.err());
    assertTrue(outcome.err().contains("': truncated: its "), outcome.err());
    assertTrue(Files.notExists(folder.resolve("half")));
  }

  private Shell continuo() {
    return Shell.continuo(Distribution.HOME, folder);
  }
}
