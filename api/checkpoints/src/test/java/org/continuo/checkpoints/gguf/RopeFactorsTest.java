package org.continuo.checkpoints.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RopeFactorsTest {
  /** Frequencies by the equations of Llama 3.1, as a converter writes what divides them. */
  private static float[] divisors(double factor, double theta, int size) {
    float[] divisors = new float[size / 2];
    for (int i = 0; i < divisors.length; i++) {
      double wavelength = 2 * Math.PI / (1 / Math.pow(theta, 2.0 * i / size));
      if (wavelength < 8192 / 4.0) {
        divisors[i] = 1;
      } else if (wavelength > 8192) {
        divisors[i] = (float) factor;
      } else {
        double smooth = (8192 / wavelength - 1) / (4 - 1);
        divisors[i] = (float) (1 / ((1 - smooth) / factor + smooth));
      }
    }
    return divisors;
  }

  @Test
  void factorsOfPublishedModels() {
    for (double factor : new double[] {8, 32}) {
      float[] divisors = divisors(factor, 500_000, 128);
      assertEquals(Optional.of(new RopeFactors(factor)), RopeFactors.of(divisors, 500_000));
      assertEquals(Optional.empty(), RopeFactors.of(divisors, 10_000));
      divisors[40] *= 1.01f;
      assertEquals(Optional.empty(), RopeFactors.of(divisors, 500_000));
    }
  }

  @Test
  void nothingIsDivided() {
    assertEquals(Optional.empty(), RopeFactors.of(new float[] {1, 1, 1}, 500_000));
  }
}
