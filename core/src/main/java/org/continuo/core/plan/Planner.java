package org.continuo.core.plan;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskNames;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.continuo.core.config.Bound;
import org.continuo.core.evaluate.Metrics;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Training;
import org.continuo.core.train.BatchMaker;
import org.continuo.core.train.Passes;
import org.continuo.core.train.PromptEncoder;
import org.continuo.core.train.Scopes;

/**
 * Walks a run dry: asks every part for its refusals, counts parameters and tokens, trains nothing.
 */
@Singleton
public final class Planner {
  /**
   * A training step costs about this many forward passes (forward, backward through frozen
   * weights).
   */
  private static final double STEP_IN_FORWARDS = 3;

  /** The fastest of so many counts: the others met something else that ran. */
  private static final int MEASUREMENTS = 5;

  private final Experiment experiment;
  private final TaskStream stream;
  private final Backbone backbone;
  private final Head head;
  private final Strategy strategy;
  private final Passes passes;
  private final BatchMaker batches;
  private final PromptEncoder encoder;
  private final Scopes scopes;

  @Inject
  Planner(
      Experiment experiment,
      TaskStream stream,
      Backbone backbone,
      Head head,
      Strategy strategy,
      Passes passes,
      BatchMaker batches,
      PromptEncoder encoder,
      Scopes scopes) {
    this.experiment = experiment;
    this.stream = stream;
    this.backbone = backbone;
    this.head = head;
    this.strategy = strategy;
    this.passes = passes;
    this.batches = batches;
    this.encoder = encoder;
    this.scopes = scopes;
  }

  /** What can be said without creating any part. */
  public static List<String> capabilityProblems(Bound<Experiment> file) {
    return CapabilityCheck.problems(file);
  }

  /** Why the parts, now that they exist, refuse to work together; empty if they do not. */
  public List<String> refusals() {
    List<String> problems =
        new ArrayList<>(new Metrics(experiment.evaluation().metrics()).duplicates());
    List<String> names = stream.tasks().stream().map(Task::name).toList();
    TaskNames.problems(names).forEach(problem -> problems.add("tasks of the stream: " + problem));
    problems.addAll(unknownTasks(experiment, names));
    for (Task task : stream.tasks()) {
      Optional<String> noChat = encoder.chatRefusal(task);
      if (noChat.isPresent()) {
        problems.add(noChat.get());
        continue;
      }
      problems.addAll(head.refusals(task));
      for (Split split : List.of(Split.TRAIN, tested())) {
        if (stream.examples(task, split).isEmpty()) {
          problems.add(
              "task '%s' has no %s examples, expected at least one; add some, or raise the stream's limits"
                  .formatted(task.name(), split.name().toLowerCase(Locale.ROOT)));
        }
      }
      List<Example> examples = new ArrayList<>(stream.examples(task, Split.TRAIN));
      examples.addAll(stream.examples(task, tested()));
      encoder.refusal(task, examples, !(head instanceof Head.Choosing)).ifPresent(problems::add);
      Contribution contribution = contribution(task, problems);
      for (Request request : requests(task, contribution)) {
        backbone
            .refusals(request)
            .forEach(
                reason ->
                    problems.add(
                        "backbone '%s' cannot do what the strategy asks for task '%s': %s"
                            .formatted(
                                backbone.description().architecture(), task.name(), reason)));
      }
    }
    return problems.stream().distinct().toList();
  }

  /** What training asks of the backbone, as far as it is known before anything is learned. */
  private List<Request> requests(Task task, Contribution contribution) {
    List<List<Objective>> inForce = new ArrayList<>();
    inForce.add(List.of(contribution.objective()));
    contribution.preludes().forEach(prelude -> inForce.add(List.of(prelude.objective())));
    contribution
        .phases()
        .forEach(phase -> inForce.add(List.of(contribution.objective(), phase.objective())));
    return inForce.stream().map(objectives -> request(task, objectives)).distinct().toList();
  }

  private Request request(Task task, List<Objective> objectives) {
    List<Capture> captures = objectives.stream().flatMap(o -> o.captures().stream()).toList();
    Wiring wiring =
        objectives.stream()
            .flatMap(o -> o.wiring().stream())
            .reduce((outer, inner) -> inner)
            .map(own -> own.apply(task.name()))
            .orElseGet(() -> passes.wiring(Optional.of(task.name())));
    return new Request(wiring, Request.Positions.ROWS, captures, true);
  }

  /** Tasks that training has options for and the stream has not. */
  static List<String> unknownTasks(Experiment experiment, List<String> known) {
    return experiment.training().tasks().map(Map::keySet).orElse(Set.of()).stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .map(
            name ->
                "training.tasks.%s: found no such task in the stream, available: %s; use one of these or remove it"
                    .formatted(name, String.join(", ", known)))
        .toList();
  }

  /** What the strategy says of a task; nothing, and a problem more, if it cannot be combined. */
  private Contribution contribution(Task task, List<String> problems) {
    try {
      return scopes.within(() -> strategy.contribute(task));
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return Contribution.NONE;
    }
  }

