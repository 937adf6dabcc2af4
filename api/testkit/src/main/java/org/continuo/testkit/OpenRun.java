package org.continuo.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Param;
import org.continuo.core.config.Bound;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Planner;
import org.continuo.core.run.RunAssembly;
import org.continuo.core.train.Hosts;
import org.continuo.core.train.ParameterStore;
import org.continuo.core.train.Scopes;
import org.continuo.core.train.Trainer;
import org.continuo.core.train.TrainingListener;

/**
 * A run that is driven task by task and looked into: the real parts, put together by the host, with
 * nothing written. Between two tasks a test may compute with the model, compare parameters or
 * assign others. Tasks are named by their index, from 0, and are to be trained in order. Made by
 * {@link TinyRun#open}; it holds native memory until it is closed.
 *
 * <pre>{@code
 * try (OpenRun run = TinyRun.of(new EwcPlugin()).with("training { epochs = 2 }").open()) {
 *   run.train(0);
 *   Map<String, float[]> before = run.parameters();
 *   List<TrainedStep> steps = run.train(1);
 *   assertEquals(0, steps.get(0).losses().get("ewc"));
 *   assertTrue(run.test(0).score() > 0.5);
 * }
 * }</pre>
 */
public final class OpenRun implements AutoCloseable {
  private final RunAssembly run;
  private final String id;
  private final Notes notes = new Notes();

  /**
   * @throws DataException if a part lacks a capability or refuses the data
   */
  OpenRun(Bound<Experiment> file) {
    refuse(Planner.capabilityProblems(file));
    id =
        file.choices().stream()
            .filter(choice -> choice.path().equals("experiment.strategy"))
            .findFirst()
            .orElseThrow()
            .plugin()
            .id();
    run = new RunAssembly(file.options(), id, notes, () -> false);
    try {
      refuse(run.part(Planner.class).refusals());
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  /** The strategy, with what stands around it. */
  public Strategy strategy() {
    return run.part(Strategy.class);
  }

  /** All tasks in their order. */
  public List<Task> tasks() {
    return run.part(TaskStream.class).tasks();
  }

  public Task task(int index) {
    return tasks().get(index);
  }

  /** Training examples of a task. */
  public List<Example> examples(int task) {
    return examples(task, Split.TRAIN);
  }

  private List<Example> examples(int task, Split split) {
    return run.part(TaskStream.class).examples(task(task), split);
  }

  /**
   * Trains a task, all phases of the strategy included, as a run does.
   *
   * @return its optimiser steps
   */
  public List<TrainedStep> train(int task) {
    int before = notes.steps.size();
    Evaluator evaluator = run.part(Evaluator.class);
    List<Example> dev = examples(task, Split.DEV);
    run.part(Trainer.class)
        .train(task(task), examples(task), trained -> evaluator.dev(trained, dev));
    return List.copyOf(notes.steps.subList(before, notes.steps.size()));
  }

  /** Tests a task with the parameters as they are, be it trained or not. */
  public Tested test(int task) {
    Evaluator.Result result =
        run.part(Evaluator.class)
            .test(task(task), "test", "as parameters are", examples(task, Split.TEST));
    return new Tested(result.score(), result.routed(), result.predictions());
  }

  /**
   * How a test went.
   *
   * @param score mean grade of the answers, in [0,1]
   * @param routed share of examples whose task was identified rightly, in [0,1]; empty where the
   *     task is told or no strategy identifies
   * @param predictions one per test example
   */
  public record Tested(double score, Optional<Double> routed, List<Prediction> predictions) {
    public Tested {
      predictions = List.copyOf(predictions);
    }
  }

  /** A host under the strategy's own names. */
  public Host host() {
    return run.part(Hosts.class).of(id);
  }

  /**
   * Computes in a memory scope of its own.
   *
   * @param body its arrays die with the scope: it returns numbers, or copies as {@code float[]}
   */
  public <R> R within(Function<Host, R> body) {
    return run.part(Scopes.class).within(() -> body.apply(host()));
  }

  /** The parameters that the strategy trains by its objective of a task, each once. */
  public List<Param> trained(int task) {
    return strategy().contribute(task(task)).objective().groups().stream()
        .flatMap(group -> group.params().stream())
        .distinct()
        .toList();
  }

  /** Every parameter that has a value by now, the backbone's too, copied; by name. */
  public Map<String, float[]> parameters() {
    return within(
        host -> {
          Map<String, float[]> copies = new TreeMap<>();
          run.part(ParameterStore.class)
              .allocated()
              .map()
              .forEach((name, array) -> copies.put(name, array.toFloatArray()));
          return copies;
        });
  }

  /** Native arrays alive now: equal after equal work, or something leaks. */
  public int arrays() {
    return run.part(Scopes.class).alive();
  }

  /** Native arrays alive after each optimiser step so far. */
  public List<Integer> arraysAtSteps() {
    return List.copyOf(notes.arrays);
  }

  /** Optimiser steps of all tasks so far. */
  public List<TrainedStep> steps() {
    return List.copyOf(notes.steps);
  }

  /** What was warned of so far. */
  public List<String> warnings() {
    return List.copyOf(notes.warnings);
  }

  /**
   * The diagnostic numbers recorded under one name so far, in order; none if there is no such name.
   *
   * @param name with the prefix of who recorded it: {@code ewc/drift}
   */
  public List<Double> recorded(String name) {
    return List.copyOf(notes.values.getOrDefault(name, List.of()));
  }

  @Override
  public void close() {
    run.close();
  }

  private static final class Notes implements TrainingListener {
    private final List<TrainedStep> steps = new ArrayList<>();
    private final List<Integer> arrays = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private String task = "";

    @Override
    public void taskStarted(Task started, int examples, int total, long trainableParameters) {
      task = started.name();
    }

    @Override
    public void grew(long parameters) {}

    @Override
    public void step(StepReport report, int alive) {
      steps.add(new TrainedStep(task, report.step(), report.loss(), report.losses()));
      arrays.add(alive);
    }

    @Override
    public void dev(double score, double best) {}

    @Override
    public void value(String name, double value) {
      values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    @Override
    public void warning(String text) {
      warnings.add(text);
    }
  }
}
