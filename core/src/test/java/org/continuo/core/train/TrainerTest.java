package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Training;
import org.continuo.core.toy.ToyExperiments;
import org.continuo.core.toy.ToyStream;
import org.junit.jupiter.api.Test;

class TrainerTest {

  /** A run's parts, put together by hand. */
  private static final class Parts implements AutoCloseable {
    final ToyStream stream = new ToyStream(3, 1);
    final Engine engine = Engine.getEngine("PyTorch");
    final Scopes scopes = new Scopes(engine.newBaseManager());
    final List<Integer> alive = new ArrayList<>();
    final ParameterStore store;
    final Hosts hosts;
    final Trainer trainer;
    Head head;
    Passes passes;
    Strategy strategy;

    Parts(Training training, Strategy.Factory factory) {
      Experiment experiment = ToyExperiments.bound(1, training, factory).options();
      SeedTree seeds = new SeedTree(experiment);
      store = new ParameterStore(scopes, seeds, engine);
      Backbone backbone = experiment.backbone().load(store.view("backbone"));
      TrainingListener listener = new Counting();
      Progression progression = new Progression(stream, listener);
      PromptEncoder encoder = new PromptEncoder(backbone, progression, experiment);
      BatchMaker batches = new BatchMaker(encoder, backbone);
      Gradients gradients = new Gradients(engine, store);
      hosts =
          new Hosts(
              experiment,
              backbone,
              () -> head,
              () -> passes,
              scopes,
              seeds,
              store,
              new Keepsakes(scopes),
              gradients,
              encoder,
              progression);
      head = experiment.head().create(hosts.of("head"));
      passes = new Passes(backbone, head, batches, scopes, listener, () -> strategy);
      strategy = experiment.strategy().create(hosts.of("toy"));
      trainer =
          new Trainer(
              experiment,
              strategy,
              head,
              passes,
              new Stepper(
                  experiment,
                  passes,
                  batches,
                  store,
                  gradients,
                  new Optimiser(scopes),
                  scopes,
                  seeds,
                  engine),
              store,
              scopes,
              progression,
              listener,
              () -> false);
    }

    void train(int index) {
      Task task = stream.tasks().get(index);
      trainer.train(task, stream.examples(task, Split.TRAIN), t -> 0.5);
    }

    Map<String, float[]> values() {
      Map<String, float[]> values = new TreeMap<>();
      store.cells().stream()
          .filter(cell -> cell.allocated())
          .forEach(cell -> values.put(cell.name(), cell.value().toFloatArray()));
      return values;
    }

    @Override
    public void close() {
      scopes.close();
    }

    private final class Counting extends SilentListener {
      @Override
      public void step(StepReport report, int arrays) {
        alive.add(arrays);
      }
    }
  }

  private static Training training(double epochs, int batchSize, int accumulation) {
    return new Training(
        epochs,
        batchSize,
        accumulation,
        1e-2,
        Training.Schedule.CONSTANT,
        0,
        0,
        0,
        32,
        true,
        1,
        Optional.empty());
  }

  @Test
  void fiveHundredStepsLeaveNoArrayBehind() {
    try (Parts parts = new Parts(training(84, 8, 1), ToyExperiments.experts(true))) {
      parts.train(0);
      assertEquals(504, parts.alive.size());
      assertEquals(parts.alive.get(50), parts.alive.get(500));
    }
  }

  @Test
  void whatNoGroupNamesIsUnchangedBitForBit() {
    try (Parts parts = new Parts(training(2, 8, 1), ToyExperiments.experts(true))) {
      parts.train(0);
      Map<String, float[]> before = parts.values();
      parts.train(1);
      Map<String, float[]> after = parts.values();
      assertTrue(before.keySet().contains("toy/task0"), before.keySet().toString());
      before.forEach((name, value) -> assertArrayEquals(value, after.get(name), 0f, name));
      assertEquals(Set.of("head/task1", "toy/task1"), added(before, after));
    }
  }

  private static Set<String> added(Map<String, float[]> before, Map<String, float[]> after) {
    Set<String> names = new java.util.TreeSet<>(after.keySet());
    names.removeAll(before.keySet());
    return names;
  }

  @Test
  void accumulatedMicroBatchesGiveTheGradientOfTheWholeBatch() {
    try (Parts parts = new Parts(training(1, 8, 1), ToyExperiments.experts(true))) {
      Task task = parts.stream.tasks().get(0);
      List<Example> rows = parts.stream.examples(task, Split.TRAIN).subList(0, 12);
      Contribution contribution = parts.strategy.contribute(task);
      parts.store.train(contribution.objective().groups().get(0).params());
      Map<String, Float> whole = gradient(parts, List.of(rows), contribution);
      Map<String, Float> split =
          gradient(parts, List.of(rows.subList(0, 8), rows.subList(8, 12)), contribution);
      whole.forEach((name, norm) -> assertEquals(norm, split.get(name), 1e-6f, name));
    }
  }

  private static Map<String, Float> gradient(
      Parts parts, List<List<Example>> microBatches, Contribution contribution) {
    Map<String, Float> sums = new TreeMap<>();
    parts.scopes.within(
        () -> {
          TrainingStep step =
              new TrainingStep(
                  0,
                  1,
                  microBatches,
                  List.of(contribution.objective()),
                  parts.passes,
                  new Gradients(parts.engine, parts.store),
                  parts.scopes);
          Tensors gradient = step.gradient(parts.store.trained());
          gradient.map().forEach((name, array) -> sums.put(name, array.square().sum().getFloat()));
        });
    assertTrue(sums.values().stream().allMatch(value -> value > 0), sums.toString());
    return sums;
  }

