package org.continuo.checkpoints.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  @TempDir private Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void whatIsWrittenIsRead() {
    NDArray values =
        manager.create(new float[] {0, 1, -2.5f, 1e-3f, 3.1415927f, 7}, new Shape(2, 3));
    NDArray scalar = manager.create(42f);
    NDArray none = manager.create(new Shape(0, 4));
    NDArray ids = manager.create(new long[] {1L << 40, -7});
    Path file = folder.resolve("a.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            SafetensorsWriter.Tensor.of("whole", TensorType.F32, values),
            SafetensorsWriter.Tensor.of("half", TensorType.F16, values),
            SafetensorsWriter.Tensor.of("brain", TensorType.BF16, values),
            SafetensorsWriter.Tensor.of("scalar", TensorType.F32, scalar),
            SafetensorsWriter.Tensor.of("none", TensorType.F32, none),
            SafetensorsWriter.Tensor.of("ids", TensorType.I64, ids)));

    SafetensorsFile read = SafetensorsFile.open(file);
    assertEquals(
        List.of("brain", "half", "ids", "none", "scalar", "whole"),
        List.copyOf(read.tensors().keySet()));
    assertArrayEquals(values.toFloatArray(), read.load("whole", manager).toFloatArray());
    assertEquals(values.getShape(), read.load("half", manager).getShape());
    assertArrayEquals(
        new float[] {0, 1, -2.5f, 1e-3f, 3.1415927f, 7},
        read.load("half", manager).toFloatArray(),
        2e-3f);
    assertArrayEquals(
        new float[] {0, 1, -2.5f, 1e-3f, 3.1415927f, 7},
        read.load("brain", manager).toFloatArray(),
        2e-2f);
    assertEquals(42f, read.load("scalar", manager).getFloat());
    assertEquals(new Shape(0, 4), read.load("none", manager).getShape());
    assertEquals(TensorType.I64, read.tensors().get("ids").type());
    assertEquals(
        "%s: tensor 'ids' of type I64 is not read as float32".formatted(file),
        assertThrows(IllegalArgumentException.class, () -> read.load("ids", manager)).getMessage());
  }

  @Test
  void tensorsBeyondOneBufferAreFilledWindowByWindow() {
    float[] many = new float[700_003];
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 0.5f;
    }
    Path file = folder.resolve("big.safetensors");
    for (TensorType type : List.of(TensorType.F32, TensorType.BF16)) {
      SafetensorsWriter.write(
          file, List.of(SafetensorsWriter.Tensor.of("x", type, manager.create(many))));
      SafetensorsFile read = SafetensorsFile.open(file);
      NDArray array = manager.create(new Shape(many.length), DataType.FLOAT32);
      read.fill(array, read.tensors().get("x"), 300_000);
      assertArrayEquals(read.load("x", manager).toFloatArray(), array.toFloatArray());
      assertArrayEquals(many, array.toFloatArray(), type == TensorType.F32 ? 0 : 1024);
    }
  }

  @Test
  void aFailedWriteLeavesNoFile() throws IOException {
    Path file = folder.resolve("broken.safetensors");
    NDArray ids = manager.create(new long[] {1});
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                SafetensorsWriter.write(
                    file, List.of(SafetensorsWriter.Tensor.of("ids", TensorType.F32, ids))));
    assertEquals(
        "tensor 'ids': cannot write an array of INT64 as F32; expected an array of that type, or of FLOAT32 for F16 and BF16",
        e.getMessage());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void copiesAreTheSameBytes() throws IOException {
    Path source = folder.resolve("original.safetensors");
    NDArray values = manager.arange(700_003f);
    SafetensorsWriter.write(
        source,
        List.of(
            SafetensorsWriter.Tensor.of("whole", TensorType.F32, values),
            SafetensorsWriter.Tensor.of("brain", TensorType.BF16, values),
            SafetensorsWriter.Tensor.of("one", TensorType.F16, manager.create(1f))));
    SafetensorsFile original = SafetensorsFile.open(source);
    Path file = folder.resolve("copy.safetensors");
    SafetensorsWriter.write(
        file,
        Stream.of("whole", "brain", "one")
            .map(name -> SafetensorsWriter.Tensor.copy(original, original.tensors().get(name)))
            .toList());
    assertEquals(-1, Files.mismatch(source, file));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    check("%s: is 3 bytes long; expected at least 8 (the length of the header)", new byte[3]);
    check(
        "%s: bad header: its length is given as 7234017283807667300 bytes, expected 2 to 100000000; this is not a safetensors file",
        "dddddddd".getBytes(StandardCharsets.UTF_8));
    check(
        "%s: truncated: the header should end at byte 108, the file at byte 10; copy it again",
        withLength(100, "{}", 0));
    check("%s: bad header: expected a JSON object, found ARRAY", with("[]", 0));
    check(
        "%s: bad header: not JSON: Unexpected character ('x' (code 120)): was expecting double-quote to start field name",
        with("{xy", 0));
    Path missing = folder.resolve("missing.safetensors");
    assertEquals(
        missing + ": no such file; expected a safetensors file",
        assertThrows(DataException.class, () -> SafetensorsFile.open(missing)).getMessage());
  }

  @Test
  void saysWhatIsWrongWithEachTensorOfAHeader() throws IOException {
    check(
        """
        %1$s: tensor 'a': dtype is "Q4", expected one of [F64, F32, F16, BF16, F8_E4M3, F8_E5M2, I64, I32, I16, I8, U64, U32, U16, U8, BOOL]
        %1$s: tensor 'b': shape is [-2] and data_offsets is [0,8], expected lists of whole numbers from 0
        %1$s: tensor 'c': data_offsets [0,8] hold 8 bytes, expected 16 for F32 [4]
        %1$s: tensor 'd': truncated: it should end at byte %2$d, the file ends at byte %3$d; copy it again
        %1$s: tensor 'f': shape is [2] and data_offsets is [-8,0], expected lists of whole numbers from 0
        %1$s: tensor 'g': data_offsets [8,0] hold -8 bytes, expected 8 for F32 [2]
        %1$s: tensor 'h': data_offsets [0,8] hold 8 bytes, expected more than a file can hold for F64 [4611686018427387904,8]
        %1$s: tensor 'i': shape is [0.5] and data_offsets is [0,99999999999999999999], expected lists of whole numbers from 0
        %1$s: tensor 'j': truncated: it should end at byte %4$s, the file ends at byte %3$d; copy it again
        %1$s: tensor 'k': dtype is , expected one of [F64, F32, F16, BF16, F8_E4M3, F8_E5M2, I64, I32, I16, I8, U64, U32, U16, U8, BOOL]""",
        with(
            """
            {"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]},
             "b":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]},
             "c":{"dtype":"F32","shape":[4],"data_offsets":[0,8]},
             "d":{"dtype":"F16","shape":[2,2],"data_offsets":[4,12]},
             "e":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
             "f":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]},
             "g":{"dtype":"F32","shape":[2],"data_offsets":[8,0]},
             "h":{"dtype":"F64","shape":[4611686018427387904,8],"data_offsets":[0,8]},
             "i":{"dtype":"F32","shape":[0.5],"data_offsets":[0,99999999999999999999]},
             "j":{"dtype":"U8","shape":[7],"data_offsets":[9223372036854775800,9223372036854775807]},
             "k":7}""",
            8));
  }

  @Test
  void tensorsLieOneAfterTheOther() throws IOException {
    check(
        "%s: tensor 'b': begins at byte 4 of the data, expected byte 8, where the one before it ends; the file is damaged: get it again",
        with(
            """
            {"b":{"dtype":"U8","shape":[8],"data_offsets":[4,12]},
             "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
            12));
    check(
        "%s: tensor 'b': begins at byte 9 of the data, expected byte 8, where the one before it ends; the file is damaged: get it again",
        with(
            """
            {"b":{"dtype":"U8","shape":[3],"data_offsets":[9,12]},
             "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
            12));
    check(
        "%s: found 4 bytes after the last tensor, expected the end of the file; the file is damaged: get it again",
        with("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 12));
    check(
        "%s: bad header: not JSON: Duplicate field 'a'",
        with(
            """
            {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},
             "a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""",
            8));
  }

  @Test
  void aPointerOfGitLfsIsNoFile() throws IOException {
    check(
        "%s: found a git-lfs pointer, expected the 269060552 bytes it stands for; fetch them with 'git lfs pull' in this folder",
        """
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 269060552
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  private void check(String expected, byte[] content) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Files.write(file, content);
    DataException e = assertThrows(DataException.class, () -> SafetensorsFile.open(file));
    int size = content.length;
    assertEquals(
        expected.formatted(file, size + 4, size, Long.toUnsignedString(size - 8 + Long.MAX_VALUE)),
        e.getMessage());
  }

  private static byte[] with(String header, int data) {
    return withLength(header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  private static byte[] withLength(long length, String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 + text.length + data];
    Arrays.fill(bytes, (byte) 0);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text);
    return bytes;
  }

  /** What can be opened lies inside the file and can be read; anything else is a refusal. */
  @Test
  void changedHeadersAreRefusedOrReadInsideTheFile() throws IOException {
    Path file = folder.resolve("changed.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            SafetensorsWriter.Tensor.of("a", TensorType.F32, manager.ones(new Shape(2, 3))),
            SafetensorsWriter.Tensor.of("b", TensorType.BF16, manager.ones(new Shape(4)))));
    byte[] whole = Files.readAllBytes(file);
    byte[] letters =
        "0123456789-.,:{}[]\"eE 9223372036854775807".getBytes(StandardCharsets.US_ASCII);
    Random random = new Random(11);
    int opened = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] changed = whole.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(changed.length - 24);
        changed[at] = at < 8 ? (byte) random.nextInt() : letters[random.nextInt(letters.length)];
      }
      Files.write(file, changed);
      try {
        SafetensorsFile read = SafetensorsFile.open(file);
        for (var tensor : read.tensors().values()) {
          assertTrue(tensor.begin() >= 8 && tensor.end() <= changed.length, tensor.toString());
          if (tensor.type().array().isPresent()) {
            read.read(tensor.name(), manager).close();
          }
        }
        opened++;
      } catch (DataException refusal) {
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
      }
    }
    assertTrue(opened > 0 && opened < 1_000, "opened " + opened);
  }
}
