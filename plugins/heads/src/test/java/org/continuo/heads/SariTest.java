package org.continuo.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SariTest {
  /** Worked out by hand from the definition, n-grams of length 1 to 4. */
  @Test
  void keptDeletedAndAddedWordsCountAlike() {
    // 1: keeps a; b, c rightly deleted; of d, e adds d: F1 2/3      (1 + 1 + 2/3) / 3
    // 2: nothing to keep, so 1; a b, b c deleted; of a d, d e adds a d
    // 3: a b c deleted; of a d e adds nothing, so 0                 (1 + 1 + 0) / 3
    // 4: nothing to do, so 1
    assertEquals((8.0 / 9 + 8.0 / 9 + 2.0 / 3 + 1) / 4, Sari.of("a b c", "a d", "a d e"), 1e-12);
  }

  @Test
  void occurrencesCount() {
    // 1: of x twice one is rightly kept, of x, y to keep one is: F1 1/2; y wrongly deleted: 0; 1
    // 2: x x wrongly kept, x y wrongly deleted; nothing to add: 1
    // 3: x x y rightly deleted; nothing to keep or to add
    assertEquals((0.5 + 1.0 / 3 + 1 + 1) / 4, Sari.of("x x y", "x x", "x y"), 1e-12);
  }

  @Test
  void theExpectedAnswerIsPerfectAndTheSourceIsNot() {
    String source = "About 95 species are currently accepted.";
    String expected = "About 95 species are now accepted.";
    assertEquals(1, Sari.of(source, expected, expected), 1e-12);
    assertEquals(true, Sari.of(source, source, expected) < 0.6);
  }

  @Test
  void numbersStayWholeAndPunctuationIsSplitOff() {
    assertEquals(
        List.of("it", "costs", "$", "1,200.50", "(", "4.2", "%", ")", ",", "isn't", "it", "?"),
        Sari.tokens("It costs $1,200.50 (4.2%), isn't it?"));
    assertEquals(List.of("4", "-", "5", "of", "-3"), Sari.tokens("4-5 of -3"));
    assertEquals(List.of(""), Sari.tokens(" "));
  }
}
