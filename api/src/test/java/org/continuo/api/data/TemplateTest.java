package org.continuo.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
