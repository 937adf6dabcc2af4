package org.continuo.streams.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;
import org.continuo.streams.task.TemplateOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStreamTest {
  @TempDir Path root;
  private final FolderPlugin plugin = new FolderPlugin();
  private Folders folders;

  @BeforeEach
  void writeTwoTasks() {
    folders =
        Folders.at(root)
            .write("topics/labels.json", "[\"World\", \"Sports\"]")
            .write("topics/train.json", array("train", 20))
            .write("topics/dev.json", array("dev", 6))
            .write("topics/test.json", array("test", 8))
            .write("again/train.json", array("train", 20))
            .write("again/test.json", array("test", 8));
  }

  /** Every fourth element is about sports. */
  private static String array(String split, int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                "{\"sentence\": \" %s text %d\\n\", \"label\": \"%s\"}"
                    .formatted(split, i, i % 4 == 3 ? "Sports" : "World"))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static List<String> ids(List<Example> examples) {
    return examples.stream().map(Example::id).toList();
  }

  private static Map<String, Long> labels(List<Example> examples) {
    return examples.stream().collect(Collectors.groupingBy(Example::answer, Collectors.counting()));
  }

  @Test
  void readsTasksByNameAndExamplesInTheOrderOfTheFile() {
    TaskStream stream = folders.open(plugin);
    assertEquals(
        List.of(
            new Task("again", 0, Template.PLAIN, List.of("Sports", "World")),
            new Task("topics", 1, Template.PLAIN, List.of("World", "Sports"))),
        stream.tasks());
    List<Example> dev = stream.examples(stream.tasks().get(1), Split.DEV);
    assertEquals(6, dev.size());
    assertEquals(new Example("topics/dev/3", "topics", "dev text 3", "Sports"), dev.get(3));
  }

  @Test
  void orderSelectsAndNumbersTasks() {
    TaskStream stream = folders.order("topics").open(plugin);
    assertEquals(List.of("topics"), stream.tasks().stream().map(Task::name).toList());
    assertEquals(0, stream.tasks().get(0).index());
  }

  @Test
  void tasksAreCalledAsTheirBenchmarkCallsThem() {
    String[] names = {"SST-2", "BoolQA", "20Minuten", "task073_commonsenseqa", "v1.5"};
    Folders benchmark = Folders.at(root.resolve("benchmark")).order(names);
    for (String name : names) {
      benchmark
          .write(name + "/train.json", array("train", 20))
          .write(name + "/test.json", array("test", 8));
    }
    TaskStream stream = benchmark.open(plugin);
    assertEquals(List.of(names), stream.tasks().stream().map(Task::name).toList());
    assertEquals(
        "task073_commonsenseqa/test/0",
        stream.examples(stream.tasks().get(3), Split.TEST).get(0).id());
  }

  @Test
  void limitsDrawEvenlyKeepIndicesAndDoNotDependOnEachOther() {
    TaskStream some = folders.limits(8, 4, 3).open(plugin);
    Task topics = some.tasks().get(1);
    assertEquals(Map.of("World", 4L, "Sports", 4L), labels(some.examples(topics, Split.TRAIN)));
    assertEquals(3, some.examples(topics, Split.TEST).size());
    TaskStream all = folders.open(plugin);
    for (Split split : Split.values()) {
      List<Example> full = all.examples(topics, split);
      List<Example> drawn = some.examples(topics, split);
      assertEquals(full.stream().filter(drawn::contains).toList(), drawn);
    }
    TaskStream other = folders.limits(8, 0, 1).open(plugin);
    assertEquals(some.examples(topics, Split.TRAIN), other.examples(topics, Split.TRAIN));
  }

  @Test
  void carvesAMissingDevOutOfTrainWithTheSharesOfTheLabels() {
    TaskStream stream = folders.devShare(0.2).open(plugin);
    Task again = stream.tasks().get(0);
    List<Example> train = stream.examples(again, Split.TRAIN);
    List<Example> dev = stream.examples(again, Split.DEV);
    assertEquals(Map.of("World", 3L, "Sports", 1L), labels(dev));
    assertEquals(Map.of("World", 12L, "Sports", 4L), labels(train));
    assertTrue(ids(dev).stream().allMatch(id -> id.matches("again/dev/\\d+")), ids(dev).toString());
    for (Example example : dev) {
      int index = Integer.parseInt(example.id().substring("again/dev/".length()));
      assertEquals("train text " + index, example.text());
      assertFalse(ids(train).contains("again/train/" + index));
    }
    assertEquals(
        ids(dev),
        ids(folders.devShare(0.2).limits(2, 0, 0).open(plugin).examples(again, Split.DEV)));
  }

  @Test
  void carvesNoTextThatTrainHoldsTwice() {
    String twice = array("train", 20).replace("]", ",").replace("[", "");
    folders.write("again/train.json", "[" + twice + array("train", 19).replace("[", ""));
    TaskStream stream = folders.devShare(0.5).open(plugin);
    List<Example> dev = stream.examples(stream.tasks().get(0), Split.DEV);
    assertEquals(List.of(), dev, "the one text that is there once is the last of its label");
  }

  @Test
  void aShareOfZeroLeavesDevEmpty() {
    TaskStream stream = folders.devShare(0).open(plugin);
    assertEquals(List.of(), stream.examples(stream.tasks().get(0), Split.DEV));
    assertEquals(20, stream.examples(stream.tasks().get(0), Split.TRAIN).size());
  }

  @Test
  void templatesBelongToTasks() {
    TaskStream stream =
        folders
            .templates(
                Map.of(
                    "topics",
                    new TemplateOptions("Topic? {lettered}\n{text}", true, Optional.empty())))
            .open(plugin);
    Task topics = stream.tasks().get(1);
    assertEquals(Template.PLAIN, stream.tasks().get(0).template());
    assertEquals("Topic? A. World\nB. Sports\nx", topics.template().prompt(topics, "x"));
    assertEquals(" B", topics.template().spoken(topics, "Sports"));
  }

  @Test
  void takesTheFieldTextWhereThereIsNoSentence() {
    folders.write("again/test.json", "[{\"text\": \"a\", \"label\": \"World\"}]");
    TaskStream stream = folders.open(plugin);
    assertEquals("a", stream.examples(stream.tasks().get(0), Split.TEST).get(0).text());
  }

  @Test
  void freeTextHasNoLabelsAndKeepsAnyAnswer() {
    folders.write("again/test.json", "[{\"text\": \"6 x 7?\", \"label\": 42}]");
    TaskStream stream = folders.freeText().limits(5, 0, 0).open(plugin);
    assertTrue(stream.tasks().get(0).freeText());
    assertEquals("42", stream.examples(stream.tasks().get(0), Split.TEST).get(0).answer());
    assertEquals(5, stream.examples(stream.tasks().get(0), Split.TRAIN).size());
  }

  @Test
  void listsWhatItReads() {
    assertEquals(
        Stream.of(
                "again/train.json",
                "again/test.json",
                "topics/train.json",
                "topics/dev.json",
                "topics/test.json",
                "topics/labels.json")
            .map(root::resolve)
            .toList(),
        plugin.create(folders.options()).reads());
    Path missing = root.resolve("none");
    assertEquals(List.of(missing), plugin.create(Folders.at(missing).options()).reads());
    assertTrue(
        plugin
            .create(folders.order("gone").options())
            .reads()
            .contains(root.resolve("gone/test.json")));
  }

  @Test
  void tasksHaveAsManyLabelsAsTheyNeedLetteredOrNot() {
    for (int count : List.of(77, 150)) {
      String records =
          IntStream.range(0, count)
              .mapToObj("{\"sentence\": \"%1$d\", \"label\": \"intent %1$d\"}"::formatted)
              .collect(Collectors.joining(",", "[", "]"));
      for (TemplateOptions template :
          List.of(
              Folders.PLAIN, new TemplateOptions("{lettered} {text}", true, Optional.empty()))) {
        TaskStream stream =
            Folders.at(root.resolve(count + "-labels"))
                .write("intents/train.json", records)
                .write("intents/test.json", records)
                .allowOverlap()
                .devShare(0)
                .templates(Map.of("intents", template))
                .open(plugin);
        Task task = stream.tasks().get(0);
        assertEquals(count, task.labels().size());
        for (Example example : stream.examples(task, Split.TRAIN)) {
          assertTrue(task.template().prompt(task, example.text()).endsWith(example.text()));
          assertFalse(task.template().spoken(task, example.answer()).isBlank());
        }
      }
    }
  }
}
