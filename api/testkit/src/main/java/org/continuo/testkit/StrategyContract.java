package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every strategy keeps to. The test class of a strategy extends it and names the plugin; runs
 * are those of {@link TinyRun}.
 */
public abstract class StrategyContract extends PluginContract<Strategy.Factory> {
  @TempDir private Path folder;

  protected StrategyContract() {}

  @Override
  protected abstract Plugin<Strategy.Factory, ?> plugin();

  /** Options of the runs as for {@code --set}: {@code strategy.memory=8}; the defaults if none. */
  protected List<String> settings() {
    return List.of();
  }

  /** The share of a task's test examples that must be right once it has been trained. */
  protected double learned() {
    return 0.7;
  }

  /**
   * By how much the share of right answers to the first task may differ from that of plain
   * fine-tuning: there is nothing to remember yet.
   */
  protected double firstTaskTolerance() {
    return 0.2;
  }

  private TinyRun tiny() {
    return TinyRun.of(plugin(), others().toArray(Plugin<?, ?>[]::new)).set(settings());
  }

  private TinyRun.Result run(String name) {
    return tiny().run(folder.resolve(name));
  }

  @Test
  void learnsEveryTaskItMeets() {
    List<List<Double>> accuracy = run("learns").accuracy();
    for (int t = 0; t < accuracy.size(); t++) {
      assertTrue(
          accuracy.get(t).get(t) >= learned(),
          "task " + t + " right after its training, in " + accuracy);
    }
  }

  @Test
  void learnsTheFirstTaskAsPlainFineTuningDoes() {
    TinyRun plain =
        TinyRun.of(FineTuning.plugin(), others().toArray(Plugin<?, ?>[]::new))
            .set(settings().stream().filter(s -> !s.startsWith("strategy.")).toList());
    double expected = plain.run(folder.resolve("plain")).accuracy().get(0).get(0);
    double found = run("first").accuracy().get(0).get(0);
    assertEquals(expected, found, firstTaskTolerance(), "right after the first task");
  }

  @Test
  void givesTheSameBitsForTheSameSeed() {
    TinyRun.Result one = run("one");
    TinyRun.Result other = run("other");
    assertEquals(one.accuracy(), other.accuracy());
    assertEquals(RunFiles.predictions(one.folder()), RunFiles.predictions(other.folder()));
  }

  /**
   * Rows with equal wirings share a batch: an equal one each time, so experts, routers and prompts
   * are kept or equal by value.
   */
  @Test
  void answersWithAnEqualWiringEachTime() {
    Set<String> differing = new TreeSet<>();
    tiny()
        .around(factory -> host -> new AskedTwice(factory.create(host), differing))
        .run(folder.resolve("wired"));
    assertEquals(
        Set.of(),
        differing,
        "tasks with another wiring when asked again; a record of routers and prompts that are kept is equal");
  }

  /**
   * What changes over a run belongs into the host: {@code keep}, {@code remember}, {@code param}.
   */
  @Test
  void goesOnWhereItWasKilled() {
    TinyRun.Result whole = tiny().set("checkpoints=all").run(folder.resolve("whole"));
    Path killed = KilledRun.after(1, whole.folder(), folder.resolve("killed"));
    new TinyRun.Resumed(whole, tiny().resume(killed)).assertBitEqual();
  }

  @Test
  void leavesTheBackboneAsItIs() {
    assertTrue(run("frozen").backboneUnchanged(), "weights of the frozen backbone have changed");
  }

  @Test
  void leavesNoNativeArrayBehind() {
    TinyRun.Result run = run("arrays");
    assertEquals(List.of(0L, 0L), run.growth(), () -> "arrays alive at each step: " + run.arrays());
  }

  @Test
  void worksOrRefusesWhereTheTaskIsNotTold() {
    worksOrSaysWhatItNeeds("evaluation.task-id=inferred", "task-id-at-test");
  }

  @Test
  void worksOrRefusesWherePastDataIsWithheld() {
    worksOrSaysWhatItNeeds("protocol.past-data=false", "past-data");
  }

  private void worksOrSaysWhatItNeeds(String setting, String capability) {
    TinyRun run = tiny().set(setting);
    List<String> refusals = run.refusals();
    if (refusals.isEmpty()) {
      assertEquals(2, run.run(folder.resolve("without")).accuracy().size());
    } else {
      assertTrue(
          refusals.stream().allMatch(line -> line.contains(" needs " + capability + ",")),
          refusals::toString);
    }
  }
}
