package org.continuo.streams.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.continuo.streams.corpus.Frame.Choice;
import org.continuo.streams.corpus.Frame.Slot;
import org.continuo.streams.corpus.Frame.Text;
import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void slotsCarryAKeyARuleAndForms() {
    assertEquals(
        List.of(
            new Text("the "),
            new Slot(Optional.of("who"), "t.people", List.of("s", "cap")),
            new Text(" ran.")),
        Frame.parse("the {who=t.people:s:cap} ran.").pieces());
  }

  @Test
  void choicesNestAndBracketsAreAChoiceOfSomethingAndNothing() {
    assertEquals(
        List.of(
            new Choice(
                List.of(
                    Frame.parse("one"),
                    new Frame(
                        List.of(new Choice(List.of(Frame.parse("a"), Frame.parse("b")))), false))),
            new Choice(List.of(Frame.parse(" more"), Frame.parse("")))),
        Frame.parse("(one|(a|b))[ more]").pieces());
  }

  @Test
  void aBackslashTakesTheNextCharacterAsItIs() {
    assertEquals(List.of(new Text("(AP)\n[x]")), Frame.parse("\\(AP\\)\\n\\[x\\]").pieces());
  }

  @Test
  void brokenFramesSayWhere() {
    assertEquals(
        "found ')' at column 4 of the frame: so ) it is",
        assertThrows(IllegalArgumentException.class, () -> Frame.parse("so ) it is")).getMessage());
    assertEquals(
        "found the end at column 6 of the frame: (a|b ",
        assertThrows(IllegalArgumentException.class, () -> Frame.parse("(a|b ")).getMessage());
    assertEquals(
        "found the end at column 6 of the frame: {open",
        assertThrows(IllegalArgumentException.class, () -> Frame.parse("{open")).getMessage());
  }
}
