package org.continuo.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final Access LEAST = new Access(false, false, false, false);
  private static final Access TOLD = new Access(true, false, false, false);
  private static final Access USES = new Access(true, true, false, false);
  private static final Access KEEPS = new Access(true, false, true, false);
  private static final Access BOUND = new Access(true, false, false, true);

  @Test
  void saysWhatIsSeen() {
    assertEquals("task id inferred, no past data", LEAST.label());
    assertEquals("task id given, not used, no past data", TOLD.label());
    assertEquals("task id given and used, no past data", USES.label());
    assertEquals("task id given, not used, past data kept", KEEPS.label());
    assertEquals(
        "task id given, not used, no past data, all tasks seen from the start", BOUND.label());
  }

  @Test
  void marksWhatOthersDoNotSee() {
    assertEquals(
        List.of("", "", "\u2020", "\u2021", "\u00a7"),
        Stream.of(LEAST, TOLD, USES, KEEPS, BOUND).map(Access::marks).toList());
  }

  @Test
  void thoseWhoSeeLeastComeFirst() {
    assertEquals(
        List.of(LEAST, TOLD, KEEPS, USES, BOUND),
        Stream.of(BOUND, USES, KEEPS, TOLD, LEAST).sorted().toList());
  }
}
