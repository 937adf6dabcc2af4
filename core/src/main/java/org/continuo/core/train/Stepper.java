package org.continuo.core.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Objective;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Training;
import org.continuo.core.train.TrainingListener.StepReport;

/** Owns the optimiser step: passes, losses, backward, transforms, clipping, update. */
@Singleton
final class Stepper {
  private final Training training;
  private final Passes passes;
  private final BatchMaker batches;
  private final ParameterStore store;
  private final Gradients gradients;
  private final Optimiser optimiser;
  private final Scopes scopes;
  private final SeedTree seeds;
  private final Engine engine;

  @Inject
  Stepper(
      Experiment experiment,
      Passes passes,
      BatchMaker batches,
      ParameterStore store,
      Gradients gradients,
      Optimiser optimiser,
      Scopes scopes,
      SeedTree seeds,
      Engine engine) {
    this.training = experiment.training();
    this.passes = passes;
    this.batches = batches;
    this.store = store;
    this.gradients = gradients;
    this.optimiser = optimiser;
    this.scopes = scopes;
    this.seeds = seeds;
    this.engine = engine;
  }

  /** What the steps of a stretch have in common. */
  record Setting(
      Task task,
      Stretch stretch,
      List<Objective> active,
      Map<ParameterStore.Cell, Objective.Group> groups) {}

  /** The generator is process-wide: it may not matter what ran before in this process. */
  void begin(Task task) {
    engine.setRandomSeed(seeds.engineSeed(SeedTree.Purpose.DROPOUT, task.name()));
  }

  /** Nothing of a task is left for the next. */
  void end() {
    scopes.within(optimiser::reset);
  }

  int stepsPerEpoch(int examples) {
    int micro = (examples + training.batchSize() - 1) / training.batchSize();
    return (micro + training.accumulation() - 1) / training.accumulation();
  }

  /** The steps of one epoch, each with its micro-batches. */
  Iterator<List<List<Example>>> epoch(Setting setting, int epoch, List<Example> examples) {
    long seed =
        seeds.seed(
            SeedTree.Purpose.SHUFFLING, setting.task.name(), setting.stretch.phase().name(), epoch);
    List<List<Example>> micro = batches.epoch(examples, training.batchSize(), seed);
    List<List<List<Example>>> steps = new ArrayList<>();
    for (int start = 0; start < micro.size(); start += training.accumulation()) {
      steps.add(micro.subList(start, Math.min(start + training.accumulation(), micro.size())));
    }
    return steps.iterator();
  }

  StepReport step(Setting setting, int number, List<List<Example>> microBatches, LossGuard losses) {
    Task task = setting.task;
    engine.setRandomSeed(seeds.engineSeed(SeedTree.Purpose.DROPOUT, task.name(), number));
    long tokensBefore = batches.tokens();
    TrainingStep step =
        new TrainingStep(
            number,
            setting.stretch.total(),
            microBatches,
            setting.active,
            passes,
            gradients,
            scopes);
    Tensors gradient = step.gradient(store.trained());
    double norm = norm(gradient);
    if (!Double.isFinite(norm)) {
      throw new TrainingDiverged(
          "task '%s', step %d: %s; lower training.learning-rate or the weight of the term that grew"
              .formatted(
                  task.name(),
                  number,
                  Divergence.findOverflow("the gradient of parameter", gradient)
                      .orElse("the gradient is so large that its norm overflows")));
    }
    Tensors clipped = clip(gradient, norm);
    double factor = setting.stretch.factor(number);
    double rate = training.learningRate(task);
    setting.groups.forEach(
        (cell, group) ->
            optimiser.step(
                cell,
                clipped.get(cell.name()),
                group,
                factor * group.learningRate().orElse(rate),
                group.weightDecay().orElse(training.weightDecay())));
    step.finish();
    losses.see(step.weighted());
    return new StepReport(
        number,
        setting.stretch.total(),
        step.loss(),
        step.terms(),
        factor * rate,
        norm,
        batches.tokens() - tokensBefore);
  }

  /**
   * To be called after the last step of a stretch: no loss comes after it that would tell.
   *
   * @throws TrainingDiverged if a parameter is not finite, or so large that its square is not
   */
  void requireFinite(Setting setting) {
    scopes.within(
        () ->
            Divergence.findOverflow("parameter", store.values(store.trained()))
                .ifPresent(
                    found -> {
                      throw new TrainingDiverged(
                          "task '%s', after the last of %d steps: %s; lower training.learning-rate"
                              .formatted(setting.task.name(), setting.stretch.total(), found));
                    }));
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
