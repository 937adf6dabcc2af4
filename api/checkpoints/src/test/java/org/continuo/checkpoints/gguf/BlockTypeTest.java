package org.continuo.checkpoints.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.continuo.checkpoints.Problems;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.checkpoints.safetensors.Halves;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks written by hand from the formulas, and those of the format's own package. */
class BlockTypeTest {
  private static final Path FIXTURES = Path.of("src/test/fixtures/gguf");

  /** Scales that a float16 holds exactly. */
  private static final float D = 0.25f;

  private static final float M = -1.5f;

  private static ByteBuffer block(BlockType type) {
    return ByteBuffer.allocate((int) type.bytes(type.elements())).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void check(BlockType type, ByteBuffer block, IntToDoubleFunction expected) {
    assertEquals(0, block.remaining(), "a block is written whole");
    float[] elements = new float[type.elements()];
    type.unpack(block.flip(), elements, elements.length);
    float[] wanted = new float[elements.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (float) expected.applyAsDouble(i);
    }
    assertArrayEquals(wanted, elements, type.name());
  }

  @Test
  void plainNumbers() {
    check(BlockType.F32, block(BlockType.F32).putFloat(0.1f), i -> 0.1f);
    check(BlockType.F16, block(BlockType.F16).putShort((short) 0x3e00), i -> 1.5);
    check(BlockType.BF16, block(BlockType.BF16).putShort((short) 0xbfc0), i -> -1.5);
  }

  /** q counts 0 to 15, then down from 15: both halves of each byte differ. */
  private static int four(int i) {
    return i < 16 ? i : 31 - i;
  }

  private static void putFours(ByteBuffer block) {
    for (int i = 0; i < 16; i++) {
      block.put((byte) (four(i) | (four(i + 16) << 4)));
    }
  }

  @Test
  void fourBits() {
    ByteBuffer centred = block(BlockType.Q4_0).putShort(Halves.toFloat16(D));
    putFours(centred);
    check(BlockType.Q4_0, centred, i -> D * (four(i) - 8));
    ByteBuffer offset = block(BlockType.Q4_1).putShort(Halves.toFloat16(D));
    offset.putShort(Halves.toFloat16(M));
    putFours(offset);
    check(BlockType.Q4_1, offset, i -> D * four(i) + M);
  }

  @Test
  void fiveBits() {
    // the fifth bit of each third element is set
    int fifth = 0b01001001_00100100_10010010_01001001;
    IntToDoubleFunction q = i -> four(i) + (i % 3 == 0 ? 16 : 0);
    ByteBuffer centred = block(BlockType.Q5_0).putShort(Halves.toFloat16(D)).putInt(fifth);
    putFours(centred);
    check(BlockType.Q5_0, centred, i -> D * (q.applyAsDouble(i) - 16));
    ByteBuffer offset = block(BlockType.Q5_1).putShort(Halves.toFloat16(D));
    offset.putShort(Halves.toFloat16(M)).putInt(fifth);
    putFours(offset);
    check(BlockType.Q5_1, offset, i -> D * q.applyAsDouble(i) + M);
  }

  @Test
  void eightBits() {
    ByteBuffer block = block(BlockType.Q8_0).putShort(Halves.toFloat16(D));
    for (int i = 0; i < 32; i++) {
      block.put((byte) (i * 8 - 128));
    }
    check(BlockType.Q8_0, block, i -> D * (i * 8 - 128));
  }

  /** Group g has scale 7g + 1 and offset 63 - 8g, packed in six bits each. */
  private static void putScales(ByteBuffer block) {
    byte[] packed = new byte[12];
    for (int g = 0; g < 4; g++) {
      int laterScale = 7 * (g + 4) + 1;
      int laterOffset = 63 - 8 * (g + 4);
      packed[g] = (byte) ((7 * g + 1) | ((laterScale >> 4) << 6));
      packed[g + 4] = (byte) ((63 - 8 * g) | ((laterOffset >> 4) << 6));
      packed[g + 8] = (byte) ((laterScale & 15) | ((laterOffset & 15) << 4));
    }
    block.put(packed);
  }

  private static int groupFour(int i) {
    return (i * 7 + i / 32) % 16;
  }

  private static void putGroups(ByteBuffer block) {
    for (int pair = 0; pair < 4; pair++) {
      for (int i = 0; i < 32; i++) {
        int first = pair * 64 + i;
        block.put((byte) (groupFour(first) | (groupFour(first + 32) << 4)));
      }
    }
  }

  @Test
  void groupsOfFourAndFiveBits() {
    ByteBuffer four = block(BlockType.Q4_K).putShort(Halves.toFloat16(D));
    four.putShort(Halves.toFloat16(M));
    putScales(four);
    putGroups(four);
    check(
        BlockType.Q4_K, four, i -> D * (7 * (i / 32) + 1) * groupFour(i) - M * (63 - 8 * (i / 32)));
    ByteBuffer five = block(BlockType.Q5_K).putShort(Halves.toFloat16(D));
    five.putShort(Halves.toFloat16(M));
    putScales(five);
    for (int i = 0; i < 32; i++) {
      // set for group g of element i where g + i is even
      five.put((byte) (i % 2 == 0 ? 0b01010101 : 0b10101010));
    }
    putGroups(five);
    check(
        BlockType.Q5_K,
        five,
        i ->
            D * (7 * (i / 32) + 1) * (groupFour(i) + ((i / 32 + i) % 2 == 0 ? 16 : 0))
                - M * (63 - 8 * (i / 32)));
  }

  @Test
  void groupsOfSixBits() {
    byte[] low = new byte[128];
    byte[] high = new byte[64];
    IntToDoubleFunction q = i -> (i * 5 + i / 64) % 64;
    for (int i = 0; i < 256; i++) {
      int value = (int) q.applyAsDouble(i);
      int quarter = i / 32 % 4;
      low[i / 128 * 64 + i % 64] |= (byte) ((value & 15) << (quarter / 2 * 4));
      high[i / 128 * 32 + i % 32] |= (byte) ((value >> 4) << (quarter * 2));
    }
    ByteBuffer block = block(BlockType.Q6_K).put(low).put(high);
    for (int s = 0; s < 16; s++) {
      block.put((byte) (s * 16 - 128));
    }
    block.putShort(Halves.toFloat16(D));
    check(BlockType.Q6_K, block, i -> D * (i / 16 * 16 - 128) * (q.applyAsDouble(i) - 32));
  }

  @ParameterizedTest
  @EnumSource
  void theSameBitsAsTheFormatsOwnPackage(BlockType type) throws IOException {
    Problems problems = new Problems();
    GgufFile file = GgufFile.open(FIXTURES.resolve("blocks.gguf"), problems);
    problems.check();
    float[] elements = file.read(file.tensors().get(type.name()));
    SafetensorsFile expected = SafetensorsFile.open(FIXTURES.resolve("blocks.safetensors"));
    byte[] bytes = new byte[elements.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(elements);
    assertEquals(expected.sha256(type.name()), new Sha256().add(bytes).hex());
    assertEquals(List.of(3L, 512L), file.tensors().get(type.name()).shape());
  }

  @Test
  void rowsInPortionsAreTheSame() throws IOException {
    GgufFile file = GgufFile.open(FIXTURES.resolve("blocks.gguf"), new Problems());
    GgufTensor tensor = file.tensors().get("Q6_K");
    float[] all = file.read(tensor);
    int[] at = {0};
    file.read(
        tensor,
        Optional.of(2),
        (elements, count) -> {
          for (int i = 0; i < count; i++) {
            assertEquals(all[at[0]++], elements[i]);
          }
        });
    assertEquals(all.length, at[0]);
  }
}
