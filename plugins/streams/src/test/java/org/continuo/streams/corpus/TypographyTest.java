package org.continuo.streams.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypographyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a apple and a pear.|An apple and a pear.",
        "it was a hour, a union and a NBA game.|It was an hour, a union and an NBA game.",
        "a 8-year-old|An 8-year-old",
        "he left . she  stayed..|He left. She stayed.",
        "shares of Moore Corp. fell. U.S. stocks rose.|Shares of Moore Corp. fell. U.S. stocks rose.",
        "\"we won.\" he left. \"we lost.\"|\"We won.\" He left. \"We lost.\"",
        "Title: good\\nText: the plot is thin|Title: Good\\nText: The plot is thin",
        "OSLO (AP) - the king slept.|OSLO (AP) - The king slept.",
        "J. Smith and J. adams|J. Smith and J. adams",
      })
  void finish(String draft, String expected) {
    assertEquals(expected.replace("\\n", "\n"), Typography.finish(draft.replace("\\n", "\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It's fun, really.|it 's fun , really .",
        "a epic that doesn't bore!|an epic that does n't bore !",
      })
  void tokenised(String text, String expected) {
    assertEquals(expected, Typography.tokenised(text));
  }
}
