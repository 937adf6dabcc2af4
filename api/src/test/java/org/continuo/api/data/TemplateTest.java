package org.continuo.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static Task task(Template template, String... labels) {
    return new Task("news", 0, template, List.of(labels));
  }

  @Test
  void fillsEveryPlaceholderAndLeavesTheTextAlone() {
    Template template = new Template("{task}: {options}\n{lettered}\nText: {text}\nAnswer:");
    assertEquals(
        "news: World, Sports\nA. World\nB. Sports\nText: costs $1 {options} \\1\nAnswer:",
        template.prompt(task(template, "World", "Sports"), "costs $1 {options} \\1"));
  }

  @Test
  void speaksWordsOrLetters() {
    Template words = new Template("{text}");
    Template letters = new Template("{lettered} {text}", true);
    assertEquals(" Sports", words.spoken(task(words, "World", "Sports"), "Sports"));
    assertEquals(" B", letters.spoken(task(letters, "World", "Sports"), "Sports"));
    assertEquals(" anything", letters.spoken(task(letters), "anything"));
  }

  @Test
  void lettersGoOnAfterZAsColumnsOfASpreadsheetDo() {
    Template template = new Template("{lettered}\n{text}", true);
    String[] labels = IntStream.range(0, 703).mapToObj(i -> "intent " + i).toArray(String[]::new);
    Task task = task(template, labels);
    List<String> lines = template.prompt(task, "hello").lines().toList();
    assertEquals(704, lines.size());
    assertEquals("Z. intent 25", lines.get(25));
    assertEquals("AA. intent 26", lines.get(26));
    assertEquals("AZ. intent 51", lines.get(51));
    assertEquals("BA. intent 52", lines.get(52));
    assertEquals("ZZ. intent 701", lines.get(701));
    assertEquals("AAA. intent 702", lines.get(702));
    assertEquals(" BY", template.spoken(task, "intent 76"));
    assertEquals(703, task.labels().stream().map(l -> template.spoken(task, l)).distinct().count());
  }

  @Test
  void refusesALetterForWhatIsNoLabel() {
    Template letters = new Template("{text}", true);
    Task task = task(letters, "World", "Sports");
    assertEquals(
        "found the answer 'Weather' of task 'news', expected one of its labels",
        assertThrows(IllegalArgumentException.class, () -> letters.spoken(task, "Weather"))
            .getMessage());
  }

  @Test
  void refusesWhatItCannotFill() {
    assertEquals(
        "prompt template has unknown placeholders [label]; available: [text, options, lettered, task]",
        assertThrows(IllegalArgumentException.class, () -> new Template("{text} {label}"))
            .getMessage());
    assertEquals(
        "prompt template must hold {text} exactly once, found: 'Answer:'",
        assertThrows(IllegalArgumentException.class, () -> new Template("Answer:")).getMessage());
  }
}