  @Test
  void theHostKeepsDropsAndLendsValues() {
    try (Parts parts = new Parts(training(1, 8, 1), ToyExperiments.experts(true))) {
      Host host = parts.hosts.of("toy");
      parts.train(0);
      parts.store.train(
          parts
              .strategy
              .contribute(parts.stream.tasks().get(0))
              .objective()
              .groups()
              .get(0)
              .params());
      int before = parts.scopes.longLived();
      parts.scopes.within(() -> host.keep("anchor", host.trained()));
      assertEquals(before + 1, parts.scopes.longLived());
      float kept = host.kept("anchor").get("toy/task0").sum().getFloat();
      parts.scopes.within(() -> host.assign(host.trained().times(2)));
      float doubled = parts.store.cell("toy/task0").value().sum().getFloat();
      assertEquals(2 * kept, doubled, 1e-5f);
      float seenInside =
          parts.scopes.within(
              () ->
                  host.at(
                      host.kept("anchor"),
                      () -> parts.store.cell("toy/task0").value().sum().getFloat()));
      assertEquals(kept, seenInside);
      assertEquals(doubled, parts.store.cell("toy/task0").value().sum().getFloat());
      parts.scopes.within(() -> host.drop("anchor"));
      assertEquals(before, parts.scopes.longLived());
      assertTrue(host.kept("anchor").isEmpty());
    }
  }

  @Test
  void gradientsOfSingleExamplesAddUpToTheBatch() {
    try (Parts parts = new Parts(training(1, 8, 1), ToyExperiments.experts(true))) {
      Host host = parts.hosts.of("toy");
      Task task = parts.stream.tasks().get(0);
      List<Example> rows = parts.stream.examples(task, Split.TRAIN).subList(0, 4);
      parts.store.train(parts.strategy.contribute(task).objective().groups().get(0).params());
      parts.scopes.within(
          () -> {
            Tensors whole = host.gradient(() -> host.loss(host.passes(rows)));
            Tensors sum = new Tensors(Map.of("toy/task0", whole.get("toy/task0").zerosLike()));
            host.eachGradient(rows, (example, g) -> sum.get("toy/task0").addi(g.get("toy/task0")));
            float difference = sum.times(0.25).minus(whole).square().sum().getFloat();
            assertEquals(0, difference, 1e-10f);
            assertTrue(whole.square().sum().getFloat() > 0);
          });
    }
  }

  @Test
  void epochsRunOverWhatAContributionGivesAndAllItsTasksChooseTheBest() {
    Strategy.Factory both =
        host -> {
          Strategy base = ToyExperiments.experts(false).create(host);
          ToyStream stream = new ToyStream(3, 1);
          return new Strategy() {
            @Override
            public Contribution contribute(Task task) {
              return Contribution.builder()
                  .train(base.contribute(task).objective().groups().get(0).params())
                  .examples(
                      () ->
                          stream.tasks().subList(0, 2).stream()
                              .flatMap(t -> stream.examples(t, Split.TRAIN).stream())
                              .toList())
                  .build();
            }

            @Override
            public Optional<Wiring> wiring(Optional<String> task) {
              return base.wiring(task);
            }
          };
        };
    Training one =
        new Training(
            1, 8, 1, 1e-2, Training.Schedule.CONSTANT, 0, 0, 0, 32, true, 1, Optional.empty());
    try (Parts parts = new Parts(one, both)) {
      List<String> asked = new ArrayList<>();
      Task task = parts.stream.tasks().get(0);
      parts.trainer.train(
          task,
          parts.stream.examples(task, Split.TRAIN),
          t -> {
            asked.add(t.name());
            return 0.5;
          });
      assertEquals(2 * 48 / 8, parts.alive.size());
      assertEquals(List.of("task0", "task1"), asked);
    }
  }

  @Test
  void firstValuesFollowTheSeedPrefixAndNamesThePrefix() {
    try (Parts parts = new Parts(training(1, 8, 1), ToyExperiments.experts(true))) {
      Host one = parts.hosts.of("one", "strategy").under("part");
      Host other = parts.hosts.of("other", "strategy").under("part");
      Host apart = parts.hosts.of("apart").under("part");
      assertEquals("one/part/w", weight(one).name());
      assertArrayEquals(values(one), values(other), 0f);
      assertFalse(Arrays.equals(values(one), values(apart)));
      assertEquals(one.random("x").nextLong(), other.random("x").nextLong());
    }
  }

  private static Param weight(Host host) {
    return host.param(
        "w", new Shape(3), (m, shape) -> m.randomNormal(0, 1, shape, DataType.FLOAT32));
  }

  private static float[] values(Host host) {
    return weight(host).value().toFloatArray();
  }

  @Test
  void transformsThatWaitForEachOtherAreNamed() {
    Objective circular =
        Objective.builder()
            .gradient("a", (step, g) -> g, "b")
            .gradient("b", (step, g) -> g, "a")
            .build();
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> GradientOrder.of(List.of(circular)));
    assertEquals(
        "gradient transforms wait for each other: [a, b]; mend what they declare as 'after'",
        thrown.getMessage());
  }

  @Test
  void transformsFollowDeclaredNamesNotPositions() {
    Objective one = Objective.builder().gradient("a", (s, g) -> g, "z", "absent").build();
    Objective two = Objective.builder().gradient("z", (s, g) -> g).build();
    assertEquals(
        List.of("z", "a"),
        GradientOrder.of(List.of(one, two)).stream().map(Objective.Gradient::name).toList());
    assertEquals(Optional.empty(), Objective.NONE.wiring());
  }
}
