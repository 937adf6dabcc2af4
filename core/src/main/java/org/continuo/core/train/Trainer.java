package org.continuo.core.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Training;
import org.continuo.core.train.TrainingListener.StepReport;

/** Trains one task: executes what the strategy contributes, phase by phase, and owns the step. */
@Singleton
public final class Trainer {
  private final Training training;
  private final Strategy strategy;
  private final Head head;
  private final Passes passes;
  private final BatchMaker batches;
  private final ParameterStore store;
  private final Gradients gradients;
  private final AdamW optimiser;
  private final Scopes scopes;
  private final SeedTree seeds;
  private final Engine engine;
  private final Progression progression;
  private final TrainingListener listener;
  private final Interruption interruption;

  @Inject
  Trainer(
      Experiment experiment,
      Strategy strategy,
      Head head,
      Passes passes,
      BatchMaker batches,
      ParameterStore store,
      Gradients gradients,
      AdamW optimiser,
      Scopes scopes,
      SeedTree seeds,
      Engine engine,
      Progression progression,
      TrainingListener listener,
      Interruption interruption) {
    this.training = experiment.training();
    this.strategy = strategy;
    this.head = head;
    this.passes = passes;
    this.batches = batches;
    this.store = store;
    this.gradients = gradients;
    this.optimiser = optimiser;
    this.scopes = scopes;
    this.seeds = seeds;
    this.engine = engine;
    this.progression = progression;
    this.listener = listener;
    this.interruption = interruption;
  }

  /**
   * @param own training examples of the task
   * @param devScore scores the weights as they are on the dev split of a task
   */
  public void train(Task task, List<Example> own, ToDoubleFunction<Task> devScore) {
    progression.begin(task, own);
    // the generator is process-wide: it may not matter what ran before in this process
    engine.setRandomSeed(seeds.engineSeed(SeedTree.Purpose.DROPOUT, task.name()));
    List<Contribution> base = contributions(task);
    List<Example> examples =
        base.stream()
            .flatMap(contribution -> contribution.examples().stream())
            .findFirst()
            .map(Supplier::get)
            .orElse(own);
    List<Task> learned =
        examples.stream().map(e -> progression.task(e.task().orElseThrow())).distinct().toList();
    DoubleSupplier score = () -> learned.stream().mapToDouble(devScore).average().orElseThrow();
    List<Contribution.Phase> phases =
        base.stream().flatMap(contribution -> contribution.phases().stream()).toList();
    if (phases.isEmpty()) {
      phases = List.of(new Contribution.Phase("main", 1, Contribution.NONE));
    }
    int perEpoch = stepsPerEpoch(examples.size());
    List<Integer> lengths = phases.stream().map(p -> steps(base, p, perEpoch)).toList();
    int total = lengths.stream().mapToInt(Integer::intValue).sum();
    BestCheckpoint best = new BestCheckpoint(scopes);
    LossGuard losses = new LossGuard(task.name());
    FrozenGuard frozen = new FrozenGuard(store);
    int done = 0;
    for (int i = 0; i < phases.size(); i++) {
      Contribution.Phase phase = phases.get(i);
      List<Contribution> active = new ArrayList<>(base);
      active.add(phase.adds());
      passes.activate(active);
      Map<ParameterStore.Cell, Contribution.Group> groups = select(task, active);
      if (i == 0) {
        listener.taskStarted(task, examples.size(), total, trainable(groups));
      }
      List<Contribution> starting = i == 0 ? active : List.of(phase.adds());
      act(starting, Contribution::beforeTask);
      Stretch stretch =
          new Stretch(phase.name(), done, lengths.get(i), total, perEpoch, active, groups);
      if (!groups.isEmpty()) {
        run(stretch, task, examples, score, best, losses);
      }
      done += lengths.get(i);
      if (i == phases.size() - 1) {
        scopes.within(() -> best.restore(store));
      }
      act(List.of(phase.adds()), Contribution::afterTask);
    }
    act(base, Contribution::afterTask);
    losses.warnings().forEach(listener::warning);
    frozen.warnings(task.name()).forEach(listener::warning);
    store.train(List.of());
    scopes.within(optimiser::reset);
    passes.activate(List.of());
    progression.end();
  }

  /** What the strategy says of the task, and what it decides after a look at the data. */
  private List<Contribution> contributions(Task task) {
    Contribution said = scopes.within(() -> strategy.contribute(task));
    List<Contribution> all = new ArrayList<>(List.of(said));
    said.growths().forEach(growth -> all.add(scopes.within(growth.decide())));
    return all;
  }

  private void act(
      List<Contribution> contributions, Function<Contribution, List<Runnable>> actions) {
    contributions.forEach(contribution -> actions.apply(contribution).forEach(scopes::within));
  }

  private int stepsPerEpoch(int examples) {
    int micro = (examples + training.batchSize() - 1) / training.batchSize();
    return (micro + training.accumulation() - 1) / training.accumulation();
  }

