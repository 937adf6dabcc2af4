package org.continuo.streams.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.streams.RealTasks;
import org.junit.jupiter.api.Test;

/** The published tasks, where a copy of them is at hand. */
class BenchmarkFolderTest {
  private static long spread(Task task, List<Example> examples) {
    LongSummaryStatistics counts =
        task.labels().stream()
            .mapToLong(label -> examples.stream().filter(e -> e.answer().equals(label)).count())
            .summaryStatistics();
    return counts.getMax() - counts.getMin();
  }

  @Test
  void loadsInTheOrderAskedForWithinTheLimitsEvenByLabel() {
    TaskStream stream =
        Folders.at(RealTasks.mtl5())
            .order("dbpedia", "amazon", "agnews")
            .limits(1000, 200, 500)
            .open(new FolderPlugin());
    assertEquals(
        List.of("dbpedia", "amazon", "agnews"), stream.tasks().stream().map(Task::name).toList());
    assertEquals(List.of(14, 5, 4), stream.tasks().stream().map(t -> t.labels().size()).toList());
    for (Task task : stream.tasks()) {
      assertEquals(1000, stream.examples(task, Split.TRAIN).size());
      assertEquals(200, stream.examples(task, Split.DEV).size());
      assertEquals(500, stream.examples(task, Split.TEST).size());
      for (Split split : Split.values()) {
        long spread = spread(task, stream.examples(task, split));
        assertTrue(spread <= 1, task.name() + " " + split + " spread " + spread);
      }
    }
  }

  @Test
  void loadsAllOfItWithDisjointSplitsAndUniqueIds() {
    TaskStream stream = Folders.at(RealTasks.mtl5()).open(new FolderPlugin());
    assertEquals(
        List.of("agnews", "amazon", "dbpedia", "sst2"),
        stream.tasks().stream().map(Task::name).toList());
    List<Example> all = new ArrayList<>();
    for (Task task : stream.tasks()) {
      for (Split split : Split.values()) {
        all.addAll(stream.examples(task, split));
      }
    }
    assertEquals(4000 + 1000 + 4000 + 5000 + 1000 + 4000 + 2800 + 700 + 4000 + 2872, all.size());
    Function<Function<Example, String>, Integer> distinct =
        key -> all.stream().map(key).collect(Collectors.toCollection(HashSet::new)).size();
    assertEquals(all.size(), distinct.apply(Example::id));
    assertTrue(all.stream().noneMatch(e -> e.text().isBlank() || e.text().endsWith("\n")));
  }
}
