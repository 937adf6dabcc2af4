package org.continuo.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {
  private static final int DRAWS = 20_000;

  /** Softmax: 0.1, 0.4, 0.2, 0.3. */
  private static final float[] LOGITS = {
    (float) Math.log(1), (float) Math.log(4), (float) Math.log(2), (float) Math.log(3)
  };

  private static double[] frequencies(Sampling sampling, float[] logits) {
    RandomGenerator generator = sampling.generator(0);
    int[] counts = new int[logits.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampling.draw(logits, generator)]++;
    }
    return Arrays.stream(counts).mapToDouble(count -> (double) count / DRAWS).toArray();
  }

  /** Within five standard deviations of a share of that many draws. */
  private static void assertShares(double[] found, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      double deviation = Math.sqrt(expected[i] * (1 - expected[i]) / DRAWS);
      assertEquals(expected[i], found[i], 5 * deviation, "token " + i);
    }
  }

  @Test
  void frequenciesFollowTheSoftmax() {
    assertShares(frequencies(Sampling.of(1), LOGITS), 0.1, 0.4, 0.2, 0.3);
    assertShares(
        frequencies(new Sampling(0.5, 0, 1, 2), LOGITS), 1 / 30.0, 16 / 30.0, 4 / 30.0, 9 / 30.0);
  }

  @Test
  void theLikeliestAreKeptAndTheirSharesGrow() {
    assertShares(frequencies(new Sampling(1, 2, 1, 3), LOGITS), 0, 4 / 7.0, 0, 3 / 7.0);
    assertShares(frequencies(new Sampling(1, 9, 1, 3), LOGITS), 0.1, 0.4, 0.2, 0.3);
  }

  @ParameterizedTest
  @CsvSource({"0.39, 1", "0.41, 2", "0.69, 2", "0.71, 3", "0.89, 3", "0.91, 4", "1, 4"})
  void theSmallestSetThatHoldsTheShareIsKept(double share, int tokens) {
    Set<Integer> drawn = new TreeSet<>();
    Sampling sampling = new Sampling(1, 0, share, 4);
    RandomGenerator generator = sampling.generator(0);
    for (int i = 0; i < 1000; i++) {
      drawn.add(sampling.draw(LOGITS, generator));
    }
    assertEquals(new TreeSet<>(List.of(1, 3, 2, 0).subList(0, tokens)), drawn);
  }

  @Test
  void theShareIsOfWhatTheLikeliestLeave() {
    // of tokens 1 and 3 alone, token 1 has 4/7
    assertShares(frequencies(new Sampling(1, 2, 0.57, 5), LOGITS), 0, 1, 0, 0);
    assertShares(frequencies(new Sampling(1, 2, 0.58, 5), LOGITS), 0, 4 / 7.0, 0, 3 / 7.0);
  }

  @Test
  void aVeryLowTemperatureAndOneTokenAreTheLikeliest() {
    Random random = new Random(6);
    for (int i = 0; i < 200; i++) {
      float[] logits = new float[50];
      int likeliest = 0;
      for (int token = 0; token < logits.length; token++) {
        logits[token] = (float) random.nextGaussian(-3, 8);
        likeliest = logits[token] > logits[likeliest] ? token : likeliest;
      }
      for (Sampling sampling :
          List.of(
              new Sampling(1e-9, 0, 1, i),
              new Sampling(Double.MIN_VALUE, 0, 1, i),
              new Sampling(100, 1, 1, i),
              new Sampling(1, 0, 1e-12, i))) {
        assertEquals(likeliest, sampling.draw(logits, sampling.generator(0)));
      }
    }
    assertEquals(1, new Sampling(1, 1, 1, 7).draw(new float[] {-0f, 2, 2}, new Random(1)));
  }

  @Test
  void everyPromptHasAGeneratorOfItsOwn() {
    Sampling sampling = Sampling.of(8);
    Set<Long> first = new TreeSet<>();
    for (int prompt = 0; prompt < 1000; prompt++) {
      first.add(sampling.generator(prompt).nextLong());
      first.add(Sampling.of(9).generator(prompt).nextLong());
    }
    assertEquals(2000, first.size());
    assertEquals(sampling.generator(3).nextLong(), sampling.generator(3).nextLong());
    assertEquals(sampling.generator(7).nextLong(), sampling.after(5).generator(2).nextLong());
    assertNotEquals(Sampling.of(9), sampling.after(1));
  }

  @Test
  void whatIsNeverPossibleIsNeverDrawn() {
    float[] logits = {Float.NEGATIVE_INFINITY, 1, Float.NEGATIVE_INFINITY};
    assertShares(frequencies(Sampling.of(10), logits), 0, 1, 0);
    Sampling sampling = Sampling.of(11);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> sampling.draw(new float[] {1, Float.NaN}, sampling.generator(0)));
    assertEquals(
        "logits: found NaN as the largest, expected a finite number: the model has diverged",
        e.getMessage());
  }

  @Test
  void saysWhichSettingIsOutOfRange() {
    refused("temperature: found 0.0, expected a number above 0; leave sampling out for 0", 0, 1, 1);
    refused(
        "temperature: found NaN, expected a number above 0; leave sampling out for 0",
        Double.NaN,
        1,
        1);
    refused("topK: found -1, expected at least 0 tokens, 0 for all of them", 1, -1, 1);
    refused("topP: found 0.0, expected a share above 0 and at most 1, 1 for all tokens", 1, 0, 0);
    refused("topP: found 1.5, expected a share above 0 and at most 1, 1 for all tokens", 1, 0, 1.5);
  }

  private static void refused(String expected, double temperature, int topK, double topP) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Sampling(temperature, topK, topP, 1));
    assertEquals("sampling: " + expected, e.getMessage());
  }
}
