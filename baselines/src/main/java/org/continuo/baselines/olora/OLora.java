package org.continuo.baselines.olora;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.methods.pool.TaskExperts;
import org.continuo.methods.pool.Tasks;

/** One low-rank expert per task; the rows of a new A are pushed orthogonal to earlier ones. */
final class OLora implements Strategy {

  /** Which experts act on a task. */
  enum Active {
    /** The sum of those of all tasks so far. */
    ALL,
    /** Its own: needs the task id. */
    OWN
  }

  /** How the inner products of rows count. */
  enum Overlap {
    ABSOLUTE,
    SQUARED
  }

  /** Defaults as in the published code. */
  public record Options(
      @Option(
              doc = "the kind of expert",
              value = "{ type = lora, rank = 8, alpha = 32, dropout = 0.1 }")
          Expert.LowRank.Factory expert,
      @Option(
              doc =
                  "projections the experts attach to, those the backbone has; final: the final"
                      + " hidden states",
              value = "[query, value]",
              min = 1)
          List<Projection> sites,
      @Option(
              doc = "weight of the inner products of new rows of A with earlier ones",
              value = "0.5",
              min = 0)
          double lambda1,
      @Option(doc = "weight of the 2-norms of the new A and B", value = "0", min = 0)
          double lambda2,
      @Option(doc = "whether inner products count by absolute value or squared", value = "absolute")
          Overlap overlap,
      @Option(
              doc = "experts that act on a task: those of all tasks so far, or its own",
              value = "all")
          Active active) {}

  private final Options options;
  private final Host host;
  private final TaskExperts experts;

  OLora(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.experts = new TaskExperts(host, options.expert, options.sites);
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    List<Task> seen = host.seen();
    return Optional.of(
        experts.sum(
            options.active == Active.ALL
                ? seen
                : seen.stream().filter(s -> task.filter(s.name()::equals).isPresent()).toList()));
  }

  @Override
  public Contribution contribute(Task task) {
    Expert.LowRank now = expert(task);
    List<Expert.LowRank> earlier =
        host.seen().stream().filter(seen -> !seen.equals(task)).map(this::expert).toList();
    Contribution.Builder all = Contribution.builder().train(now.params());
    if (options.active == Active.ALL) {
      Wiring sum = experts.sum(Tasks.met(host, task));
      all.trainWith(any -> sum);
    } else {
      all.trainWith(name -> experts.sum(List.of(host.task(name))));
    }
    if (!earlier.isEmpty() && options.lambda1 > 0) {
      all.loss(
          "orthogonality",
          options.lambda1,
          step -> Optional.of(overlap(now, earlier, options.overlap)));
    }
    if (options.lambda2 > 0) {
      all.loss("size", options.lambda2, step -> Optional.of(size(now)));
    }
    return all.build();
  }

  /** {@code sum_sites sum_k sum_ij |a_i . a^k_j|} or the squares, over rows a of A: a scalar. */
  static NDArray overlap(Expert.LowRank now, List<Expert.LowRank> earlier, Overlap overlap) {
    return now.sites().stream()
        .flatMap(
            site ->
                earlier.stream()
                    .map(old -> old.a(site).value().matMul(now.a(site).value().transpose())))
        .map(products -> overlap == Overlap.ABSOLUTE ? products.abs() : products.square())
        .map(NDArray::sum)
        .reduce(NDArray::add)
        .orElseThrow();
  }

  /** {@code sum_sites ||A||_2 + ||B||_2}: a scalar. */
  private static NDArray size(Expert.LowRank now) {
    return now.params().stream()
        .map(param -> param.value().norm())
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private Expert.LowRank expert(Task task) {
    return (Expert.LowRank) experts.of(task);
  }
}
