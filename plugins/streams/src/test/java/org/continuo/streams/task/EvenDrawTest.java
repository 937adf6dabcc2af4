package org.continuo.streams.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenDrawTest {
  /** 0a 1a ... 9a, 10b ... 14b, 15c 16c. */
  private static final List<String> ITEMS =
      IntStream.range(0, 17).mapToObj(i -> i + (i < 10 ? "a" : i < 15 ? "b" : "c")).toList();

  private static String letter(String item) {
    return item.replaceAll("\\d", "");
  }

  private static Map<String, Long> counts(List<String> drawn) {
    return drawn.stream()
        .collect(Collectors.groupingBy(EvenDrawTest::letter, TreeMap::new, Collectors.counting()));
  }

  private static List<String> draw(int limit, long seed) {
    return EvenDraw.draw(ITEMS, limit, EvenDrawTest::letter, new Random(seed));
  }

  @Test
  void takesAsManyOfEachGroupAsPossible() {
    assertEquals(Map.of("a", 2L, "b", 2L, "c", 2L), counts(draw(6, 1)));
    assertEquals(Map.of("a", 4L, "b", 4L, "c", 2L), counts(draw(10, 1)));
    assertEquals(Map.of("a", 9L, "b", 5L, "c", 2L), counts(draw(16, 1)));
  }

  @Test
  void spreadsARemainderOverDifferentGroups() {
    Map<String, Long> four = counts(draw(4, 1));
    assertEquals(4, four.values().stream().mapToLong(n -> n).sum());
    assertTrue(four.values().stream().allMatch(n -> n == 1 || n == 2), four.toString());
  }

  @Test
  void keepsTheOrderAndNestsSmallerDraws() {
    for (int limit = 1; limit < ITEMS.size(); limit++) {
      List<String> drawn = draw(limit, 7);
      assertEquals(limit, drawn.size());
      assertEquals(ITEMS.stream().filter(drawn::contains).toList(), drawn);
      assertTrue(draw(limit + 1, 7).containsAll(drawn), "draw of " + limit);
    }
  }

  @Test
  void dependsOnTheSeedAlone() {
    assertEquals(draw(5, 3), draw(5, 3));
    assertNotEquals(draw(5, 3), draw(5, 4));
  }

  @Test
  void takesAllForZeroOrTooMany() {
    assertEquals(ITEMS, draw(0, 1));
    assertEquals(ITEMS, draw(99, 1));
  }

  @Test
  void sharesTakeTheSamePartOfEachGroupAndLeaveOne() {
    Function<Double, Map<String, Long>> share =
        part -> counts(EvenDraw.share(ITEMS, part, EvenDrawTest::letter, new Random(1)));
    assertEquals(Map.of("a", 5L, "b", 3L, "c", 1L), share.apply(0.5));
    assertEquals(Map.of("a", 2L, "b", 1L), share.apply(0.2));
    assertEquals(Map.of("a", 1L), share.apply(0.01));
  }

  @Test
  void sharesOfGroupsOfOneAreEmpty() {
    List<String> single = List.of("0a", "1b", "2c");
    assertEquals(List.of(), EvenDraw.share(single, 0.5, EvenDrawTest::letter, new Random(1)));
  }

  @Test
  void purposesGiveIndependentNumbers() {
    List<Integer> numbers = new ArrayList<>();
    for (long seed = 0; seed < 3; seed++) {
      numbers.add(SeededRandom.of(seed, "limit", "agnews", "TRAIN").nextInt());
      numbers.add(SeededRandom.of(seed, "limit", "agnews", "TEST").nextInt());
      numbers.add(SeededRandom.of(seed, "limit", "agnew", "sTRAIN").nextInt());
    }
    assertEquals(9, numbers.stream().distinct().count());
    assertEquals(numbers.get(0), SeededRandom.of(0, "limit", "agnews", "TRAIN").nextInt());
  }
}
