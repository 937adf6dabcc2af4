package org.continuo.core.plan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Param;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.train.SeedTree;

/**
 * Data and checkpoint of an experiment, looked at without starting an engine or reading a weight.
 *
 * @param problems why they cannot be used
 * @param warnings what the data tells of itself
 */
public record Inputs(List<String> problems, List<String> warnings) {
  public Inputs {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** All that is wrong with both. */
  public static Inputs of(Experiment experiment) {
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try {
      TaskStream stream =
          experiment.stream().open(new SeedTree(experiment).seed(SeedTree.Purpose.DATA));
      warnings.addAll(stream.warnings());
      problems.addAll(
          Planner.unknownTasks(experiment, stream.tasks().stream().map(Task::name).toList()));
    } catch (DataException e) {
      problems.addAll(e.problems());
    }
    problems.addAll(problems(experiment.backbone()));
    return new Inputs(problems, warnings);
  }

  /** What is wrong with a checkpoint; nothing if the model is yet to be made. */
  public static List<String> problems(Backbone.Factory backbone) {
    if (backbone instanceof Backbone.FromScratch) {
      return List.of();
    }
    try {
      Map<String, Param> named = new TreeMap<>();
      backbone.load((name, shape, made) -> named.computeIfAbsent(name, n -> new Named(n, shape)));
      return List.of();
    } catch (DataException e) {
      return e.problems();
    }
  }

  /** A parameter that nobody may ask for its value. */
  private record Named(String name, Shape shape) implements Param {
    @Override
    public NDArray value() {
      throw new IllegalStateException(
          "parameter '"
              + name
              + "' was asked for its value when the model was loaded, expected later, when it is first used");
    }

    @Override
    public boolean allocated() {
      return false;
    }
  }
}
