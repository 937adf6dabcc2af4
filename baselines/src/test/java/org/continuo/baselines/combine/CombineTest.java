package org.continuo.baselines.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.api.learning.Combination;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Wiring;
import org.continuo.baselines.Baselines;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CombineTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"replay", "ewc", "lwf", "a-gem", "der-plus-plus"})
  void aloneAnAddOnIsTheCombinationWithItsBase(String addOn) {
    TinyRun.Result alone = Baselines.of(addOn).run(folder);
    String with = "{ type = combine, of = [%s] }";
    assertEquals(
        alone.predictions(),
        Baselines.of(with.formatted("sequential, " + addOn)).run(folder).predictions());
    assertEquals(
        alone.predictions(), Baselines.of(with.formatted(addOn)).run(folder).predictions());
  }

  @Test
  void theOrderOfTheListHasNoSay() {
    TinyRun.Result one = Baselines.of("{ type = combine, of = [replay, ewc] }").run(folder);
    TinyRun.Result other =
        Baselines.of("{ type = combine, of = [ewc, replay, sequential] }").run(folder);
    assertEquals(one.predictions(), other.predictions());
    assertNotEquals(one.predictions(), Baselines.of("replay").run(folder).predictions());
    assertFalse(one.term("task1", "ewc").isEmpty());
    assertFalse(one.term("task1", "replay").isEmpty());
  }

  private static String problems(String block) {
    return String.join("\n", Baselines.of(block).problems());
  }

  @Test
  void whatCannotBeCombinedIsSaidWhereItIsWritten() {
    String two = problems("{ type = combine, of = [sequential, o-lora, ewc, ewc] }");
    assertTrue(
        two.contains(
            "experiment.strategy: options do not go together: found 2 strategies that attach"
                + " something, expected at most one beside the add-ons [ewc, ewc]; take the others"
                + " out"),
        two);
    assertTrue(
        two.contains("found 'ewc' 2 times, expected it once; merge their options into one"), two);
    assertTrue(
        problems("combine").contains("experiment.strategy.of: out of range: found 0 elements"),
        problems("combine"));
  }

  /** Contributes one thing. */
  private record Part(String name, Contribution contribution) implements Strategy.AddOn {
    @Override
    public Strategy base(Host host) {
      return task -> Contribution.NONE;
    }

    @Override
    public Strategy addition(Host host) {
      return task -> contribution;
    }
  }

  private static String conflict(Contribution one, Contribution other) {
    Strategy both =
        Combination.of(List.of(new Part("one", one), new Part("other", other)), silentHost());
    Task task = new Task("t", 0, Template.PLAIN, List.of("a"));
    return assertThrows(IllegalArgumentException.class, () -> both.contribute(task)).getMessage();
  }

  /** Knows parts of itself and nothing else. */
  private static Host silentHost() {
    return (Host)
        Proxy.newProxyInstance(
            CombineTest.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (host, method, arguments) -> {
              assertEquals("under", method.getName());
              return host;
            });
  }

  @Test
  void contributionsThatConflictAreNamed() {
    assertEquals(
        "[one, other] each decide the number of epochs; expected at most one: take the others out",
        conflict(
            Contribution.builder().epochs(1).build(), Contribution.builder().epochs(2).build()));
    assertEquals(
        "[one, other] each decide what is attached in training; expected at most one: take the"
            + " others out\n"
            + "[one, other] each name a loss 'l'; expected different names: take one out",
        conflict(
            Contribution.builder()
                .trainWith(t -> Wiring.NONE)
                .loss("l", 1, s -> Optional.empty())
                .build(),
            Contribution.builder()
                .trainWith(t -> Wiring.NONE)
                .loss("l", 1, s -> Optional.empty())
                .build()));
    assertEquals(
        "[one, other] each decide the task loss; expected at most one: take the others out",
        conflict(
            Contribution.builder().taskLoss(p -> p.scores().orElseThrow()).build(),
            Contribution.builder().taskLoss(p -> p.scores().orElseThrow()).build()));
  }
}
