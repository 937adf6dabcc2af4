package org.continuo.core.checkpoint;

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
import java.util.Map;
import org.continuo.api.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
  @TempDir Path folder;

  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private Tensors of(Map<String, NDArray> arrays) {
    return new Tensors(arrays);
  }

  /** No two of these have the same bits: negative zero, the smallest number, a NaN with a load. */
  private static final float[] AWKWARD = {
    0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, Float.intBitsToFloat(0x7fc01234), -1f / 3
  };

  @Test
  void everyBitComesBack() throws IOException {
    Path file = folder.resolve("x.safetensors");
    NDArray matrix = manager.arange(6f).reshape(2, 3);
    TensorFile.write(
        file,
        of(
            Map.of(
                "floats", manager.create(AWKWARD),
                "turned", matrix.transpose(),
                "scalar", manager.create(0.1),
                "longs", manager.create(new long[] {Long.MIN_VALUE, (1L << 60) + 1}),
                "flags", manager.create(new boolean[] {true, false, true}),
                "a/b#c \"\u00e9", manager.zeros(new Shape(0, 4), DataType.INT32))));
    Tensors read = TensorFile.read(file, manager);
    assertEquals(6, read.map().size());
    float[] floats = read.get("floats").toFloatArray();
    for (int i = 0; i < AWKWARD.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(AWKWARD[i]), Float.floatToRawIntBits(floats[i]), "number " + i);
    }
    assertEquals(new Shape(3, 2), read.get("turned").getShape());
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, read.get("turned").toFloatArray());
    assertEquals(0.1, read.get("scalar").getDouble());
    assertArrayEquals(new long[] {Long.MIN_VALUE, (1L << 60) + 1}, read.get("longs").toLongArray());
    assertArrayEquals(new boolean[] {true, false, true}, read.get("flags").toBooleanArray());
    assertEquals(new Shape(0, 4), read.get("a/b#c \"\u00e9").getShape());
  }

  /** As others read it. */
  @Test
  void isASafetensorsFile() throws IOException {
    Path file = folder.resolve("x.safetensors");
    TensorFile.write(
        file, of(Map.of("a", manager.arange(5f), "b", manager.create(new long[] {7}))));
    NDList read = NDList.decode(manager, Files.readAllBytes(file));
    assertArrayEquals(new float[] {0, 1, 2, 3, 4}, read.get("a").toFloatArray());
    assertArrayEquals(new long[] {7}, read.get("b").toLongArray());
  }

  @Test
  void anEmptyOneIsReadAsEmpty() throws IOException {
    Path file = folder.resolve("x.safetensors");
    TensorFile.write(file, Tensors.EMPTY);
    assertEquals(Map.of(), TensorFile.read(file, manager).map());
  }

  @Test
  void aFileCutShortIsNotReadAsZeros() throws IOException {
    Path file = folder.resolve("x.safetensors");
    TensorFile.write(file, of(Map.of("a", manager.arange(5f))));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThrows(IOException.class, () -> TensorFile.read(file, manager));
    Files.write(file, java.util.Arrays.copyOf(bytes, 20));
    assertThrows(IOException.class, () -> TensorFile.read(file, manager));
  }
}
