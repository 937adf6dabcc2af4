package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CuttingTest {
  private static final Pattern WORD = Pattern.compile(" ?[a-z]{1,12}|\\s+|.", Pattern.DOTALL);

  /** Units that were tokenised. */
  private long read;

  /** One id per word of at most twelve letters; those of a word depend on where it begins. */
  private long[] encode(String text) {
    read += text.length();
    return WORD.matcher(text).results().mapToLong(word -> word.group().hashCode()).toArray();
  }

  private static String words(int seed, int units) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < units) {
      text.append(random.nextInt(9) == 0 ? "\n\n" : " ");
      random.ints(1 + random.nextInt(30), 'a', 'z' + 1).forEach(text::appendCodePoint);
      text.append(random.nextInt(5) == 0 ? "." : "");
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 500, 20_000, 90_000})
  void theFirstIdsOfALongTextAreThoseOfTheWhole(int count) {
    for (int seed = 0; seed < 5; seed++) {
      String text = words(seed, 400_000);
      long[] whole = encode(text);
      assertArrayEquals(
          Arrays.copyOf(whole, Math.min(count, whole.length)),
          Cutting.first(text, count, this::encode));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 100, 3_000, 30_000})
  void aLongTextIsCutToWhatFillsTheRoomWithTheIdsItHas(int room) {
    for (int seed = 0; seed < 5; seed++) {
      String text = words(seed, 400_000);
      Cutting.Fitted fitted = Cutting.fit(text, room, this::encode);
      assertTrue(fitted.cut());
      assertTrue(fitted.ids().length <= room);
      assertTrue(fitted.ids().length >= room - room / 4, fitted.ids().length + " of " + room);
      int last = fitted.ids().length - 1; // of a word that is cut
      assertArrayEquals(Arrays.copyOf(encode(text), last), Arrays.copyOf(fitted.ids(), last));
    }
  }

  @Test
  void ofAVeryLongTextNoMoreIsReadThanTheRoomTakes() {
    String text = words(1, 15_000_000);
    Cutting.fit(text, 128, this::encode);
    Cutting.first(text, 128, this::encode);
    assertTrue(read < 300_000, read + " units");
    read = 0;
    Cutting.fit(text, 50_000, this::encode);
    assertTrue(read < 5_000_000, read + " units");
  }

  @Test
  void aLongTextOfFewTokensIsReadToItsEnd() {
    String text = " ".repeat(5_000_000) + "end";
    Function<String, long[]> stripping = t -> encode(t.strip());
    Cutting.Fitted fitted = Cutting.fit(text, 16, stripping);
    assertFalse(fitted.cut());
    assertArrayEquals(encode("end"), fitted.ids());
    assertArrayEquals(encode("end"), Cutting.first(text, 16, stripping));
    assertEquals(0, Cutting.fit("", 16, stripping).ids().length);
  }
}
