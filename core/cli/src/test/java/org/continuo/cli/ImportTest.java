package org.continuo.cli;

import static org.continuo.cli.Console.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.cli.Console.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is refused before anything is written; what is written, ImportIT of the distribution tries.
 */
class ImportTest {
  @TempDir private Path folder;

  @Test
  void whatIsNoGgufFile() throws IOException {
    Path file = Files.writeString(folder.resolve("model.gguf"), "{}");
    Path out = folder.resolve("out");
    assertEquals(
        new Outcome(
            2, "", file + ": found no 'GGUF' at its beginning, expected a GGUF file; give one\n"),
        run("import", file.toString(), "--out", out.toString()));
    assertFalse(Files.exists(out));
  }

  @Test
  void aTypeThatIsNone() {
    assertEquals(
        new Outcome(
            2, "", "--dtype: found 'q4', expected one of f32, f16, bf16; give one of these\n"),
        run("import", "model.gguf", "--out", "out", "--dtype", "q4"));
  }

  @Test
  void whereItGoesMustBeSaid() {
    Outcome outcome = run("import", "model.gguf");
    assertEquals(2, outcome.status());
    assertTrue(outcome.err().startsWith("Missing required option: '--out=DIR'"), outcome::err);
  }
}
