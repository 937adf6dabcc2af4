package org.continuo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.continuo.api.learning.Head;
import org.continuo.api.plugin.Plugin.NoOptions;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;

class CheckupTest {
  private static List<Finding> problems(PluginRegistry registry) {
    return new Checkup(registry).findings().stream().filter(f -> !f.healthy()).toList();
  }

  @Test
  void anEngineThatIsNotThere() {
    Optional<Finding> abacus =
        problems(MadeUp.registry()).stream()
            .filter(finding -> finding.part().equals("engine Abacus"))
            .findFirst();
    assertEquals(
        Optional.of(
            new Finding(
                "engine Abacus",
                "not there, available: PyTorch, RPC, Rust",
                "add the DJL module of this engine to the module path")),
        abacus);
  }

  @Test
  void anEngineThatIsThereComputes() {
    Finding finding = Checkup.engine("PyTorch");
    assertTrue(finding.healthy(), finding::text);
    assertTrue(finding.found().matches("2\\.7\\.1, computes on .+"), finding::found);
  }

  @Test
  void aHeapThatIsTooSmall() {
    assertEquals(
        "0.1 GiB of Java heap at most, expected at least 0.5 GiB; start with a larger one: CONTINUO_JAVA_OPTS=-Xmx512m",
        Heap.finding(100L << 20).text());
    assertTrue(Heap.finding(1L << 30).healthy());
  }

  @Test
  void pluginsWithProblems() {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                MadeUp.simple(
                    "Bad", Head.Factory.class, NoOptions.class, o -> new MadeUp.PlainFactory())));
    assertEquals(
        List.of(
            new Finding("plugins", "none", "put modules that provide some on the module path"),
            new Finding(
                "plugins",
                "plugin org.continuo.core.testing.MadeUp$Given of module org.continuo.cli is left"
                    + " out: found the id 'Bad', expected [a-z][a-z0-9-]*",
                "rename it")),
        problems(registry));
  }

  @Test
  void everyPartIsLookedAt() {
    assertEquals(
        List.of(
            "continuo",
            "java",
            "heap",
            "machine",
            "plugins",
            "engine Abacus",
            "working directory",
            "engine cache"),
        new Checkup(MadeUp.registry()).findings().stream().map(Finding::part).toList());
  }
}
