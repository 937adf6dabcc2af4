package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.junit.jupiter.api.Test;

/** Which test of the contract finds which fault, and that a good adversary passes all. */
class AdversaryContractTest {
  /** A linear classifier of the tasks seen, against which the expert is pushed. */
  static class Linear implements Adversary {
    final Expert target;
    final Host host;
    final Capture capture;
    private final Site block;

    Linear(Expert target, List<Site> blocks, Host host) {
      this.target = target;
      this.host = host;
      this.block = blocks.get(0);
      this.capture = Capture.pooled(target, blocks);
    }

    List<Param> trained() {
      return host.seen().stream().map(this::row).toList();
    }

    private Param row(Task task) {
      return host.param(
          "row/" + task.name(),
          new Shape(1, block.out()),
          (manager, shape) -> manager.randomNormal(0, 0.1f, shape, DataType.FLOAT32));
    }

    double weight() {
      return 0.1;
    }

    NDArray answer(NDArray logits) {
      return logits.logSoftmax(-1);
    }

    private NDArray logits(NDArray states) {
      NDList rows = new NDList();
      host.seen().forEach(task -> rows.add(row(task).value()));
      return states.matMul(NDArrays.concat(rows, 0).transpose());
    }

    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .train(trained())
          .capture(capture)
          .loss("push", weight(), step -> Optional.of(loss(step.passes(Pass.TASK).get(0))))
          .build();
    }

    private NDArray loss(Pass pass) {
      NDArray states = pass.forward().capture(capture).get(0);
      int last = host.seen().size() - 1;
      return logits(Autograd.reverseGradient(states, 1))
          .logSoftmax(-1)
          .get(":, {}", last)
          .mean()
          .neg();
    }

    @Override
    public List<Capture> captures() {
      return List.of(capture);
    }

    @Override
    public Optional<NDArray> classify(Pass pass) {
      return Optional.of(answer(logits(pass.forward().capture(capture).get(0))));
    }
  }

  abstract static class LinearContract extends AdversaryContract {
    Adversary made(Expert target, List<Site> blocks, Host host) {
      return new Linear(target, blocks, host);
    }

    @Override
    protected Plugin<? extends Adversary.Factory, ?> plugin() {
      return new PartContractsTest.Offer<>(Adversary.Factory.class, this::made);
    }
  }

  static final class Good extends LinearContract {}

  /** It trains the expert as its own. */
  static final class Grasping extends LinearContract {
    @Override
    Adversary made(Expert target, List<Site> blocks, Host host) {
      return new Linear(target, blocks, host) {
        @Override
        List<Param> trained() {
          return target.params();
        }
      };
    }
  }

  /** Its weight grows each time it is asked. */
  static final class Impure extends LinearContract {
    private double asked;

    @Override
    Adversary made(Expert target, List<Site> blocks, Host host) {
      return new Linear(target, blocks, host) {
        @Override
        double weight() {
          return asked++;
        }
      };
    }
  }

  /** It gives logits. */
  static final class Unnormalized extends LinearContract {
    @Override
    Adversary made(Expert target, List<Site> blocks, Host host) {
      return new Linear(target, blocks, host) {
        @Override
        NDArray answer(NDArray logits) {
          return logits;
        }
      };
    }
  }

  @Test
  void findsEachFault() {
    assertEquals(Set.of(), Failures.of(Good.class));
    assertEquals(Set.of("trainsNeitherTheBackboneNorWhatIsNotItsOwn"), Failures.of(Grasping.class));
    assertEquals(
        Set.of("givesLogProbabilitiesOfTheTasksSeenOrNone"), Failures.of(Unnormalized.class));
    assertEquals(true, Failures.of(Impure.class).contains("describesTheSameEachTimeItIsAsked"));
  }
}
