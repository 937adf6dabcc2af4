package org.continuo.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable("A", "LONG").row("wide cell", "").row("x", "a|b");

  @Test
  void columnsAreAsWideAsTheirLongestCell() {
    assertEquals(List.of("A          LONG", "wide cell", "x          a|b"), table.plain());
  }

  @Test
  void markdownEscapesItsBars() {
    assertEquals(
        List.of("| A | LONG |", "|---|---|", "| wide cell |  |", "| x | a\\|b |"),
        table.markdown());
  }
}
