package org.continuo.core.train;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Strategy;
import org.continuo.api.tensor.Param;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Training;
import org.continuo.core.train.TrainingListener.StepReport;

/** Trains one task: executes what the strategy contributes, prelude by prelude, phase by phase. */
@Singleton
public final class Trainer {
  private final Training training;
  private final Strategy strategy;
  private final Head head;
  private final Passes passes;
  private final Stepper stepper;
  private final ParameterStore store;
  private final Scopes scopes;
  private final Progression progression;
  private final TrainingListener listener;
  private final Interruption interruption;

  @Inject
  Trainer(
      Experiment experiment,
      Strategy strategy,
      Head head,
      Passes passes,
      Stepper stepper,
      ParameterStore store,
      Scopes scopes,
      Progression progression,
      TrainingListener listener,
      Interruption interruption) {
    this.training = experiment.training();
    this.strategy = strategy;
    this.head = head;
    this.passes = passes;
    this.stepper = stepper;
    this.store = store;
    this.scopes = scopes;
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
    stepper.begin(task);
    Contribution said = scopes.within(() -> strategy.contribute(task));
    List<Objective> base = new ArrayList<>(List.of(said.objective()));
    base.addAll(decided(said.growths()));
    List<Example> examples = said.examples().map(Supplier::get).orElse(own);
    int perEpoch = stepper.stepsPerEpoch(examples.size());
    List<Stretch> stretches =
        Stretch.of(said, perEpoch, said.epochs().orElse(training.epochs(task)), training);
    Run run = new Run(task, examples, perEpoch, selectsBest(said), devScore(examples, devScore));

    passes.activate(base);
    select(task, base, Stretch.Place.PHASE);
    listener.taskStarted(
        task, examples.size(), stretches.get(0).total(), run.count(all(task, said, base)));
    act(base, Objective::before);
    stretches.forEach(stretch -> run(stretch, base, run));
    act(base, Objective::after);

    run.losses.warnings().forEach(listener::warning);
    run.frozen.warnings(task.name()).forEach(listener::warning);
    store.train(List.of());
    stepper.end();
    passes.activate(List.of());
    progression.end();
  }

  /** The training of one task, from its first step to its last. */
  private final class Run {
    final Task task;
    final List<Example> examples;
    final int perEpoch;
    final boolean selectBest;
    final DoubleSupplier devScore;
    final BestCheckpoint best = new BestCheckpoint(scopes);
    final LossGuard losses;
    final FrozenGuard frozen = new FrozenGuard(store);
    final Set<ParameterStore.Cell> counted = new LinkedHashSet<>();
    final Set<ParameterStore.Cell> trained = new LinkedHashSet<>();

    Run(
        Task task,
        List<Example> examples,
        int perEpoch,
        boolean selectBest,
        DoubleSupplier devScore) {
      this.task = task;
      this.examples = examples;
      this.perEpoch = perEpoch;
      this.selectBest = selectBest;
      this.devScore = devScore;
      this.losses = new LossGuard(task.name());
    }

    /** Numbers in those that were not counted before. */
    long count(Stream<ParameterStore.Cell> cells) {
      return cells.filter(counted::add).mapToLong(cell -> cell.shape().size()).sum();
    }
  }

  private boolean selectsBest(Contribution said) {
    return training.selectBest() && said.selection() != Contribution.Selection.LAST;
  }

  /** The mean over the tasks among the examples. */
  private DoubleSupplier devScore(List<Example> examples, ToDoubleFunction<Task> one) {
    List<Task> learned =
        examples.stream().map(e -> progression.task(e.task().orElseThrow())).distinct().toList();
    return () -> learned.stream().mapToDouble(one).average().orElseThrow();
  }

