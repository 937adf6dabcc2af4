package org.continuo.core.train;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;

/** Where the run is: tasks met, the task at hand, its step. */
@Singleton
public final class Progression {
  private final Map<String, Task> known = new LinkedHashMap<>();
  private final List<Task> seen = new ArrayList<>();
  private final TaskStream stream;
  private final TrainingListener listener;
  private Optional<Task> current = Optional.empty();
  private List<Example> trainingData = List.of();
  private int step;

  @Inject
  Progression(TaskStream stream, TrainingListener listener) {
    this.stream = stream;
    stream.tasks().forEach(task -> known.put(task.name(), task));
    this.listener = listener;
  }

  /** A task begins; it counts as seen from here on. */
  void begin(Task task, List<Example> examples) {
    if (!seen.contains(task)) {
      seen.add(task);
    }
    current = Optional.of(task);
    trainingData = List.copyOf(examples);
    step = 0;
  }

  /** Goes on after these tasks. */
  void resume(List<Task> learned) {
    seen.clear();
    seen.addAll(learned);
  }

  /** Its training data is out of reach again. */
  void end() {
    current = Optional.empty();
    trainingData = List.of();
  }

  void step(int number) {
    step = number;
  }

  TrainingListener listener() {
    return listener;
  }

  int step() {
    return step;
  }

  String taskName() {
    return current.map(Task::name).orElse("");
  }

  List<Example> trainingData() {
    return trainingData;
  }

  Map<Task, List<Example>> wholeStream() {
    Map<Task, List<Example>> all = new LinkedHashMap<>();
    stream.tasks().forEach(task -> all.put(task, stream.examples(task, Split.TRAIN)));
    return all;
  }

  public List<Task> seen() {
    return List.copyOf(seen);
  }

  List<Task> announced() {
    return List.copyOf(known.values());
  }

  List<Example> probe(Task task, int limit) {
    if (!seen.contains(task)) {
      throw new IllegalArgumentException(
          "task '%s' was not met yet, expected one of %s"
              .formatted(task.name(), seen.stream().map(Task::name).toList()));
    }
    return stream.examples(task, Split.DEV).stream().limit(limit).toList();
  }

  Task task(String name) {
    Task task = known.get(name);
    if (task == null) {
      throw new IllegalArgumentException(
          "no task '" + name + "' in this stream; available: " + known.keySet());
    }
    return task;
  }
}
