package org.continuo.streams.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GrammarTest {
  private static final Grammar GRAMMAR = Grammar.load();

  @Test
  void everySlotLeadsSomewhereAndThereAreHundredsOfFrames() {
    assertTrue(GRAMMAR.frames() > 700, () -> GRAMMAR.frames() + " frames");
  }

  @Test
  void wordListsAreSpelledAsNames() {
    assertTrue(GRAMMAR.words("topics/space.groups").contains("NASA"));
    assertTrue(GRAMMAR.words("topics/baseball.groups").contains("Red Sox"));
  }

  @Test
  void aKeyLeadsToTheFileItNames() {
    Draft draft = new Draft(GRAMMAR, new Random(1)).bind("t", "topics/tennis");
    assertTrue(GRAMMAR.words("topics/tennis.people").contains(draft.write("t.people")));
  }

  @Test
  void aDocumentDoesNotRepeatASentenceWhileThereAreOthers() {
    Draft draft = new Draft(GRAMMAR, new Random(3));
    Cast.people(draft);
    Cast.places(draft);
    draft.bind("p", "products/camera").bind("g", Grade.POSITIVE.file()).bind("item", "camera");
    String first = draft.write("g.endings");
    for (int i = 0; i < 3; i++) {
      assertNotEquals(first, draft.write("g.endings"));
    }
  }

  @Test
  void anUnknownRuleIsNamed() {
    assertEquals(
        "the rule general.unheard is not defined",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Draft(GRAMMAR, new Random(1)).write("general.unheard"))
            .getMessage());
  }
}
