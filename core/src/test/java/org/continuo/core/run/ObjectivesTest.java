package org.continuo.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Text;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Wiring;
import org.continuo.core.config.Bound;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Training;
import org.continuo.core.toy.ToyExperiments;
import org.continuo.core.toy.ToyExpert;
import org.continuo.results.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preludes, phases, their objectives, and who decides when. */
class ObjectivesTest {
  private static final int STEPS_PER_EPOCH = 48 / 8;

  @TempDir Path out;

  /** One expert for all tasks; what is said of a task is given. */
  private record Saying(Host host, BiFunction<Saying, Task, Contribution> said)
      implements Strategy {
    Expert expert(String name) {
      return host.expert(name, ToyExpert::create, host.backbone().sites());
    }

    float[] values(String expert) {
      return expert(expert).params().get(0).value().toFloatArray();
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return Optional.of(Wiring.of(Mixture.sum(List.of(expert("one")))));
    }

    @Override
    public Contribution contribute(Task task) {
      return said.apply(this, task);
    }
  }

  private static Training training(double epochs) {
    return new Training(
        epochs, 8, 1, 1e-2, Training.Schedule.CONSTANT, 0, 0, 0, 32, true, 1, Optional.empty());
  }

  private Outcome run(Training training, BiFunction<Saying, Task, Contribution> said) {
    return run(ToyExperiments.bound(1, training, host -> new Saying(host, said)));
  }

  private Outcome run(Bound<Experiment> bound) {
    return new ExperimentRun(bound, Progress.SILENT).run(out, (outcome, backbone) -> {});
  }

