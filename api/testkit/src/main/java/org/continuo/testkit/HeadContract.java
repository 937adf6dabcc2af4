package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every head keeps to. The test class of a head extends it and names the plugin and a strategy
 * to run it with.
 */
public abstract class HeadContract extends PluginContract<Head.Factory> {
  @TempDir private Path folder;

  protected HeadContract() {}

  /** Trains an expert, such as {@code sequential}. */
  protected abstract Plugin<Strategy.Factory, ?> strategy();

  /** Options of the runs as for {@code --set}, besides those of the head; the defaults if none. */
  protected List<String> settings() {
    return List.of();
  }

  /** The share of the first task's test examples that must be right once it has been trained. */
  protected double learned() {
    return 0.7;
  }

  private TinyRun.Result run(String name) {
    Plugin<? extends Head.Factory, ?> head = plugin();
    TinyRun run = TinyRun.of(strategy(), head).set(settings()).set("head.type=" + head.id());
    for (var option : options().entrySet()) {
      run = run.set("head." + option.getKey() + "=" + option.getValue());
    }
    return run.run(folder.resolve(name));
  }

  @Test
  void namesItsScore() {
    String score = factory().score("first");
    assertTrue(score.matches("[a-z][a-z0-9-]*"), score);
  }

  @Test
  void learnsAndGradesAnswers() {
    List<List<Double>> accuracy = run("learns").accuracy();
    assertTrue(accuracy.get(0).get(0) >= learned(), accuracy::toString);
  }

  @Test
  void givesTheSameBitsForTheSameSeed() {
    assertEquals(run("one").accuracy(), run("other").accuracy());
  }
}
