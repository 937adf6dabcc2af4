package org.continuo.checkpoints.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were cut short, changed on the way or made to do harm: refused, and nothing else. */
class DamagedGgufTest {
  private static final int VERSION = 4;
  private static final int TENSORS = 8;
  private static final int KEYS = 16;

  @TempDir private Path folder;

  private String refused(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.gguf"), bytes);
    return assertThrows(DataException.class, () -> GgufImport.read(file))
        .getMessage()
        .replace(file.toString(), "FILE");
  }

  private static byte[] with(int at, long value) {
    byte[] bytes = GgufBuilder.llama().bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
    return bytes;
  }

  private static byte[] version(int version) {
    byte[] bytes = GgufBuilder.llama().bytes();
    ByteBuffer.wrap(bytes).putInt(VERSION, version);
    return bytes;
  }

  @Test
  void cutAnywhereInTheHeader() throws IOException {
    GgufBuilder file = GgufBuilder.llama();
    byte[] bytes = file.bytes();
    int header = file.header().length;
    for (int length = 0;
        length < header;
        length += length < 400 || length > header - 400 ? 1 : 17) {
      String message = refused(Arrays.copyOf(bytes, length));
      assertTrue(
          message.contains("truncated: it ends at byte " + length)
              || message.contains("cut short")
              || message.contains("found no 'GGUF'"),
          length + ": " + message);
    }
  }

  @Test
  void cutWithinTheElements() throws IOException {
    byte[] bytes = GgufBuilder.llama().bytes();
    String message = refused(Arrays.copyOf(bytes, bytes.length - 100));
    assertTrue(
        message.startsWith("FILE: tensor 'blk.0.ffn_down.weight': truncated: its 384 bytes begin"),
        message);
  }

  @Test
  void bytesThatChanged() throws IOException {
    GgufBuilder file = GgufBuilder.llama();
    byte[] bytes = file.bytes();
    int header = file.header().length;
    Random random = new Random(5);
    int refusals = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(header)] = (byte) random.nextInt(256);
      try {
        GgufImport.read(Files.write(folder.resolve("x.gguf"), changed));
      } catch (DataException e) {
        refusals++;
      }
    }
    // most of a header is letters of tokens, of which many may change
    assertTrue(refusals > 150, "refused " + refusals);
  }

  @Test
  void somethingElse() throws IOException {
    String message = "FILE: found no 'GGUF' at its beginning, expected a GGUF file; give one";
    assertEquals(message, refused(new byte[0]));
    assertEquals(
        message, refused("{\"a\": 1, \"b\": 2, \"c\": 3}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void versionsAndByteOrder() throws IOException {
    assertEquals(
        "FILE: found version 1 of the format, expected 2 or 3; get the file anew, or convert the"
            + " model again",
        refused(version(Integer.reverseBytes(1))));
    assertEquals(
        "FILE: found a file in BIG_ENDIAN order, expected LITTLE_ENDIAN; get the file for common"
            + " processors",
        refused(version(3)));
    GgufBuilder older = GgufBuilder.llama();
    older.version = 2;
    assertEquals("F32 11", GgufImport.read(older.write(folder.resolve("2.gguf"))).forms());
  }

  @Test
  void countsBeyondTheFile() throws IOException {
    for (long count : new long[] {1L << 40, -1, Long.MIN_VALUE, 1_000_000}) {
      String tensors = refused(with(TENSORS, count));
      assertTrue(
          tensors.startsWith(
              "FILE: found a count of %s tensors, which do not fit into the "
                  .formatted(Long.toUnsignedString(count))),
          tensors);
      assertTrue(refused(with(KEYS, count)).contains("keys, which do not fit"));
    }
    // the length of the first key
    assertTrue(
        refused(with(24, 1L << 50)).startsWith("FILE: found 1125899906842624 bytes for the name"));
    assertTrue(refused(with(24, 1 << 23)).startsWith("FILE: truncated: it ends at byte"));
  }

  @Test
  void tensorsThatCannotBe() throws IOException {
    GgufBuilder file = GgufBuilder.llama();
    file.tensors.put("a", new GgufBuilder.Tensor(List.of(8L), 10, new byte[32], -1));
    file.tensors.put("b", new GgufBuilder.Tensor(List.of(8L), 77, new byte[32], -1));
    file.tensors.put("c", new GgufBuilder.Tensor(List.of(48L), 8, new byte[32], -1));
    file.tensors.put("d", new GgufBuilder.Tensor(List.of(8L), 0, new byte[32], 1 << 20));
    file.tensors.put("e", new GgufBuilder.Tensor(List.of(8L), 0, new byte[32], 7));
    file.tensors.put("f", new GgufBuilder.Tensor(List.of(8L, 0L), 0, new byte[32], -1));
    file.tensors.put(
        "g", new GgufBuilder.Tensor(List.of(8L, 1L << 60, 1L << 60), 0, new byte[32], -1));
    file.tensors.put("h", new GgufBuilder.Tensor(List.of(8L), 0, new byte[32], 32));
    List<String> told = refused(file.bytes()).lines().toList();
    String types = BlockType.known().toString();
    assertEquals(
        List.of(
            "FILE: tensor 'a': found type Q2_K, expected one of %s; use the file of the model in one of these"
                .formatted(types),
            "FILE: tensor 'b': found type number 77, expected one of %s; use the file of the model in one of these"
                .formatted(types),
            "FILE: tensor 'c': found sizes [48], expected sizes from 1 and rows of a multiple of 32 for Q8_0; the file is damaged: get it again"),
        told.subList(0, 3));
    assertTrue(told.get(3).startsWith("FILE: tensor 'd': truncated: its 32 bytes begin at byte"));
    assertTrue(told.get(4).startsWith("FILE: tensor 'e': begins at byte 7 of the data, expected"));
    assertTrue(told.get(5).startsWith("FILE: tensor 'f': found sizes [8, 0], expected sizes from"));
    assertTrue(told.get(6).startsWith("FILE: tensor 'g': found sizes [8, 1152921504606846976"));
    assertTrue(told.get(7).matches("FILE: tensor '.*': begins at byte \\d+, within another.*"));
  }

  @Test
  void listsAndDimensions() throws IOException {
    GgufBuilder nested = GgufBuilder.llama();
    nested.values.put("x", List.of(List.of(1)));
    assertEquals(
        "FILE: found a list of lists as the value of key 'x', expected one of single values; use a"
            + " file without it",
        refused(nested.bytes()));
    GgufBuilder deep = GgufBuilder.llama();
    deep.tensors.put(
        "deep", new GgufBuilder.Tensor(List.of(1L, 1L, 1L, 1L, 1L), 0, new byte[4], -1));
    assertTrue(
        refused(deep.bytes()).contains("tensor 'deep': found 5 dimensions, expected 1 to 4"));
    GgufBuilder aligned = GgufBuilder.llama();
    aligned.values.put("general.alignment", 33);
    assertTrue(refused(aligned.bytes()).contains("key 'general.alignment': found 33, expected a"));
  }
}
