package org.continuo.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  /** Two answers of different meaning, or of the same in another form. */
  private record Pair(String answer, String expected) {}

  private static Set<Normalisation> matching(Pair pair) {
    Set<Normalisation> matching = EnumSet.noneOf(Normalisation.class);
    for (Normalisation one : Normalisation.values()) {
      if (one.match(pair.answer, pair.expected)) {
        matching.add(one);
      }
    }
    return matching;
  }

  @Test
  void strictLosesNothingThatDistinguishesAnswers() {
    for (Pair pair :
        List.of(
            new Pair("1", "-1"),
            new Pair("3 14", "3.14"),
            new Pair("C", "C++"),
            new Pair("+", "-"),
            new Pair(":(", ":)"),
            new Pair("50", "50%"),
            new Pair("resume", "r\u00e9sum\u00e9"),
            new Pair("US", "us"),
            new Pair("", "."),
            new Pair("the who", "who"),
            new Pair("a  b", "a b"))) {
      assertFalse(Normalisation.STRICT.match(pair.answer, pair.expected), pair.toString());
    }
    assertTrue(Normalisation.STRICT.match(" -1\n", "-1"));
    assertTrue(Normalisation.STRICT.match("", " "));
  }

  @Test
  void squadAndOLoraIgnoreCasePunctuationAndSpacesAndSquadArticlesToo() {
    Set<Normalisation> both = EnumSet.of(Normalisation.SQUAD, Normalisation.O_LORA);
    assertEquals(both, matching(new Pair("  Cat,  sat. ", "CAT sat")));
    assertEquals(both, matching(new Pair("-1", "1")), "as the sources have it");
    assertEquals(both, matching(new Pair("3.14", "314")), "nothing takes the place of a point");
    assertEquals(both, matching(new Pair("...", "")));
    assertEquals(both, matching(new Pair("a\u2003b.", "a b")), "any white space");
    assertEquals(
        EnumSet.of(Normalisation.SQUAD), matching(new Pair("The end of a day.", "end of day")));
    assertEquals(EnumSet.of(Normalisation.SQUAD), matching(new Pair("the", "an")));
    assertEquals(Set.of(), matching(new Pair("theory", "ory")), "articles are whole words");
    assertEquals(Set.of(), matching(new Pair("caf\u00e9", "cafe")), "accents count everywhere");
    assertEquals(Set.of(), matching(new Pair("na\u00efve \u2013", "na\u00efve")), "no ASCII dash");
  }

  @Test
  void traceMatchesNoEmptyText() {
    assertEquals(EnumSet.allOf(Normalisation.class), matching(new Pair("-1", "-1")));
    assertEquals(EnumSet.complementOf(EnumSet.of(Normalisation.TRACE)), matching(new Pair("", "")));
    assertFalse(Normalisation.TRACE.match("Paris", "paris"));
  }
}
