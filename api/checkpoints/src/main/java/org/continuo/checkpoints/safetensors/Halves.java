package org.continuo.checkpoints.safetensors;

import org.continuo.api.plugin.Stability;

/**
 * The two 16-bit float formats. DJL aborts the process on bfloat16 and computes in float16 about a
 * hundred times slower than in float32, so both are converted at the file.
 */
@Stability(Stability.Level.EVOLVING)
public final class Halves {
  private static final int FLOAT16_BIAS = 15;
  private static final int FLOAT32_BIAS = 127;

  private Halves() {}

  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Rounds to the nearest, ties to even; stays NaN. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  public static float fromFloat16(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - FLOAT16_BIAS + FLOAT32_BIAS;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }

  /** Rounds to the nearest, ties to even; beyond 65504 infinite; stays NaN. */
  public static short toFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) {
      // Below the normal range halves are multiples of 2^-24: rint rounds ties to even.
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
    }
    int wide = bits & 0x7fffffff;
    int rounded = wide + 0xfff + ((wide >>> 13) & 1);
    return (short) (sign | ((rounded >>> 13) - ((FLOAT32_BIAS - FLOAT16_BIAS) << 10)));
  }
}
