package org.continuo.streams.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InflectionTest {
  private static final Inflection INFLECTION = Grammar.load().inflection();

  @ParameterizedTest
  @CsvSource({
    "match, s, matches",
    "home run, s, home runs",
    "pair of shoes, s, pairs of shoes",
    "prime minister, s, prime ministers",
    "city, s, cities",
    "toy, s, toys",
    "woman, s, women",
    "boss, s, bosses",
    "headphones, s, headphones",
    "species, s, species",
    "wish for, does, wishes for",
    "carry out, does, carries out",
    "win, past, won",
    "carry out, past, carried out",
    "stop, past, stopped",
    "visit, past, visited",
    "admit, past, admitted",
    "play, past, played",
    "fix, past, fixed",
    "steal every scene, past, stole every scene",
    "write, done, written",
    "write, ing, writing",
    "die, ing, dying",
    "see, ing, seeing",
    "run away, ing, running away",
    "queue, ing, queuing",
    "big, er, bigger",
    "happy, er, happier",
    "nice, est, nicest",
    "good, er, better",
    "nuclear, er, more nuclear",
    "wonderful, est, most wonderful",
    "red card, cap, Red card",
    "red card, title, Red Card",
    "new york, upper, NEW YORK",
    "striker, the, the striker",
    "NASA, the, NASA",
    "Intel, the, Intel",
    "Lakers, the, the Lakers",
    "Hong Kong, the, Hong Kong",
    "plot, is, plot is",
    "characters, is, characters are",
    "bass, is, bass is",
    "We can win., comma, 'We can win,'",
  })
  void forms(String phrase, String form, String expected) {
    assertEquals(expected, INFLECTION.form(phrase, form));
  }

  @Test
  void anUnknownFormIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> INFLECTION.form("word", "dual"));
  }
}
