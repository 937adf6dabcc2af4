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
import org.continuo.core.experiment.Experiment;

/** Where the run is: tasks met, the task at hand, its step. */
@Singleton
public final class Progression {
  private final Map<String, Task> known = new LinkedHashMap<>();
  private final List<Task> seen = new ArrayList<>();
  private final TaskStream stream;
  private final boolean futureData;
  private final TrainingListener listener;
  private Optional<Task> current = Optional.empty();
  private List<Example> trainingData = List.of();
  private int step;

  @Inject
  Progression(TaskStream stream, Experiment experiment, TrainingListener listener) {
    this.stream = stream;
    this.futureData = experiment.protocol().futureData();
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
    if (!futureData) {
      throw new IllegalStateException(
          "training examples of tasks to come were asked for, but protocol.future-data is false; set it to true if an upper bound is meant");
    }
    Map<Task, List<Example>> all = new LinkedHashMap<>();
    stream.tasks().forEach(task -> all.put(task, stream.examples(task, Split.TRAIN)));
    return all;
  }

  public List<Task> seen() {
    return List.copyOf(seen);
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
