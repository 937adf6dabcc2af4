package org.continuo.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.result.Prediction;
import org.junit.jupiter.api.Test;

class LabelChoiceTest {
  private static final Task NEWS = new Task("news", 0, Template.PLAIN, List.of("good", "bad"));
  private static final Task FILM =
      new Task("film", 1, Template.PLAIN, List.of("bad", "fair", "good"));
  private static final Map<String, Task> TASKS = Map.of("news", NEWS, "film", FILM);

  private final List<Task> seen = new ArrayList<>();

  /** Knows its tasks; asked for anything else, the test is wrong. */
  private Host host() {
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "seen" -> List.copyOf(seen);
                  case "announced" -> List.of(NEWS, FILM);
                  case "task" -> TASKS.get(arguments[0]);
                  default -> throw new AssertionError("unexpected " + method);
                });
  }

  private ClassificationHead head(LabelColumns.Sharing sharing) {
    return new ClassificationHead(new ClassificationHead.Options(sharing), host());
  }

  private static Example example(Optional<String> task, String answer) {
    return new Example("x", task, "text", answer);
  }

  @Test
  void everyTaskHasColumnsOfItsOwnInTheOrderTheyWereSeen() {
    seen.add(FILM);
    Head.Columns columns =
        head(LabelColumns.Sharing.PER_TASK)
            .columns(
                List.of(
                    example(Optional.of("news"), "bad"),
                    example(Optional.of("film"), "good"),
                    example(Optional.of("film"), ""),
                    example(Optional.empty(), "good")));
    assertEquals(
        new Head.Columns(
            5,
            List.of(4, 2, -1, -1),
            List.of(List.of(3, 4), List.of(0, 1, 2), List.of(0, 1, 2), List.of(0, 1, 2, 3, 4))),
        columns);
  }

  @Test
  void sharedLabelsShareTheirColumn() {
    seen.add(NEWS);
    seen.add(FILM);
    Head.Columns columns =
        head(LabelColumns.Sharing.SHARED)
            .columns(
                List.of(example(Optional.of("news"), "bad"), example(Optional.of("film"), "fair")));
    assertEquals(
        new Head.Columns(3, List.of(1, 2), List.of(List.of(0, 1), List.of(1, 2, 0))), columns);
  }

  @Test
  void beforeAnyTaskIsMetEveryAnnouncedLabelIsPossible() {
    assertEquals(
        new Head.Columns(5, List.of(-1), List.of(List.of(0, 1, 2, 3, 4))),
        head(LabelColumns.Sharing.PER_TASK).columns(List.of(example(Optional.empty(), "good"))));
  }

  @Test
  void onlyAllowedColumnsAreChosen() {
    seen.add(NEWS);
    seen.add(FILM);
    try (NDManager scope = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray scores = scope.create(new float[] {9, 8, 1, 3, 2}, new Shape(1, 5));
      NDArray allowed = scope.create(new float[] {0, 0, 1, 1, 1}, new Shape(1, 5));
      NDArray none = scope.zeros(new Shape(1));
      Batch batch =
          new Batch(List.of(example(Optional.of("film"), "fair")), none, none, none, none, allowed);
      Prediction prediction = head(LabelColumns.Sharing.PER_TASK).choose(scores, batch).get(0);
      assertEquals("fair", prediction.answer());
      assertEquals(Map.of("accuracy", 1.0), prediction.grades());
      assertEquals(
          List.of("bad", "fair", "good"), List.copyOf(prediction.probabilities().keySet()));
      assertEquals(1, prediction.probabilities().values().stream().mapToDouble(p -> p).sum(), 1e-6);
    }
  }

  @Test
  void tasksWithoutLabelsAreRefused() {
    Task open = new Task("open", 0, Template.PLAIN, List.of());
    assertEquals(
        List.of(
            "head 'classification' chooses among labels, but task 'open' has none (free-text answers); use head { type = free-text }"),
        head(LabelColumns.Sharing.PER_TASK).refusals(open));
  }
}
