package org.continuo.checkpoints.gguf;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The divisors of rotary frequencies that Llama 3.1 and later have. A folder says instead how they
 * come about: frequencies of long wavelength are divided by a factor, those of short wavelength
 * stay, between them it is interpolated. A file keeps the divisors alone; the published models
 * differ in the factor only, so that what they come from is found by trying and then verified.
 *
 * @param factor divisor of the lowest frequencies
 */
record RopeFactors(double factor) {
  static final double LOW = 1;
  static final double HIGH = 4;
  static final int ORIGINAL = 8192;

  /**
   * @param divisors one for each rotary pair
   * @return empty if they are not of that kind
   */
  static Optional<RopeFactors> of(float[] divisors, double theta) {
    double factor =
        IntStream.range(0, divisors.length).mapToDouble(i -> divisors[i]).max().orElse(1);
    boolean same =
        factor > 1
            && IntStream.range(0, divisors.length)
                .allMatch(
                    i -> {
                      double wavelength =
                          2 * Math.PI * Math.pow(theta, (double) i / divisors.length);
                      double expected = divisor(factor, wavelength);
                      return Math.abs(divisors[i] - expected) <= 1e-4 * expected;
                    });
    return same ? Optional.of(new RopeFactors(factor)) : Optional.empty();
  }

  private static double divisor(double factor, double wavelength) {
    double smooth = (ORIGINAL / wavelength - LOW) / (HIGH - LOW);
    double kept = Math.max(0, Math.min(1, smooth));
    return 1 / ((1 - kept) / factor + kept);
  }
}
