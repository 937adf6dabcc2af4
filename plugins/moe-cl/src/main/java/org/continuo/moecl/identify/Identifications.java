package org.continuo.moecl.identify;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.data.DataException;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Autograd;

/** Makes the way of inferring tasks that the options name. */
public final class Identifications {
  private static final double IMPOSSIBLE = 1e9;

  private Identifications() {}

  /**
   * What inference may ask of the strategy.
   *
   * @param wiring of a task that was seen
   * @param adversary of such a task
   */
  public record Learned(
      Host host, Function<String, Wiring> wiring, Function<String, Adversary> adversary) {}

  public static Identification of(IdentifyOptions options, Learned learned) {
    return switch (options.by()) {
      case TASK_VECTORS -> new TaskVectors(options, learned.host);
      case DISCRIMINATOR -> new OwnExperts(learned.host, discriminator(learned));
      case LOWEST_ENTROPY -> new OwnExperts(learned.host, certainty(learned));
    };
  }

  /** {@code log p(task)}, of the shared expert's output under the task's own experts. */
  private static OwnExperts.Claim discriminator(Learned learned) {
    return (batch, task) -> {
      Adversary adversary = learned.adversary.apply(task.name());
      Request request =
          new Request(
              learned.wiring.apply(task.name()),
              Request.Positions.NONE,
              adversary.captures(),
              false);
      Pass pass = learned.host.pass(batch, request);
      Optional<NDArray> tasks =
          adversary.captures().isEmpty() ? Optional.empty() : adversary.classify(pass);
      int column = learned.host.seen().indexOf(task);
      return tasks
          .map(log -> log.get(":, {}", column))
          .orElseThrow(
              () ->
                  new DataException(
                      "identify.by = discriminator: found an adversary that does not tell tasks"
                          + " apart, expected one that does; set adversary = task-discriminator, or"
                          + " identify.by = task-vectors or lowest-entropy"));
    };
  }

  /** {@code -H(p) / ln k} over the k labels of the task. */
  private static OwnExperts.Claim certainty(Learned learned) {
    return (batch, task) -> {
      if (!(learned.host.head() instanceof Head.Choosing)) {
        throw new DataException(
            "identify.by = lowest-entropy: found a head that writes its answers, expected one that"
                + " chooses among labels; set head = classification or label-scoring, or identify.by ="
                + " task-vectors or discriminator");
      }
      Pass pass = learned.host.pass(batch, Request.of(learned.wiring.apply(task.name())));
      NDArray possible = Autograd.scale(batch.allowed().sub(1), IMPOSSIBLE);
      NDArray log = pass.scores().orElseThrow().add(possible).logSoftmax(-1);
      NDArray negativeEntropy = log.exp().mul(log).sum(new int[] {1});
      return Autograd.scale(negativeEntropy, 1 / Math.log(Math.max(2, task.labels().size())));
    };
  }
}
