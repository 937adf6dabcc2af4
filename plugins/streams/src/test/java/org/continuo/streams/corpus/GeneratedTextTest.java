package org.continuo.streams.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedTextTest {
  private static final GeneratedText.Options OPTIONS =
      new GeneratedText.Options(1500, 40, 50, 25, 90);
  private static final Length LENGTH = new Length(25, 90);
  private static final Grammar GRAMMAR = Grammar.load();
  private static final Pattern OPTIONS_LINE = Pattern.compile("Options: (.*)\n");
  private static final Pattern LETTERED = Pattern.compile("^([A-Z])\\. (.*)$", Pattern.MULTILINE);
  private static final Pattern ANSWER = Pattern.compile("\n(?:Answer|Sentiment): (.*)$");

  private static List<String> documents(GeneratedText text, Split split) {
    return text.examples(text.tasks().get(0), split).stream().map(Example::answer).toList();
  }

  @Test
  void theDocumentIsTheAnswerToAnEmptyPrompt() {
    GeneratedText text = GeneratedText.write(OPTIONS, 1);
    Task task = text.tasks().get(0);
    assertEquals(new Task("text", 0, Template.PLAIN, List.of()), task);
    assertTrue(task.freeText());
    Example example = text.examples(task, Split.TRAIN).get(7);
    assertEquals("text/train/7", example.id());
    assertEquals("", task.template().prompt(task, example.text()));
    assertEquals(1500, text.examples(task, Split.TRAIN).size());
    assertEquals(40, text.examples(task, Split.DEV).size());
    assertEquals(50, text.examples(task, Split.TEST).size());
  }

  @Test
  void theSameSeedWritesTheSameAndAnotherSomethingElse() {
    GeneratedText first = GeneratedText.write(OPTIONS, 1);
    GeneratedText again = GeneratedText.write(OPTIONS, 1);
    GeneratedText other = GeneratedText.write(OPTIONS, 2);
    assertEquals(documents(first, Split.TRAIN), documents(again, Split.TRAIN));
    Set<String> shared = new HashSet<>(documents(first, Split.TRAIN));
    shared.retainAll(documents(other, Split.TRAIN));
    assertEquals(Set.of(), shared);
  }

  @Test
  void splitsAreDisjointAndTestStaysWhenTrainGrows() {
    GeneratedText text = GeneratedText.write(OPTIONS, 1);
    Set<String> all = new HashSet<>();
    Stream.of(Split.values()).forEach(split -> all.addAll(documents(text, split)));
    assertEquals(1500 + 40 + 50, all.size());
    GeneratedText smaller = GeneratedText.write(new GeneratedText.Options(10, 40, 50, 25, 90), 1);
    assertEquals(documents(text, Split.TEST), documents(smaller, Split.TEST));
    assertEquals(documents(text, Split.DEV), documents(smaller, Split.DEV));
    assertEquals(documents(text, Split.TRAIN).subList(0, 10), documents(smaller, Split.TRAIN));
  }

  @Test
  void documentsKeepTheirLengthAndLeaveNoSlotOpen() {
    for (String document : documents(GeneratedText.write(OPTIONS, 3), Split.TRAIN)) {
      assertTrue(LENGTH.holds(document), document);
      assertFalse(document.matches("(?s).*[{}|\\\\\\[\\]].*"), document);
      assertFalse(document.contains("  "), document);
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void newsItemsSpeakOfTheirTopicMoreThanOfAnyOther(Topic topic) {
    List<String> texts = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      texts.add(Texts.news(new Draft(GRAMMAR, new Random(seed)), topic, LENGTH));
    }
    String all = String.join("\n", texts).toLowerCase(Locale.ROOT);
    for (Topic other : Topic.values()) {
      if (!other.section().equals(topic.section())) {
        assertTrue(share(topic, all) > share(other, all), topic + " and " + other + ": " + all);
      }
    }
  }

  /** Share of a topic's words that occur in a text. */
  private static double share(Topic topic, String text) {
    List<String> words =
        Stream.of("people", "groups", "things", "matters", "places", "details")
            .flatMap(rule -> GRAMMAR.words(topic.file() + "." + rule).stream())
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
    return (double) words.stream().filter(text::contains).count() / words.size();
  }

  @Test
  void likingAndDislikingUseDifferentWords() {
    for (int seed = 0; seed < 100; seed++) {
      String bad = review(Grade.VERY_NEGATIVE, seed);
      String good = review(Grade.VERY_POSITIVE, seed);
      assertFalse(GRAMMAR.words("products/camera.praise").stream().anyMatch(bad::contains), bad);
      assertFalse(GRAMMAR.words("products/camera.faults").stream().anyMatch(good::contains), good);
      assertNotEquals(good, bad);
    }
  }

  private static String review(Grade grade, int seed) {
    return Texts.review(new Draft(GRAMMAR, new Random(seed)), "products/camera", grade, LENGTH);
  }

  @Test
  void theAnswerOfAnInstructionIsOneOfItsOptions() {
    int checked = 0;
    for (int seed = 0; seed < 400; seed++) {
      Genre.Writer writer =
          List.<Genre.Writer>of(
                  Instruction::topic, Instruction::kind, Instruction::grade, Instruction::polarity)
              .get(seed % 4);
      String text = writer.write(new Draft(GRAMMAR, new Random(seed)), LENGTH);
      Matcher answer = ANSWER.matcher(text);
      Matcher options = OPTIONS_LINE.matcher(text);
      if (answer.find() && options.find()) {
        assertTrue(Arrays.asList(options.group(1).split(", ", -1)).contains(answer.group(1)), text);
        checked++;
      } else if (LETTERED.matcher(text).find()) {
        List<String> letters =
            LETTERED.matcher(text).results().map(match -> match.group(1)).toList();
        assertTrue(letters.contains(answer.group(1)), text);
        checked++;
      }
    }
    assertTrue(checked > 150, "checked " + checked);
  }

  @Test
  void otherTasksAreRefused() {
    GeneratedText text = GeneratedText.write(new GeneratedText.Options(1, 0, 0, 25, 90), 1);
    Task other = new Task("agnews", 0, Template.PLAIN, List.of());
    assertEquals(
        "the stream generated-text has no task 'agnews'; there is 'text'",
        assertThrows(IllegalArgumentException.class, () -> text.examples(other, Split.TRAIN))
            .getMessage());
  }

  @Test
  void thePluginOpensTheStream() {
    GeneratedTextPlugin plugin = new GeneratedTextPlugin();
    assertEquals("generated-text", plugin.id());
    assertEquals(
        documents(GeneratedText.write(OPTIONS, 5), Split.TEST),
        plugin
            .create(OPTIONS)
            .open(5)
            .examples(GeneratedText.write(OPTIONS, 5).tasks().get(0), Split.TEST)
            .stream()
            .map(Example::answer)
            .toList());
  }
}
