package org.continuo.checkpoints.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.continuo.api.data.DataException;
import org.continuo.api.tensor.Tensors;
import org.continuo.checkpoints.files.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BitForBitTest {
  /** Of the file of {@link #everyBitComesBack}, as the first version wrote it. */
  private static final String GOLDEN =
      "c8e0392de14f86f6060d16f395e1f1ae054b61f8ef66ecec783dad6ed6ed463c";

  /** No two of these have the same bits: negative zero, the smallest number, a NaN with a load. */
  private static final float[] AWKWARD = {
    0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, Float.intBitsToFloat(0x7fc01234), -1f / 3
  };

  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void everyBitComesBack() throws IOException {
    Path file = folder.resolve("x.safetensors");
    NDArray matrix = manager.arange(6f).reshape(2, 3);
    SafetensorsWriter.write(
        file,
        new Tensors(
            Map.of(
                "floats", manager.create(AWKWARD),
                "turned", matrix.transpose(),
                "scalar", manager.create(0.1),
                "longs", manager.create(new long[] {Long.MIN_VALUE, (1L << 60) + 1}),
                "flags", manager.create(new boolean[] {true, false, true}),
                "a/b#c \"\u00e9", manager.zeros(new Shape(0, 4), DataType.INT32))));
    assertEquals(GOLDEN, new Sha256().add(file).hex());
    Tensors read = SafetensorsFile.open(file).read(manager);
    assertEquals(6, read.map().size());
    float[] floats = read.get("floats").toFloatArray();
    for (int i = 0; i < AWKWARD.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(AWKWARD[i]), Float.floatToRawIntBits(floats[i]), "number " + i);
    }
    assertEquals(new Shape(3, 2), read.get("turned").getShape());
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, read.get("turned").toFloatArray());
    assertEquals(0.1, read.get("scalar").getDouble());
    assertEquals(new Shape(), read.get("scalar").getShape());
    assertArrayEquals(new long[] {Long.MIN_VALUE, (1L << 60) + 1}, read.get("longs").toLongArray());
    assertArrayEquals(new boolean[] {true, false, true}, read.get("flags").toBooleanArray());
    assertEquals(new Shape(0, 4), read.get("a/b#c \"\u00e9").getShape());
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT64", "FLOAT32", "FLOAT16", "INT64", "INT32", "INT8", "UINT8", "BOOLEAN"})
  void arraysOfEveryType(DataType type) {
    Path file = folder.resolve("x.safetensors");
    NDArray array =
        manager
            .create(new float[] {0, 1, 1, 0, 7, 100}, new Shape(2, 3))
            .toType(type, true)
            .transpose();
    SafetensorsWriter.write(file, new Tensors(Map.of("a", array)));
    NDArray read = SafetensorsFile.open(file).read("a", manager);
    assertEquals(type, read.getDataType());
    assertEquals(array.getShape(), read.getShape());
    assertArrayEquals(bytes(array), bytes(read));
  }

  private static byte[] bytes(NDArray array) {
    byte[] bytes = new byte[Math.toIntExact(array.size()) * array.getDataType().getNumOfBytes()];
    array.toByteBuffer().get(bytes);
    return bytes;
  }

  @Test
  void arraysLargerThanABlockAreWrittenAndReadInParts() {
    Path file = folder.resolve("x.safetensors");
    NDArray many = manager.arange(0, 700_003, 1, DataType.INT64);
    SafetensorsWriter.write(file, new Tensors(Map.of("many", many)));
    SafetensorsFile stored = SafetensorsFile.open(file);
    assertArrayEquals(many.toLongArray(), stored.read("many", manager).toLongArray());
    NDArray filled = manager.create(many.getShape(), DataType.INT64);
    stored.fill(filled, stored.tensors().get("many"), 300_000);
    assertArrayEquals(many.toLongArray(), filled.toLongArray());
  }

  @Test
  void refusesWhatNoEngineHolds() {
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.write(
        file,
        java.util.List.of(
            SafetensorsWriter.Tensor.of("a", TensorType.BF16, manager.create(new float[] {1}))));
    assertEquals(
        file
            + ": tensor 'a': found type BF16, expected one of [F64, F32, F16, I64, I32, I8, U8, BOOL];"
            + " write it in one of these",
        assertThrows(DataException.class, () -> SafetensorsFile.open(file).read(manager))
            .getMessage());
    NDArray complex = manager.create(new float[] {1, 2}).toType(DataType.COMPLEX64, true);
    assertEquals(
        "tensor 'c': found an array of COMPLEX64, expected one that is stored as one of [F64, F32,"
            + " F16, I64, I32, I8, U8, BOOL]",
        assertThrows(
                IllegalArgumentException.class, () -> SafetensorsWriter.Tensor.of("c", complex))
            .getMessage());
  }

  /** As others read it. */
  @Test
  void isASafetensorsFile() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.write(
        file, new Tensors(Map.of("a", manager.arange(5f), "b", manager.create(new long[] {7}))));
    NDList read = NDList.decode(manager, Files.readAllBytes(file));
    assertArrayEquals(new float[] {0, 1, 2, 3, 4}, read.get("a").toFloatArray());
    assertArrayEquals(new long[] {7}, read.get("b").toLongArray());
  }

  @Test
  void anEmptyOneIsReadAsEmpty() {
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.write(file, Tensors.EMPTY);
    assertEquals(Map.of(), SafetensorsFile.open(file).read(manager).map());
  }

  @Test
  void aFileCutShortIsNotReadAsZeros() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.write(file, new Tensors(Map.of("a", manager.arange(5f))));
    byte[] bytes = Files.readAllBytes(file);
    SafetensorsFile open = SafetensorsFile.open(file);
    for (int length : new int[] {bytes.length - 1, 20}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThrows(DataException.class, () -> SafetensorsFile.open(file));
      assertThrows(java.io.UncheckedIOException.class, () -> open.read(manager));
    }
  }
}