  private void run(Stretch stretch, List<Objective> base, Run run) {
    List<Objective> own = new ArrayList<>(List.of(stretch.phase().objective()));
    List<Objective> active = active(stretch, base, own);
    passes.activate(active);
    own.addAll(decided(stretch.phase().growths()));
    active = active(stretch, base, own);
    passes.activate(active);
    Map<ParameterStore.Cell, Objective.Group> groups = select(run.task, active, stretch.place());
    long grown = run.count(groups.keySet().stream());
    if (grown > 0) {
      listener.grew(grown);
    }
    act(own, Objective::before);
    if (!groups.isEmpty()) {
      step(new Stepper.Setting(run.task, stretch, active, groups), run);
    }
    if (stretch.last()) {
      scopes.within(() -> run.best.restore(store));
    }
    act(own, Objective::after);
  }

  private static List<Objective> active(
      Stretch stretch, List<Objective> base, List<Objective> own) {
    Stream<Objective> below =
        stretch.place() == Stretch.Place.PRELUDE ? Stream.of() : base.stream();
    return Stream.concat(below, own.stream())
        .filter(objective -> !objective.equals(Objective.NONE))
        .toList();
  }

  /** What is decided after a look at the data, and at what was learned until now. */
  private List<Objective> decided(List<Contribution.Growth> growths) {
    return growths.stream().map(growth -> scopes.within(growth.decide())).toList();
  }

  private void act(List<Objective> objectives, Function<Objective, List<Runnable>> actions) {
    objectives.forEach(objective -> actions.apply(objective).forEach(scopes::within));
  }

  /** Makes exactly the parameters of the groups trainable, and in phases the head's of the task. */
  private Map<ParameterStore.Cell, Objective.Group> select(
      Task task, List<Objective> active, Stretch.Place place) {
    List<Objective.Group> groups = new ArrayList<>();
    active.forEach(objective -> groups.addAll(objective.groups()));
    if (place == Stretch.Place.PHASE) {
      groups.add(Objective.Group.of(head.params(task)));
    }
    Map<ParameterStore.Cell, Objective.Group> selected = new LinkedHashMap<>();
    for (Objective.Group group : groups) {
      for (Param param : group.params()) {
        selected.putIfAbsent(store.cell(param.name()), group);
      }
    }
    scopes.within(() -> store.train(selected.keySet()));
    return selected;
  }

  /** The parameters that are known to train before any phase has decided on more. */
  private Stream<ParameterStore.Cell> all(Task task, Contribution said, List<Objective> base) {
    Stream<Objective> phases =
        Stream.concat(said.preludes().stream(), said.phases().stream())
            .map(Contribution.Phase::objective);
    Stream<Param> params =
        Stream.concat(base.stream(), phases)
            .flatMap(objective -> objective.groups().stream())
            .flatMap(group -> group.params().stream());
    return Stream.concat(params, head.params(task).stream()).map(param -> store.cell(param.name()));
  }

  private void step(Stepper.Setting setting, Run run) {
    Stretch stretch = setting.stretch();
    boolean selects = run.selectBest && stretch.place() == Stretch.Place.PHASE;
    int between = Math.max(1, run.perEpoch / training.evaluationsPerEpoch());
    if (selects) {
      run.trained.addAll(store.trained());
      scopes.within(() -> run.best.reserve(run.trained));
    }
    Iterator<List<List<Example>>> steps = List.<List<List<Example>>>of().iterator();
    int epoch = 0;
    for (int i = 0; i < stretch.length(); i++) {
      interruption.check();
      if (!steps.hasNext()) {
        steps = stepper.epoch(setting, epoch++, run.examples);
      }
      List<List<Example>> microBatches = steps.next();
      int number = stretch.first() + i;
      progression.step(number);
      StepReport report =
          scopes.within(() -> stepper.step(setting, number, microBatches, run.losses));
      listener.step(report, scopes.alive());
      if (i + 1 == stretch.length()) {
        stepper.requireFinite(setting);
      }
      if (selects && ((i + 1) % between == 0 || i + 1 == stretch.length())) {
        double score = run.devScore.getAsDouble();
        scopes.within(() -> listener.dev(score, run.best.offer(score, run.trained)));
      }
    }
  }
}