  private static List<JsonNode> events(Outcome outcome, String name) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(outcome.folder().resolve("events.jsonl"))) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.path("event").asText().equals(name)) {
        events.add(event);
      }
    }
    return events;
  }

  private static List<String> warnings(Outcome outcome) throws IOException {
    return events(outcome, "warning").stream().map(e -> e.path("text").asText()).toList();
  }

  @Test
  void preludesComeFirstByNameAndAreAlone() throws IOException {
    List<String> log = new ArrayList<>();
    Map<String, Integer> steps = new HashMap<>();
    Outcome outcome =
        run(
            training(2),
            (strategy, task) ->
                Contribution.builder()
                    .train(strategy.expert("one").params())
                    .afterStep(step -> steps.merge("task", 1, Integer::sum))
                    .beforeTask(() -> log.add("task begins"))
                    .afterTask(() -> log.add("task ends"))
                    .prelude("b", 0.5, logging(strategy, "b", log, steps))
                    .prelude("a", 1, logging(strategy, "a", log, steps))
                    .phase("main", 1, logging(strategy, "one", log, steps))
                    .build());
    assertEquals(
        List.of(
            "task begins",
            "a begins",
            "a ends",
            "b begins",
            "b ends",
            "one begins",
            "one ends",
            "task ends"),
        log.subList(0, 8));
    assertEquals(3 * 2 * STEPS_PER_EPOCH, steps.get("task"), "in phases only");
    assertEquals(3 * 2 * STEPS_PER_EPOCH, steps.get("a"));
    assertEquals(3 * STEPS_PER_EPOCH, steps.get("b"));
    JsonNode started = events(outcome, "task-started").get(0);
    assertEquals(5 * STEPS_PER_EPOCH, started.path("steps").asInt());
    // the experts one, a and b, and the head
    assertEquals(
        3 * 16 * 16 + 32,
        new ObjectMapper()
            .readTree(outcome.folder().resolve("results.json").toFile())
            .at("/cost/trainableParameters/0")
            .asLong());
  }

  private static Objective logging(
      Saying strategy, String name, List<String> log, Map<String, Integer> steps) {
    return Objective.builder()
        .train(strategy.expert(name).params())
        .trainWith(any -> Wiring.of(Mixture.sum(List.of(strategy.expert(name)))))
        .before(() -> log.add(name + " begins"))
        .afterStep(step -> steps.merge(name, 1, Integer::sum))
        .after(() -> log.add(name + " ends"))
        .build();
  }

  @Test
  void aPreludeTrainsWhatItNamesAndNoHead() {
    Map<String, float[]> before = new HashMap<>();
    List<String> changed = new ArrayList<>();
    run(
        training(1),
        (strategy, task) ->
            Contribution.builder()
                .train(strategy.expert("one").params())
                .prelude(
                    "warm-up",
                    1,
                    Objective.builder()
                        .train(strategy.expert("other").params())
                        .trainWith(any -> Wiring.of(Mixture.sum(List.of(strategy.expert("other")))))
                        .before(() -> before.putAll(state(strategy, task)))
                        .after(
                            () ->
                                state(strategy, task)
                                    .forEach(
                                        (name, values) -> {
                                          if (!Arrays.equals(values, before.get(name))) {
                                            changed.add(name);
                                          }
                                        }))
                        .build())
                .build());
    assertEquals(List.of("other", "other", "other"), changed);
  }

  private static Map<String, float[]> state(Saying strategy, Task task) {
    return Map.of(
        "one", strategy.values("one"),
        "other", strategy.values("other"),
        "head", strategy.host.head().params(task).get(0).value().toFloatArray());
  }

  @Test
  void aPhaseIsMadeFromWhatWasLearnedBeforeIt() throws IOException {
    List<Double> sizes = new ArrayList<>();
    List<Integer> losses = new ArrayList<>();
    Outcome outcome =
        run(
            training(2),
            (strategy, task) ->
                Contribution.builder()
                    .phase(
                        "learn",
                        0.5,
                        Objective.builder().train(strategy.expert("one").params()).build())
                    .phase(
                        "grow",
                        0.5,
                        16 * 16,
                        () -> {
                          sizes.add(squared(strategy.values("one")));
                          Expert grown = strategy.expert("grown in " + task.name());
                          return Objective.builder()
                              .train(grown.params())
                              .trainWith(
                                  any ->
                                      Wiring.of(
                                          Mixture.sum(List.of(strategy.expert("one"), grown))))
                              .taskLoss(
                                  pass -> {
                                    losses.add(pass.request().wiring().params().size());
                                    return pass.crossEntropy();
                                  })
                              .build();
                        })
                    .build());
    assertTrue(sizes.stream().allMatch(size -> size > 0), "learned before: " + sizes);
    assertEquals(3 * STEPS_PER_EPOCH, losses.size(), "the phase's own loss, in the phase");
    assertTrue(losses.stream().allMatch(params -> params == 2), "the phase's own wiring");
    JsonNode results =
        new ObjectMapper().readTree(outcome.folder().resolve("results.json").toFile());
    assertEquals(2 * 16 * 16 + 32, results.at("/cost/trainableParameters/0").asLong());
  }

  private static double squared(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  @Test
  void whoKeepsTheLastWeightsIsNotAskedForTheBest() throws IOException {
    Outcome outcome =
        run(
            training(1),
            (strategy, task) ->
                Contribution.builder().train(strategy.expert("one").params()).keepLast().build());
    assertEquals(List.of(), events(outcome, "dev"));
    assertEquals(3 * STEPS_PER_EPOCH, events(outcome, "step").size());
  }

  @Test
  void theBestWeightsAreThoseOfAllPhasesTogether() {
    List<float[]> last = new ArrayList<>();
    Outcome outcome =
        run(
            training(4),
            (strategy, task) ->
                Contribution.builder()
                    .phase(
                        "good",
                        2,
                        Objective.builder().train(strategy.expert("one").params(), 3e-2).build())
                    .phase(
                        "ruin",
                        0.5,
                        Objective.builder()
                            .train(
                                Objective.Group.of(strategy.expert("one").params())
                                    .by(u -> u.value().subi(u.scalar(100))))
                            .after(() -> last.add(strategy.values("one")))
                            .build())
                    .build());
    assertEquals(RunStatus.COMPLETED, outcome.status());
    for (float[] values : last) {
      for (float value : values) {
        assertTrue(Math.abs(value) < 50, "the weights of the phase that ruins them are put back");
      }
    }
  }

  @Test
  void aGroupMayHaveARuleOfItsOwn() {
    List<float[]> seen = new ArrayList<>();
    run(
        training(0.1),
        (strategy, task) ->
            Contribution.builder()
                .train(
                    Objective.Group.of(strategy.expert("one").params())
                        .at(0.25)
                        .by(
                            u ->
                                u.value()
                                    .subi(u.gradient().sign().mul(u.scalar(u.learningRate())))))
                .beforeTask(() -> seen.add(strategy.values("one")))
                .keepLast()
                .afterTask(() -> seen.add(strategy.values("one")))
                .build());
    for (int i = 0; i < seen.get(0).length; i++) {
      assertEquals(0.25f, Math.abs(seen.get(1)[i] - seen.get(0)[i]), 1e-7f, "entry " + i);
    }
  }

  @Test
  void tasksMayHaveTheirOwnEpochsAndLearningRate() throws IOException {
    Training training =
        new Training(
            1,
            8,
            1,
            1e-2,
            Training.Schedule.CONSTANT,
            0,
            0,
            0,
            32,
            true,
            1,
            Optional.of(
                Map.of(
                    "task1", new Training.OfTask(OptionalDouble.of(2), OptionalDouble.of(1e-3)))));
    Outcome outcome = run(ToyExperiments.bound(1, training, ToyExperiments.experts(false)));
    List<JsonNode> started = events(outcome, "task-started");
    assertEquals(
        List.of(STEPS_PER_EPOCH, 2 * STEPS_PER_EPOCH, STEPS_PER_EPOCH),
        started.stream().map(e -> e.path("steps").asInt()).toList());
    assertEquals(
        List.of(1e-2, 1e-3, 1e-2),
        events(outcome, "step").stream()
            .filter(e -> e.path("step").asInt() == 0)
            .map(e -> e.path("learningRate").asDouble())
            .toList());
  }

  @Test
  void optionsOfTasksThatAreNotThereAreRefused() {
    Training training =
        new Training(
            1,
            8,
            1,
            1e-2,
            Training.Schedule.CONSTANT,
            0,
            0,
            0,
            32,
            true,
            1,
            Optional.of(
                Map.of(
                    "task7", new Training.OfTask(OptionalDouble.of(2), OptionalDouble.empty()))));
    DataException refused =
        assertThrows(
            DataException.class,
            () -> run(ToyExperiments.bound(1, training, ToyExperiments.experts(false))));
    assertEquals(
        "training.tasks.task7: found no such task in the stream, available: task0, task1, task2; use one of these or remove it",
        refused.getMessage());
  }

  /** A router without equals: no two of them are the same. */
  private static final class Fresh implements Router {
    @Override
    public NDArray weights(Input input) {
      return Router.Constant.sum(input.experts().size()).weights(input);
    }
  }

  @Test
  void wiringsThatNeverRepeatAreWarnedOfOnce() throws IOException {
    Outcome outcome =
        run(
            training(12),
            (strategy, task) ->
                Contribution.builder()
                    .train(strategy.expert("one").params())
                    .trainWith(
                        any ->
                            Wiring.of(
                                new Mixture(
                                    strategy.host.backbone().sites(),
                                    List.of(strategy.expert("one")),
                                    new Fresh())))
                    .build());
    List<String> warned = warnings(outcome);
    assertEquals(1, warned.size(), warned.toString());
    assertTrue(
        warned.get(0).startsWith("found 64 different wirings in 64 passes, expected the same"),
        warned.get(0));
    assertTrue(warned.get(0).contains("give routers and prompts equals and hashCode"));
  }

  @Test
  void usualStrategiesAreNotWarnedOfTheirWirings() throws IOException {
    Outcome outcome = run(ToyExperiments.bound(1, training(12), ToyExperiments.experts(true)));
    assertEquals(List.of(), warnings(outcome));
  }

  @Test
  void madeExamplesAreNoPastData() {
    List<List<Example>> found = new ArrayList<>();
    Strategy.Factory maker =
        host ->
            new Saying(
                host,
                (strategy, task) ->
                    Contribution.builder()
                        .train(strategy.expert("one").params())
                        .beforeTask(() -> found.add(host.made("texts")))
                        .afterTask(
                            () ->
                                host.rememberMade(
                                    "texts",
                                    List.of(
                                        new Example(
                                            "made/" + task.name(), task.name(), "t", "low"))))
                        .build());
    Bound<Experiment> bound = ToyExperiments.withoutPastData(1, training(1), maker);
    run(bound);
    assertEquals(
        List.of(List.of(), List.of("made/task0"), List.of("made/task1")),
        found.stream().map(all -> all.stream().map(Example::id).toList()).toList());
    Strategy.Factory keeper =
        host ->
            new Saying(
                host,
                (strategy, task) ->
                    Contribution.builder()
                        .train(strategy.expert("one").params())
                        .afterTask(() -> host.remember("texts", host.trainingData()))
                        .build());
    Bound<Experiment> forbidden = ToyExperiments.withoutPastData(1, training(1), keeper);
    assertTrue(
        assertThrows(RunFailed.class, () -> run(forbidden))
            .getMessage()
            .contains("protocol.past-data = false forbids"));
  }

  @Test
  void textsNeedALanguageModel() {
    BiFunction<Saying, Task, Contribution> reading =
        (strategy, task) ->
            Contribution.builder()
                .train(strategy.expert("one").params())
                .loss(
                    "texts",
                    1,
                    step ->
                        Optional.of(
                            strategy
                                .host
                                .read(
                                    List.of(new Text("a", "b", Text.Counted.ALL)),
                                    Request.of(Wiring.NONE))
                                .crossEntropy()))
                .build();
    RunFailed failed = assertThrows(RunFailed.class, () -> run(training(1), reading));
    assertTrue(
        failed.getMessage().contains("backbone 'toy' has no language-model head to score texts"),
        failed.getMessage());
  }

  @Test
  void aShareOfNothingIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Contribution.builder().phase("none", 0, Objective.NONE));
    assertTrue(refused.getMessage().startsWith("phase 'none': found a share of 0.0"));
  }
}
