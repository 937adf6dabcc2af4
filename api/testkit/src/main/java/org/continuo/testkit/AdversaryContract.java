package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.learning.Adversary;
import org.continuo.api.plugin.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every adversary keeps to. The test class of an adversary extends it and names the plugin; it
 * pushes the shared expert of a small strategy, in runs as those of {@link TinyRun}.
 */
public abstract class AdversaryContract extends PluginContract<Adversary.Factory> {
  @TempDir private Path folder;

  protected AdversaryContract() {}

  /** The share of a task's test examples that must be right once it has been trained. */
  protected double learned() {
    return 0.7;
  }

  private TinyRun tiny(PushedExpert strategy) {
    Plugin<? extends Adversary.Factory, ?> adversary = plugin();
    List<Plugin<?, ?>> others = new ArrayList<>(others());
    others.add(adversary);
    TinyRun run =
        TinyRun.of(strategy.plugin(), others.toArray(Plugin<?, ?>[]::new))
            .set("strategy.adversary.type=" + adversary.id());
    for (var option : options().entrySet()) {
      run = run.set("strategy.adversary." + option.getKey() + "=" + option.getValue());
    }
    return run;
  }

  private TinyRun.Result run(String name) {
    return tiny(new PushedExpert()).run(folder.resolve(name));
  }

  @Test
  void letsTheTasksBeLearned() {
    List<List<Double>> accuracy = run("learns").accuracy();
    for (int t = 0; t < accuracy.size(); t++) {
      assertTrue(accuracy.get(t).get(t) >= learned(), accuracy::toString);
    }
  }

  @Test
  void trainsNeitherTheBackboneNorWhatIsNotItsOwn() {
    PushedExpert strategy = new PushedExpert();
    assertTrue(tiny(strategy).run(folder.resolve("own")).backboneUnchanged());
    assertEquals(List.of(), strategy.alien(), "parameters that are not the adversary's own");
  }

  /** Planning asks too: what is contributed is the same each time, and asking changes nothing. */
  @Test
  void describesTheSameEachTimeItIsAsked() {
    PushedExpert strategy = new PushedExpert();
    tiny(strategy).run(folder.resolve("pure"));
    assertEquals(List.of(), strategy.changes(), "what differs when asked twice");
  }

  @Test
  void givesLogProbabilitiesOfTheTasksSeenOrNone() {
    PushedExpert strategy = new PushedExpert();
    tiny(strategy).run(folder.resolve("classifies"));
    assertEquals(2, strategy.classified().size(), "tasks after which it was asked");
    for (int task = 0; task < 2; task++) {
      Optional<float[][]> rows = strategy.classified().get(task);
      if (rows.isEmpty()) {
        continue;
      }
      for (float[] row : rows.get()) {
        assertEquals(task + 1, row.length, "tasks seen");
        double sum = 0;
        for (float log : row) {
          sum += Math.exp(log);
        }
        assertEquals(1, sum, 1e-4, () -> "probabilities in sum, of logs " + Arrays.toString(row));
      }
    }
  }

  @Test
  void givesTheSameBitsForTheSameSeed() {
    TinyRun.Result one = run("one");
    TinyRun.Result other = run("other");
    assertEquals(one.accuracy(), other.accuracy());
    assertEquals(RunFiles.predictions(one.folder()), RunFiles.predictions(other.folder()));
    assertEquals(RunFiles.learned(one.folder()), RunFiles.learned(other.folder()));
  }

  /** It is made for each task: what is to last belongs into the host. */
  @Test
  void goesOnWhereItWasKilled() {
    TinyRun.Result whole =
        tiny(new PushedExpert()).set("checkpoints=all").run(folder.resolve("whole"));
    Path killed = KilledRun.after(1, whole.folder(), folder.resolve("killed"));
    new TinyRun.Resumed(whole, tiny(new PushedExpert()).resume(killed)).assertBitEqual();
  }

  @Test
  void leavesNoNativeArrayBehind() {
    assertEquals(List.of(0L, 0L), run("arrays").growth());
  }
}
