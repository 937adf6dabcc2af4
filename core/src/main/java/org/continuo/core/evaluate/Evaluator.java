package org.continuo.core.evaluate;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Finiteness;
import org.continuo.api.tensor.Param;
import org.continuo.core.experiment.Evaluation;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.train.BatchMaker;
import org.continuo.core.train.Interruption;
import org.continuo.core.train.ParameterStore;
import org.continuo.core.train.Passes;
import org.continuo.core.train.Scopes;
import org.continuo.results.RunState.Tested;

/**
 * Tests a task with the weights as they are. Where the task id is given, a task whose attached
 * parameters have not changed since its last test is not tested again: the answers cannot differ.
 */
@Singleton
public final class Evaluator {
  private final Evaluation options;
  private final Head.Factory scores;
  private final Strategy strategy;
  private final Head head;
  private final Passes passes;
  private final BatchMaker batches;
  private final ParameterStore store;
  private final Scopes scopes;
  private final Interruption interruption;
  private final Map<String, Tested> last = new HashMap<>();
  private long nanos;
  private long tokens;

  @Inject
  Evaluator(
      Experiment experiment,
      Strategy strategy,
      Head head,
      Passes passes,
      BatchMaker batches,
      ParameterStore store,
      Scopes scopes,
      Interruption interruption) {
    this.options = experiment.evaluation();
    this.scores = experiment.head();
    this.strategy = strategy;
    this.head = head;
    this.passes = passes;
    this.batches = batches;
    this.store = store;
    this.scopes = scopes;
    this.interruption = interruption;
  }

  /**
   * The outcome of one test.
   *
   * @param score mean grade, in [0,1]
   * @param routed share of examples whose task was identified rightly; empty where it is given or
   *     no strategy identifies
   * @param cached true if nothing it depends on had changed
   */
  public record Result(
      double score, List<Prediction> predictions, Optional<Double> routed, boolean cached) {
    public Result {
      predictions = List.copyOf(predictions);
    }
  }

  /** Results that a later test would take over, if it came now. */
  public Map<String, Tested> known() {
    Map<String, Tested> known = new TreeMap<>(last);
    known.values().removeIf(tested -> !store.current(tested.versions()));
    return known;
  }

  /**
   * Goes on from where an evaluator of the same run was.
   *
   * @param seconds and {@code tokens} spent by it
   */
  public void resume(Map<String, Tested> known, double seconds, long tokensRead) {
    last.putAll(known);
    nanos = Math.round(seconds * 1e9);
    tokens = tokensRead;
  }

  /**
   * Tests one split of a task.
   *
   * @param name of the split, to tell the tests of one task apart
   * @param when it takes place, for people: "before any training"
   * @throws ArithmeticException if answers would be made of numbers that are not finite
   */
  public Result test(Task task, String name, String when, List<Example> examples) {
    return timed(
        "task '%s', test %s".formatted(task.name(), when),
        () ->
            options.taskId() == Evaluation.TaskId.GIVEN
                ? given(task, task.name() + "/" + name, examples)
                : inferred(task, examples));
  }

  private Result timed(String stage, Supplier<Result> test) {
    long start = System.nanoTime();
    long tokensBefore = batches.tokens();
    try {
      return test.get();
    } catch (ArithmeticException e) {
      throw broken(stage, e);
    } finally {
      nanos += System.nanoTime() - start;
      tokens += batches.tokens() - tokensBefore;
    }
  }

  /**
   * Scores dev examples of the task that trains: while it does, nobody has to ask whose they are,
   * and a strategy may not know yet.
   */
  public double dev(Task task, List<Example> examples) {
    return timed(
            "task '%s', test on dev examples".formatted(task.name()),
            () -> given(task, task.name() + "/dev", examples))
        .score();
  }

  private static ArithmeticException broken(String stage, ArithmeticException cause) {
    ArithmeticException broken =
        new ArithmeticException(
            "%s: %s; before any training the checkpoint or its conversion is at fault, later training has diverged: lower training.learning-rate"
                .formatted(stage, cause.getMessage()));
    broken.initCause(cause);
    return broken;
  }

  /** Seconds spent in tests so far. */
  public double seconds() {
    return nanos / 1e9;
  }

  /** Tokens read in tests so far. */
  public long tokens() {
    return tokens;
  }

  private Result given(Task task, String key, List<Example> examples) {
    List<Param> reached = new ArrayList<>(passes.wiring(Optional.of(task.name())).params());
    reached.addAll(head.params(task));
    Map<String, Long> versions = store.versions(reached);
    Tested before = last.get(key);
    if (before != null && before.versions().equals(versions)) {
      return new Result(before.score(), before.predictions(), before.routed(), true);
    }
    List<Prediction> predictions = new ArrayList<>();
    boolean plain = true;
    for (List<Example> rows : batches.forTest(examples, options.batchSize())) {
      interruption.check();
      plain &= scopes.within(() -> answer(rows, Optional.of(task.name()), predictions));
    }
    Result result = new Result(mean(task, predictions), predictions, Optional.empty(), false);
    if (plain) {
      last.put(key, new Tested(versions, result.score, result.routed, result.predictions));
    }
    return result;
  }

  private Result inferred(Task task, List<Example> examples) {
    List<Prediction> predictions = new ArrayList<>();
    int identified = 0;
    int right = 0;
    for (List<Example> rows : batches.forTest(examples, options.batchSize())) {
      interruption.check();
      List<Optional<String>> names = scopes.within(() -> identify(rows));
      Map<Optional<String>, List<Example>> groups = new LinkedHashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        groups.computeIfAbsent(names.get(i), n -> new ArrayList<>()).add(rows.get(i));
        identified += names.get(i).isPresent() ? 1 : 0;
        right += names.get(i).filter(task.name()::equals).isPresent() ? 1 : 0;
      }
      groups.forEach(
          (name, group) -> scopes.within(() -> answer(withTask(group, name), name, predictions)));
    }
    Optional<Double> routed =
        identified == 0 ? Optional.empty() : Optional.of((double) right / examples.size());
    return new Result(mean(task, predictions), predictions, routed, false);
  }

  private List<Optional<String>> identify(List<Example> rows) {
    Batch batch = passes.batch(withTask(withheld(rows), Optional.empty()));
    return strategy
        .identify(batch)
        .map(names -> names.stream().map(Optional::of).toList())
        .orElseGet(() -> rows.stream().map(row -> Optional.<String>empty()).toList());
  }

  /** Adds the predictions for some rows; true if one pass with the wiring made them. */
  private boolean answer(List<Example> rows, Optional<String> task, List<Prediction> into) {
    if (head instanceof Head.Choosing choosing) {
      Optional<NDArray> own = strategy.predict(passes.batch(withheld(rows)), task);
      if (own.isPresent()) {
        Finiteness.require(own.get(), "the scores of the strategy");
        into.addAll(choosing.choose(own.get(), passes.batch(rows)));
        return false;
      }
    }
    into.addAll(head.answer(rows, passes.wiring(task)));
    return true;
  }

  private static List<Example> withheld(List<Example> rows) {
    return rows.stream().map(Example::withoutAnswer).toList();
  }

  private static List<Example> withTask(List<Example> rows, Optional<String> task) {
    return rows.stream().map(row -> row.withTask(task)).toList();
  }

  private double mean(Task task, List<Prediction> predictions) {
    String score = scores.score(task.name());
    return predictions.stream().mapToDouble(p -> p.grades().get(score)).average().orElse(0);
  }
}
