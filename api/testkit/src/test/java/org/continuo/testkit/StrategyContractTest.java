package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which test of the contract finds which fault, and that a good strategy passes all. */
class StrategyContractTest {
  record Options(
      @Option(doc = "what trains") Expert.Factory expert,
      @Option(doc = "decay of its weights", value = "0", min = 0) double decay) {}

  /** One expert trained on, with something done to its training. */
  private record OneExpert(
      Options options, Host host, BiFunction<Host, Expert, Contribution> training)
      implements Strategy {
    private Expert expert() {
      return host.expert("one", options.expert, host.backbone().sites(Site.Kind.LINEAR));
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return Optional.of(Wiring.of(Mixture.sum(List.of(expert()))));
    }

    @Override
    public Contribution contribute(Task task) {
      return training.apply(host, expert());
    }
  }

  private record OneExpertPlugin(
      Class<Options> options, BiFunction<Host, Expert, Contribution> training)
      implements Plugin<Strategy.Factory, Options> {
    @Override
    public String id() {
      return "one-expert";
    }

    @Override
    public String summary() {
      return "one expert trained on";
    }

    @Override
    public Set<Capability> needs(Options chosen) {
      return Set.of(Capability.GRADIENTS, Capability.LINEAR_SITES, Capability.PAST_DATA);
    }

    @Override
    public Set<Capability> offers(Options chosen) {
      return Set.of(Capability.WIRING);
    }

    @Override
    public Strategy.Factory create(Options chosen) {
      return host -> new OneExpert(chosen, host, training);
    }
  }

  private static OneExpertPlugin training(BiFunction<Host, Expert, Contribution> training) {
    return new OneExpertPlugin(Options.class, training);
  }

  private static Contribution plainly(Expert expert) {
    return Contribution.builder().train(expert.params()).build();
  }

  static final class Good extends StrategyContract {
    @Override
    protected Plugin<Strategy.Factory, ?> plugin() {
      return training((host, expert) -> plainly(expert));
    }
  }

  @Test
  void aGoodStrategyPasses() {
    assertEquals(Set.of(), Failures.of(Good.class));
  }

  static final class Idle extends StrategyContract {
    @Override
    protected Plugin<Strategy.Factory, ?> plugin() {
      return training((host, expert) -> Contribution.builder().epochs(0).build());
    }
  }

  @Test
  void oneThatTrainsNothing() {
    assertTrue(
        Failures.of(Idle.class)
            .containsAll(
                Set.of("learnsEveryTaskItMeets", "learnsTheFirstTaskAsPlainFineTuningDoes")));
  }

  static final class Leaking extends StrategyContract {
    @Override
    protected Plugin<Strategy.Factory, ?> plugin() {
      AtomicInteger kept = new AtomicInteger();
      return training(
          (host, expert) ->
              Contribution.builder()
                  .train(expert.params())
                  .afterStep(
                      step ->
                          host.keep(
                              "array " + kept.incrementAndGet(),
                              new Tensors(Map.of("x", host.scope().ones(new Shape(1))))))
                  .build());
    }
  }

  @Test
  void oneThatKeepsMoreAndMore() {
    assertEquals(Set.of("leavesNoNativeArrayBehind"), Failures.of(Leaking.class));
  }

  static final class Moody extends StrategyContract {
    private static final AtomicInteger RUNS = new AtomicInteger();

    @Override
    protected Plugin<Strategy.Factory, ?> plugin() {
      int run = RUNS.incrementAndGet();
      return training(
          (host, expert) -> Contribution.builder().train(expert.params(), 0.01 * run).build());
    }
  }

  @Test
  void oneThatDependsOnMoreThanTheSeed() {
    assertTrue(Failures.of(Moody.class).contains("givesTheSameBitsForTheSameSeed"));
  }

  /** Learns half as fast in every later task, by a count that no checkpoint holds. */
  static final class Forgetful extends StrategyContract {
    @Override
    protected Plugin<Strategy.Factory, ?> plugin() {
      Map<Host, Integer> learned = new WeakHashMap<>();
      return training(
          (host, expert) ->
              Contribution.builder()
                  .train(expert.params(), 0.02 / (1 + learned.getOrDefault(host, 0)))
                  .afterTask(() -> learned.merge(host, 1, Integer::sum))
                  .build());
    }
  }

  @Test
  void oneThatKeepsItsStateToItself() {
    assertEquals(Set.of("goesOnWhereItWasKilled"), Failures.of(Forgetful.class));
  }

  /** Wires a new router, equal to none, each time it is asked. */
  static final class Rewiring extends StrategyContract {
    @Override
    protected Plugin<Strategy.Factory, ?> plugin() {
      return new TinyPart<>(
          "rewiring",
          Strategy.Factory.class,
          FineTuning.Options.class,
          false,
          EnumSet.of(Capability.GRADIENTS, Capability.LINEAR_SITES),
          EnumSet.of(Capability.WIRING),
          options -> host -> new Rewired(host, options.expert()));
    }

    private record Rewired(Host host, Expert.Factory factory) implements Strategy {
      private Expert expert() {
        return host.expert("one", factory, host.backbone().sites(Site.Kind.LINEAR));
      }

      @Override
      public Contribution contribute(Task task) {
        return plainly(expert());
      }

      @Override
      public Optional<Wiring> wiring(Optional<String> task) {
        Router fresh =
            new Router() {
              @Override
              public NDArray weights(Input input) {
                return input.mask().getManager().ones(new Shape(1, 1, 1));
              }
            };
        return Optional.of(Wiring.of(new Mixture(expert().sites(), List.of(expert()), fresh)));
      }
    }
  }

  @Test
  void oneThatWiresANewRouterEachTime() {
    assertEquals(Set.of("answersWithAnEqualWiringEachTime"), Failures.of(Rewiring.class));
  }

  static final class Silent extends StrategyContract {
    @Override
    protected Plugin<Strategy.Factory, ?> plugin() {
      return new Plugin<Strategy.Factory, Silent.Undescribed>() {
        @Override
        public String id() {
          return "silent";
        }

        @Override
        public String summary() {
          return "";
        }

        @Override
        public Strategy.Factory create(Undescribed options) {
          return host -> task -> Contribution.NONE;
        }
      };
    }

    record Undescribed(int number) {}
  }

  @Test
  void oneThatSaysNothing() {
    assertTrue(
        Failures.of(Silent.class).containsAll(Set.of("saysWhatItIs", "refusesWrongOptionsByName")));
  }

  /**
   * The two tasks contradict each other: one expert forgets the first while it learns the second.
   */
  @Test
  void tinyTasksShowForgetting(@TempDir Path folder) {
    TinyRun.Result result =
        TinyRun.of(training((host, expert) -> plainly(expert))).set("seed=3").run(folder);
    assertTrue(result.accuracy().get(0).get(0) > 0.7, result::toString);
    assertTrue(result.accuracy().get(1).get(0) < 0.4, result::toString);
    assertTrue(result.accuracy().get(1).get(1) > 0.7, result::toString);
  }

  @Test
  void refusalsAreThoseOfThePlan() {
    TinyRun run =
        TinyRun.of(training((host, expert) -> plainly(expert))).set("protocol.past-data=false");
    assertEquals(1, run.refusals().size());
    assertTrue(
        run.refusals().get(0).contains("'one-expert' needs past-data"), run.refusals()::toString);
  }
}
