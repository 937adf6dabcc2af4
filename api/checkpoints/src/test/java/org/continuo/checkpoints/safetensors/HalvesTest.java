package org.continuo.checkpoints.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HalvesTest {
  @Test
  void everyHalfSurvivesTheWayThroughFloat() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      short half = (short) bits;
      float wide = Halves.fromFloat16(half);
      if (Float.isNaN(wide)) {
        assertTrue((bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0);
        assertTrue(Float.isNaN(Halves.fromFloat16(Halves.toFloat16(wide))));
      } else {
        assertEquals(half, Halves.toFloat16(wide));
      }
      float brain = Halves.fromBfloat16(half);
      assertTrue(Float.isNaN(brain) || Halves.toBfloat16(brain) == half);
    }
  }

  @Test
  void knownValues() {
    assertEquals(1f, Halves.fromFloat16((short) 0x3c00));
    assertEquals(-2f, Halves.fromFloat16((short) 0xc000));
    assertEquals(65504f, Halves.fromFloat16((short) 0x7bff));
    assertEquals(0x1p-24f, Halves.fromFloat16((short) 1));
    assertEquals(1f, Halves.fromBfloat16((short) 0x3f80));
    assertEquals(3.140625f, Halves.fromBfloat16((short) 0x4049));
  }

  @Test
  void roundsToTheNearestAndTiesToEven() {
    assertEquals(0x3c00, Halves.toFloat16(1 + 0x1p-11f));
    assertEquals(0x3c02, Halves.toFloat16(1 + 3 * 0x1p-11f));
    assertEquals(0x3c01, Halves.toFloat16(1 + 0x1p-11f + 0x1p-20f));
    assertEquals(0, Halves.toFloat16(0x1p-25f));
    assertEquals(1, Halves.toFloat16(0x1p-25f * 1.01f));
    assertEquals(0x0400, Halves.toFloat16(0x1p-14f - 0x1p-26f));
    assertEquals(0x7bff, Halves.toFloat16(65519f));
    assertEquals(0x7c00, Halves.toFloat16(65520f));
    assertEquals(0x3f80, Halves.toBfloat16(1 + 0x1p-8f));
    assertEquals(0x3f82, Halves.toBfloat16(1 + 3 * 0x1p-8f));
    assertTrue(Float.isNaN(Halves.fromBfloat16(Halves.toBfloat16(Float.NaN))));
  }
}
