package org.continuo.checkpoints.gguf;

import java.nio.ByteBuffer;
import org.continuo.checkpoints.safetensors.Halves;

/**
 * The blocks of quantized tensors, {@code d} their scale and {@code m} their offset, both float16.
 * Blocks of 32 hold {@code d q} or {@code d q + m}; blocks of 256 hold eight or sixteen groups with
 * whole-numbered scales and offsets of their own, {@code d s q - m o}. The order of the operations
 * is that of ggml's reference: results are the same to the bit.
 */
final class Blocks {
  private static final int HALF_BLOCK = 16;
  private static final int GROUP = 32;
  private static final int SUPER_BLOCK = 256;
  private static final int PACKED_SCALES = 12;

  private Blocks() {}

  static float half(ByteBuffer from) {
    return Halves.fromFloat16(from.getShort());
  }

  /** {@code d (q - 8)}, q of 4 bits: the lower halves of 16 bytes, then the upper ones. */
  static void q4Centred(ByteBuffer from, float[] to, int at) {
    float d = half(from);
    for (int i = at; i < at + HALF_BLOCK; i++) {
      byte both = from.get();
      to[i] = d * (lower(both) - 8);
      to[i + HALF_BLOCK] = d * (upper(both) - 8);
    }
  }

  /** {@code d q + m}, q of 4 bits. */
  static void q4(ByteBuffer from, float[] to, int at) {
    float d = half(from);
    float m = half(from);
    for (int i = at; i < at + HALF_BLOCK; i++) {
      byte both = from.get();
      to[i] = d * lower(both) + m;
      to[i + HALF_BLOCK] = d * upper(both) + m;
    }
  }

  /** {@code d (q - 16)}, q of 5 bits: the fifth ones of all 32 come first. */
  static void q5Centred(ByteBuffer from, float[] to, int at) {
    float d = half(from);
    int fifth = from.getInt();
    for (int i = 0; i < HALF_BLOCK; i++) {
      byte both = from.get();
      to[at + i] = d * (with(lower(both), fifth >>> i) - 16);
      to[at + i + HALF_BLOCK] = d * (with(upper(both), fifth >>> (i + HALF_BLOCK)) - 16);
    }
  }

  /** {@code d q + m}, q of 5 bits. */
  static void q5(ByteBuffer from, float[] to, int at) {
    float d = half(from);
    float m = half(from);
    int fifth = from.getInt();
    for (int i = 0; i < HALF_BLOCK; i++) {
      byte both = from.get();
      to[at + i] = d * with(lower(both), fifth >>> i) + m;
      to[at + i + HALF_BLOCK] = d * with(upper(both), fifth >>> (i + HALF_BLOCK)) + m;
    }
  }

  /** {@code d q}, q a signed byte. */
  static void q8(ByteBuffer from, float[] to, int at) {
    float d = half(from);
    for (int i = at; i < at + GROUP; i++) {
      to[i] = d * from.get();
    }
  }

  /** Eight groups of 32, q of 4 bits: two groups share 32 bytes. */
  static void q4Super(ByteBuffer from, float[] to, int at) {
    float d = half(from);
    float m = half(from);
    byte[] scales = take(from, PACKED_SCALES);
    byte[] low = take(from, SUPER_BLOCK / 2);
    for (int group = 0; group < SUPER_BLOCK / GROUP; group++) {
      float scale = d * scale(scales, group);
      float offset = m * offset(scales, group);
      for (int i = 0; i < GROUP; i++) {
        to[at + group * GROUP + i] = scale * fourBits(low, group, i) - offset;
      }
    }
  }

  /** The same with q of 5 bits: the fifth one of each of the eight groups makes a byte. */
  static void q5Super(ByteBuffer from, float[] to, int at) {
    float d = half(from);
    float m = half(from);
    byte[] scales = take(from, PACKED_SCALES);
    byte[] fifth = take(from, GROUP);
    byte[] low = take(from, SUPER_BLOCK / 2);
    for (int group = 0; group < SUPER_BLOCK / GROUP; group++) {
      float scale = d * scale(scales, group);
      float offset = m * offset(scales, group);
      for (int i = 0; i < GROUP; i++) {
        int q = with(fourBits(low, group, i), fifth[i] >> group);
        to[at + group * GROUP + i] = scale * q - offset;
      }
    }
  }

  private static int fourBits(byte[] low, int group, int i) {
    byte both = low[group / 2 * GROUP + i];
    return group % 2 == 0 ? lower(both) : upper(both);
  }

  /** Scales of 6 bits: the first four in the lower bits of bytes 0 to 3, the others spread. */
  private static int scale(byte[] packed, int group) {
    return group < 4
        ? packed[group] & 63
        : lower(packed[group + 4]) | (topTwo(packed[group - 4]) << 4);
  }

  private static int offset(byte[] packed, int group) {
    return group < 4
        ? packed[group + 4] & 63
        : upper(packed[group + 4]) | (topTwo(packed[group]) << 4);
  }

  /** {@code d s (q - 32)}, q of 6 bits, s a signed byte for each 16; d comes last. */
  static void q6Super(ByteBuffer from, float[] to, int at) {
    byte[] low = take(from, SUPER_BLOCK / 2);
    byte[] high = take(from, SUPER_BLOCK / 4);
    byte[] scales = take(from, SUPER_BLOCK / HALF_BLOCK);
    float d = half(from);
    for (int i = 0; i < SUPER_BLOCK; i++) {
      int half = i / 128;
      int quarter = i / GROUP % 4;
      byte both = low[half * 64 + i % 64];
      int four = quarter < 2 ? lower(both) : upper(both);
      int two = (high[half * GROUP + i % GROUP] >> (quarter * 2)) & 3;
      to[at + i] = d * scales[i / HALF_BLOCK] * ((four | (two << 4)) - 32);
    }
  }

  private static int lower(byte both) {
    return both & 15;
  }

  private static int upper(byte both) {
    return (both >> 4) & 15;
  }

  private static int topTwo(byte packed) {
    return (packed >> 6) & 3;
  }

  /** Four bits and a fifth, the lowest of another number. */
  private static int with(int four, int fifth) {
    return four | ((fifth & 1) << 4);
  }

  private static byte[] take(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }
}
