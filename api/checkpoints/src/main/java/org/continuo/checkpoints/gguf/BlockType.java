package org.continuo.checkpoints.gguf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.checkpoints.safetensors.Halves;

/** How the elements of a tensor are packed: a row is a sequence of blocks of one size. */
enum BlockType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  BF16(30, 1, 2);

  /** Those that exist and are not read, by their number in a file. */
  private static final Map<Integer, String> OTHERS =
      Map.ofEntries(
          Map.entry(9, "Q8_1"),
          Map.entry(10, "Q2_K"),
          Map.entry(11, "Q3_K"),
          Map.entry(15, "Q8_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(20, "IQ4_NL"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(23, "IQ4_XS"),
          Map.entry(24, "I8"),
          Map.entry(25, "I16"),
          Map.entry(26, "I32"),
          Map.entry(27, "I64"),
          Map.entry(28, "F64"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"));

  private final int number;
  private final int elements;
  private final int bytes;

  BlockType(int number, int elements, int bytes) {
    this.number = number;
    this.elements = elements;
    this.bytes = bytes;
  }

  static Optional<BlockType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** What a file means by a number, whether it is read or not. */
  static String name(int number) {
    return of(number)
        .map(BlockType::name)
        .orElseGet(() -> OTHERS.getOrDefault(number, "number " + Integer.toUnsignedString(number)));
  }

  static List<BlockType> known() {
    return List.of(values());
  }

  /** Elements of a block. */
  int elements() {
    return elements;
  }

  /** Bytes of so many elements, a multiple of those of a block. */
  long bytes(long count) {
    return count / elements * bytes;
  }

  /**
   * @param from little-endian, at the beginning of a block
   * @param count elements to be written from the beginning of {@code to}
   */
  void unpack(ByteBuffer from, float[] to, int count) {
    for (int at = 0; at < count; at += elements) {
      switch (this) {
        case F32 -> to[at] = from.getFloat();
        case F16 -> to[at] = Blocks.half(from);
        case BF16 -> to[at] = Halves.fromBfloat16(from.getShort());
        case Q4_0 -> Blocks.q4Centred(from, to, at);
        case Q4_1 -> Blocks.q4(from, to, at);
        case Q5_0 -> Blocks.q5Centred(from, to, at);
        case Q5_1 -> Blocks.q5(from, to, at);
        case Q8_0 -> Blocks.q8(from, to, at);
        case Q4_K -> Blocks.q4Super(from, to, at);
        case Q5_K -> Blocks.q5Super(from, to, at);
        case Q6_K -> Blocks.q6Super(from, to, at);
      }
    }
  }
}