  private int steps(List<Contribution> base, Contribution.Phase phase, int perEpoch) {
    OptionalDouble own =
        base.stream()
            .map(Contribution::epochs)
            .filter(OptionalDouble::isPresent)
            .findFirst()
            .orElse(OptionalDouble.empty());
    double epochs = own.orElse(training.epochs()) * phase.share();
    return epochs == 0 ? 0 : (int) Math.max(1, Math.round(perEpoch * epochs));
  }

  /** Makes exactly the parameters of the groups, and the head's for this task, trainable. */
  private Map<ParameterStore.Cell, Contribution.Group> select(
      Task task, List<Contribution> active) {
    List<Contribution.Group> groups = new ArrayList<>();
    active.forEach(contribution -> groups.addAll(contribution.groups()));
    groups.add(
        new Contribution.Group(head.params(task), OptionalDouble.empty(), OptionalDouble.empty()));
    Map<ParameterStore.Cell, Contribution.Group> selected = new LinkedHashMap<>();
    for (Contribution.Group group : groups) {
      for (Param param : group.params()) {
        selected.putIfAbsent(store.cell(param.name()), group);
      }
    }
    scopes.within(() -> store.train(selected.keySet()));
    return selected;
  }

  private static long trainable(Map<ParameterStore.Cell, Contribution.Group> groups) {
    return groups.keySet().stream().mapToLong(cell -> cell.shape().size()).sum();
  }

  /** The steps of one phase. */
  private record Stretch(
      String phase,
      int first,
      int length,
      int total,
      int perEpoch,
      List<Contribution> active,
      Map<ParameterStore.Cell, Contribution.Group> groups) {}

  private void run(
      Stretch stretch,
      Task task,
      List<Example> examples,
      DoubleSupplier devScore,
      BestCheckpoint best,
      LossGuard losses) {
    int between = Math.max(1, stretch.perEpoch / training.evaluationsPerEpoch());
    if (training.selectBest()) {
      scopes.within(() -> best.reserve(store.trained()));
    }
    Iterator<List<List<Example>>> steps = List.<List<List<Example>>>of().iterator();
    int epoch = 0;
    for (int i = 0; i < stretch.length; i++) {
      interruption.check();
      if (!steps.hasNext()) {
        steps = epoch(task, stretch.phase, epoch++, examples);
      }
      List<List<Example>> microBatches = steps.next();
      int number = stretch.first + i;
      progression.step(number);
      StepReport report = scopes.within(() -> step(stretch, task, number, microBatches, losses));
      listener.step(report, scopes.alive());
      if (training.selectBest() && ((i + 1) % between == 0 || i + 1 == stretch.length)) {
        double score = devScore.getAsDouble();
        scopes.within(() -> listener.dev(score, best.offer(score, store.trained())));
      }
    }
  }

  private Iterator<List<List<Example>>> epoch(
      Task task, String phase, int epoch, List<Example> examples) {
    long seed = seeds.seed(SeedTree.Purpose.SHUFFLING, task.name(), phase, epoch);
    List<List<Example>> micro = batches.epoch(examples, training.batchSize(), seed);
    List<List<List<Example>>> steps = new ArrayList<>();
    for (int start = 0; start < micro.size(); start += training.accumulation()) {
      steps.add(micro.subList(start, Math.min(start + training.accumulation(), micro.size())));
    }
    return steps.iterator();
  }

  private StepReport step(
      Stretch stretch, Task task, int number, List<List<Example>> microBatches, LossGuard losses) {
    engine.setRandomSeed(seeds.engineSeed(SeedTree.Purpose.DROPOUT, task.name(), number));
    long tokensBefore = batches.tokens();
    TrainingStep step =
        new TrainingStep(
            number, stretch.total, microBatches, stretch.active, passes, gradients, scopes);
    Tensors gradient = step.gradient(store.trained());
    double norm = norm(gradient);
    Tensors clipped = clip(gradient, norm);
    double factor =
        new LearningRate(training.schedule(), training.warmup(), stretch.total).factor(number);
    stretch.groups.forEach(
        (cell, group) ->
            optimiser.step(
                cell,
                clipped,
                factor * group.learningRate().orElse(training.learningRate()),
                group.weightDecay().orElse(training.weightDecay())));
    step.finish();
    losses.see(step.weighted());
    return new StepReport(
        number,
        stretch.total,
        step.loss(),
        step.terms(),
        factor * training.learningRate(),
        norm,
        batches.tokens() - tokensBefore);
  }

  /** Summed in the order of the groups: names, which differ between strategies, have no say. */
  private double norm(Tensors gradient) {
    NDArray squared =
        store.trained().stream()
            .map(cell -> gradient.get(cell.name()).square().sum())
            .reduce(NDArray::add)
            .orElseThrow();
    return Math.sqrt(squared.getFloat());
  }

  private Tensors clip(Tensors gradient, double norm) {
    return training.clipNorm() == 0 || norm <= training.clipNorm()
        ? gradient
        : gradient.times(training.clipNorm() / norm);
  }
}