  /** The whole plan, with a time measured on a few batches. */
  public Plan plan(String strategyName) {
    List<String> problems = refusals();
    Set<String> counted = new HashSet<>();
    List<Plan.TaskPlan> tasks = new ArrayList<>();
    stream.tasks().forEach(task -> tasks.add(plan(task, counted)));
    OptionalDouble seconds =
        problems.isEmpty() ? OptionalDouble.of(estimate(tasks)) : OptionalDouble.empty();
    return new Plan(
        backbone.description(), strategyName, tasks, problems, stream.warnings(), seconds);
  }

  private Plan.TaskPlan plan(Task task, Set<String> counted) {
    Training training = experiment.training();
    List<Example> test = stream.examples(task, tested());
    Contribution contribution = contribution(task, new ArrayList<>());
    List<Example> train =
        contribution
            .examples()
            .map(Supplier::get)
            .orElseGet(() -> stream.examples(task, Split.TRAIN));
    List<Param> trained = new ArrayList<>(head.params(task));
    objectives(contribution)
        .flatMap(objective -> objective.groups().stream())
        .forEach(group -> trained.addAll(group.params()));
    List<Param> distinct = trained.stream().distinct().toList();
    long growth =
        Stream.concat(
                contribution.growths().stream(),
                phases(contribution).flatMap(phase -> phase.growths().stream()))
            .mapToLong(Contribution.Growth::parametersAtMost)
            .sum();
    long fresh =
        distinct.stream()
            .filter(param -> counted.add(param.name()))
            .mapToLong(param -> param.shape().size())
            .sum();
    double epochs = shares(contribution) * contribution.epochs().orElse(training.epochs(task));
    int perStep = training.batchSize() * training.accumulation();
    int stepsPerEpoch = (train.size() + perStep - 1) / perStep;
    int steps = (int) Math.round(epochs * stepsPerEpoch);
    return new Plan.TaskPlan(
        task.name(),
        train.size(),
        stream.examples(task, Split.DEV).size(),
        test.size(),
        distinct.stream().mapToLong(param -> param.shape().size()).sum() + growth,
        fresh + growth,
        steps,
        Math.round(epochs * tokens(train)),
        tokens(test));
  }

  private static Stream<Contribution.Phase> phases(Contribution contribution) {
    return Stream.concat(contribution.preludes().stream(), contribution.phases().stream());
  }

  /** Of the epochs; 1 where a task is one phase. */
  private static double shares(Contribution contribution) {
    double preludes = contribution.preludes().stream().mapToDouble(Contribution.Phase::share).sum();
    double phases = contribution.phases().stream().mapToDouble(Contribution.Phase::share).sum();
    return preludes + (contribution.phases().isEmpty() ? 1 : phases);
  }

  private static Stream<Objective> objectives(Contribution contribution) {
    return Stream.concat(
        Stream.of(contribution.objective()),
        phases(contribution).map(Contribution.Phase::objective));
  }

  private Split tested() {
    return experiment.evaluation().split().examples();
  }

  /** Tokens of all examples, from a sample of at most 200. */
  private long tokens(List<Example> examples) {
    if (examples.isEmpty()) {
      return 0;
    }
    int stride = Math.max(1, examples.size() / 200);
    long sum = 0;
    int count = 0;
    for (int i = 0; i < examples.size(); i += stride) {
      sum += encoder.length(examples.get(i));
      count++;
    }
    return sum * examples.size() / count;
  }

  /**
   * Seconds: training steps, then a test of every task after each, by the speed of a few batches.
   */
  private double estimate(List<Plan.TaskPlan> plans) {
    Task task = stream.tasks().get(0);
    List<Example> sample =
        stream.examples(task, Split.TRAIN).stream()
            .limit(4L * experiment.training().batchSize())
            .toList();
    if (sample.isEmpty()) {
      return 0;
    }
    forward(task, sample); // the first pass loads weights
    double seconds = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MEASUREMENTS; i++) {
      long start = System.nanoTime();
      forward(task, sample);
      seconds = Math.min(seconds, (System.nanoTime() - start) / 1e9);
    }
    double perToken = seconds / Math.max(1, sample.stream().mapToInt(encoder::length).sum());
    long trainTokens = plans.stream().mapToLong(Plan.TaskPlan::trainTokens).sum();
    long testTokens = plans.stream().mapToLong(Plan.TaskPlan::testTokens).sum();
    int tests = plans.size() + (experiment.evaluation().zeroShot() ? 1 : 0);
    return perToken * (STEP_IN_FORWARDS * trainTokens + (double) tests * testTokens);
  }

  private void forward(Task task, List<Example> sample) {
    Request request = Request.of(passes.wiring(Optional.of(task.name())));
    for (List<Example> rows : batches.byLength(sample, experiment.training().batchSize())) {
      try {
        scopes.within(
            () ->
                passes
                    .pass("plan", passes.batch(rows), request)
                    .scores()
                    .map(NDArray::toByteBuffer)
                    .isPresent());
      } catch (ArithmeticException e) {
        throw new DataException(
            "task '%s', before any training: %s; look at the checkpoint and its conversion"
                .formatted(task.name(), e.getMessage()),
            e);
      }
    }
  }
}
