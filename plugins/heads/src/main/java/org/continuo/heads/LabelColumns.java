package org.continuo.heads;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;

/**
 * The answer columns of a head that chooses among labels: those of the tasks seen in their order,
 * then those of other tasks among the examples, so that a column never moves once its task is seen.
 * Before any task is met, and where nobody names one, every announced label is possible.
 */
final class LabelColumns {

  /** Whether two tasks that share a label share its column. */
  enum Sharing {
    PER_TASK,
    SHARED
  }

  /**
   * One column.
   *
   * @param owner the task whose label it is; with {@code SHARED} the first that had it
   */
  record Column(Task owner, String label) {}

  private final Host host;
  private final Sharing sharing;

  LabelColumns(Host host, Sharing sharing) {
    this.host = host;
    this.sharing = sharing;
  }

  List<Column> columns(List<Example> examples) {
    Map<String, Task> tasks = new LinkedHashMap<>();
    host.seen().forEach(task -> tasks.put(task.name(), task));
    examples.stream()
        .flatMap(example -> example.task().stream())
        .map(host::task)
        .sorted((x, y) -> Integer.compare(x.index(), y.index()))
        .forEach(task -> tasks.putIfAbsent(task.name(), task));
    if (tasks.isEmpty()) {
      host.announced().forEach(task -> tasks.put(task.name(), task));
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Task task : tasks.values()) {
      for (String label : task.labels()) {
        columns.putIfAbsent(key(task.name(), label), new Column(task, label));
      }
    }
    return List.copyOf(columns.values());
  }

  Head.Columns of(List<Example> examples) {
    List<Column> columns = columns(examples);
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int c = 0; c < columns.size(); c++) {
      places.put(key(columns.get(c).owner().name(), columns.get(c).label()), c);
    }
    List<Integer> all = List.copyOf(places.values());
    List<Integer> targets = new ArrayList<>();
    List<List<Integer>> allowed = new ArrayList<>();
    for (Example example : examples) {
      targets.add(
          example.task().map(t -> places.getOrDefault(key(t, example.answer()), -1)).orElse(-1));
      allowed.add(
          example
              .task()
              .map(t -> host.task(t).labels().stream().map(l -> places.get(key(t, l))).toList())
              .orElse(all));
    }
    return new Head.Columns(columns.size(), targets, allowed);
  }

  private String key(String task, String label) {
    return sharing == Sharing.SHARED ? label : task + "\n" + label;
  }
}
