package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Param;

/**
 * One expert for all tasks at the blocks, which an adversary pushes, and notes about what that
 * adversary did.
 */
final class PushedExpert {
  private static final String ID = "pushed-expert";
  private static final String ADVERSARY = "adversary";

  private final List<String> alien = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private final List<Optional<float[][]>> classified = new ArrayList<>();

  record Options(
      @Option(doc = "the expert") Expert.LowRank.Factory expert,
      @Option(doc = "what pushes it") Adversary.Factory adversary) {}

  /** Names of parameters that the adversary would train and that it has not made itself. */
  List<String> alien() {
    return List.copyOf(alien);
  }

  /** What was different when it was asked a second time. */
  List<String> changes() {
    return List.copyOf(changes);
  }

  /** What it said of some rows after each task, [B][T]. */
  List<Optional<float[][]>> classified() {
    return List.copyOf(classified);
  }

  /** The strategy, which writes its notes here. */
  Plugin<Strategy.Factory, Options> plugin() {
    return new TinyPart<>(
        ID,
        Strategy.Factory.class,
        Options.class,
        false,
        EnumSet.of(Capability.GRADIENTS, Capability.BLOCK_MIXING),
        EnumSet.of(Capability.WIRING),
        options -> host -> new Pushing(options, host));
  }

  private final class Pushing implements Strategy {
    private final Host host;
    private final Expert expert;
    private final Adversary adversary;
    private final Wiring wiring;

    Pushing(Options options, Host host) {
      this.host = host;
      List<Site> blocks = host.backbone().sites(Site.Kind.FEED_FORWARD);
      expert = host.expert("shared", options.expert(), host.backbone().sites(Site.Kind.LINEAR));
      adversary = options.adversary().create(expert, blocks, host.under(ADVERSARY));
      wiring = Wiring.of(new Mixture(blocks, List.of(expert), new Router.Constant(List.of(1.0))));
    }

    @Override
    public Contribution contribute(Task task) {
      Contribution pushes = adversary.contribute(task);
      note(pushes, adversary.contribute(task));
      return Contribution.builder()
          .train(expert.params())
          .include(pushes)
          .afterTask(() -> host.within(() -> classify(task)))
          .build();
    }

    private void note(Contribution one, Contribution other) {
      if (!describe(one.objective()).equals(describe(other.objective()))) {
        changes.add(describe(one.objective()) + " and then " + describe(other.objective()));
      }
      one.objective().groups().stream()
          .flatMap(group -> group.params().stream())
          .map(Param::name)
          .filter(name -> !name.startsWith(ID + "/" + ADVERSARY + "/"))
          .forEach(alien::add);
    }

    private static Map<String, List<String>> describe(Objective objective) {
      return Map.of(
          "losses",
          objective.losses().stream().map(l -> l.name() + " * " + l.weight()).toList(),
          "extras",
          objective.extras().stream().map(Objective.Extra::name).toList(),
          "captures",
          objective.captures().stream().map(Record::toString).toList(),
          "parameters",
          objective.groups().stream()
              .flatMap(group -> group.params().stream())
              .map(Param::name)
              .toList());
    }

    private void classify(Task task) {
      Pass pass =
          host.pass(
              host.batch(host.probe(task, 4)),
              new Request(wiring, Request.Positions.NONE, adversary.captures(), false));
      classified.add(adversary.classify(pass).map(Pushing::rows));
    }

    private static float[][] rows(NDArray logs) {
      int tasks = (int) logs.getShape().get(1);
      float[][] rows = new float[(int) logs.getShape().get(0)][tasks];
      float[] flat = logs.toFloatArray();
      for (int i = 0; i < flat.length; i++) {
        rows[i / tasks][i % tasks] = flat[i];
      }
      return rows;
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return Optional.of(wiring);
    }
  }
}
