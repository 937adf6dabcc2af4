package org.continuo.streams.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.streams.task.TemplateOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentReviewTest {
  private static final TemplateOptions PLAIN =
      new TemplateOptions("{text}", false, Optional.empty());

  private static ContentReviewOptions options(
      List<String> order, int train, int test, double noise) {
    return new ContentReviewOptions(order, train, 150, test, noise, PLAIN, Map.of());
  }

  private static TaskStream open(int train, int test, double noise, long seed) {
    return new ContentReviewPlugin().create(options(List.of(), train, test, noise)).open(seed);
  }

  private static Task task(TaskStream stream, Domain domain) {
    return stream.tasks().stream()
        .filter(task -> task.name().equals(domain.task()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Example> all(TaskStream stream, Task task) {
    return Stream.of(Split.values()).flatMap(s -> stream.examples(task, s).stream()).toList();
  }

  @Test
  void hasThreeTasksOfTheSizesAskedFor() {
    TaskStream stream = open(600, 300, 0.03, 1);
    assertEquals(
        List.of("video-comments", "short-news-comments", "account-articles"),
        stream.tasks().stream().map(Task::name).toList());
    for (Task task : stream.tasks()) {
      assertEquals(List.of("compliant", "violating"), task.labels());
      assertEquals(600, stream.examples(task, Split.TRAIN).size());
      assertEquals(150, stream.examples(task, Split.DEV).size());
      assertEquals(300, stream.examples(task, Split.TEST).size());
    }
    assertEquals(
        "video-comments/train/17",
        stream.examples(stream.tasks().get(0), Split.TRAIN).get(17).id());
  }

  @Test
  void theSeedDecidesTheTexts() {
    Task task = task(open(50, 50, 0.03, 1), Domain.VIDEO_COMMENTS);
    List<Example> one = all(open(50, 50, 0.03, 1), task);
    assertEquals(one, all(open(50, 50, 0.03, 1), task));
    assertNotEquals(one, all(open(50, 50, 0.03, 2), task));
  }

  @Test
  void aSmallerSplitIsTheBeginningOfALargerOne() {
    Task task = task(open(2, 2, 0.03, 5), Domain.ACCOUNT_ARTICLES);
    List<Example> large = open(400, 100, 0.03, 5).examples(task, Split.TRAIN);
    List<Example> small = open(81, 33, 0.03, 5).examples(task, Split.TRAIN);
    assertEquals(large.subList(0, 81), small);
  }

  @Test
  void orderSelectsTasksWithoutChangingThem() {
    TaskStream articles =
        new ContentReview(options(List.of("account-articles"), 50, 50, 0.03)).open(1);
    assertEquals(1, articles.tasks().size());
    Task task = articles.tasks().get(0);
    assertEquals(0, task.index());
    assertEquals(all(open(50, 50, 0.03, 1), task), all(articles, task));
  }

  @ParameterizedTest
  @EnumSource(Domain.class)
  void noTextIsThereTwiceAndLabelsAreBalanced(Domain domain) {
    TaskStream stream = open(2000, 1000, 0.03, 3);
    Task task = task(stream, domain);
    Set<String> texts = new HashSet<>();
    for (Split split : Split.values()) {
      List<Example> examples = stream.examples(task, split);
      long violating = examples.stream().filter(BagOfWords::violating).count();
      assertEquals(examples.size() / 2, violating, "violating in " + split);
      examples.forEach(e -> assertTrue(texts.add(e.text()), () -> "twice: " + e));
    }
  }

  @ParameterizedTest
  @EnumSource(Domain.class)
  void textsAreWholeAndOfTheLengthOfTheirDomain(Domain domain) {
    TaskStream stream = open(1000, 100, 0.03, 1);
    List<Example> examples = stream.examples(task(stream, domain), Split.TRAIN);
    for (Example example : examples) {
      assertTrue(example.text().matches("[A-Z0-9@\"].*[.!?]"), example.text());
      assertFalse(example.text().matches(".*([{}\\[\\]]|  ).*"), example.text());
    }
    double words =
        examples.stream().mapToInt(e -> e.text().split(" ").length).average().orElseThrow();
    double shortest = domain == Domain.ACCOUNT_ARTICLES ? 35 : 15;
    double longest = domain == Domain.ACCOUNT_ARTICLES ? 60 : 35;
    assertTrue(words > shortest && words < longest, "words on average: " + words);
  }

  @Test
  void noiseMislabelsItsShareInEverySplit() {
    TaskStream clean = open(2000, 2000, 0, 1);
    TaskStream noisy = open(2000, 2000, 0.1, 1);
    for (Task task : clean.tasks()) {
      for (Split split : List.of(Split.TRAIN, Split.TEST)) {
        List<Example> right = clean.examples(task, split);
        List<Example> told = noisy.examples(task, split);
        int wrong = 0;
        for (int i = 0; i < right.size(); i++) {
          assertEquals(right.get(i).text(), told.get(i).text());
          wrong += right.get(i).answer().equals(told.get(i).answer()) ? 0 : 1;
        }
        assertEquals(0.1, (double) wrong / right.size(), 0.03, task.name() + " " + split);
      }
    }
  }

  /**
   * What the tasks are for: each can be learned, none is trivial, and what is learned on one is
   * wrong for a good part on another.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tasksCanBeLearnedAndContradictEachOther(long seed) {
    TaskStream stream = open(800, 1000, 0.03, seed);
    for (Task task : stream.tasks()) {
      BagOfWords model = BagOfWords.trainedOn(stream.examples(task, Split.TRAIN));
      Map<String, Double> accuracy = new HashMap<>();
      stream
          .tasks()
          .forEach(
              other ->
                  accuracy.put(other.name(), model.accuracy(stream.examples(other, Split.TEST))));
      String told = "trained on " + task.name() + ": " + accuracy;
      double own = accuracy.remove(task.name());
      assertTrue(own > 0.75 && own < 0.92, told);
      assertTrue(accuracy.values().stream().allMatch(other -> other < own - 0.1), told);
      assertTrue(accuracy.values().stream().anyMatch(other -> other < own - 0.15), told);
    }
  }

  @ParameterizedTest
  @EnumSource(Domain.class)
  void noSingleWordDecides(Domain domain) {
    TaskStream stream = open(2000, 100, 0, 1);
    List<Example> examples = stream.examples(task(stream, domain), Split.TRAIN);
    Map<String, int[]> counts = new HashMap<>();
    for (Example example : examples) {
      int label = BagOfWords.violating(example) ? 1 : 0;
      BagOfWords.words(example.text())
          .forEach(word -> counts.computeIfAbsent(word, w -> new int[2])[label]++);
    }
    counts.forEach(
        (word, count) -> {
          double best = 0.5 + Math.abs(count[0] - count[1]) / (double) examples.size();
          assertTrue(best < 0.65, word + " alone is right for " + best);
        });
  }

  @Test
  void everySubjectIsDisputedOrNot() {
    Map<Integer, List<Subject>> byDomains = new HashMap<>();
    for (Subject subject : Subject.values()) {
      int domains = subject.policy().violating().get(Stance.ASSERTED).size();
      byDomains.computeIfAbsent(domains, n -> new ArrayList<>()).add(subject);
    }
    assertEquals(8, byDomains.get(Domain.values().length).size(), "violating everywhere");
    assertEquals(6, byDomains.get(0).size(), "harmless everywhere");
    assertEquals(13, byDomains.get(1).size() + byDomains.get(2).size(), "disputed");
  }

  @Test
  void unknownNamesAreTold() {
    ContentReviewOptions odd =
        new ContentReviewOptions(
            List.of("video-comment"), 10, 10, 10, 0, PLAIN, Map.of("news", PLAIN));
    DataException thrown = assertThrows(DataException.class, () -> new ContentReview(odd).open(1));
    String available = "available: video-comments, short-news-comments, account-articles";
    assertEquals(
        List.of(
            "templates: found 'news', " + available,
            "order: found 'video-comment', " + available + "; did you mean 'video-comments'?"),
        thrown.problems());
  }
}
