package org.continuo.baselines.ewc;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.fisher.Fisher;
import org.continuo.methods.memory.Draw;
import org.continuo.methods.pull.QuadraticPull;

/** Pulls what trains towards where earlier tasks left it, weighed by Fisher information. */
final class Ewc implements Strategy {
  private static final String FISHER = "fisher";
  private static final String ANCHOR = "anchor";

  /** How anchors of several tasks are kept. */
  enum Mode {
    /** One anchor and one Fisher information per task; their penalties add up. */
    OFFLINE,
    /** The latest anchor, and one decaying sum of Fisher information. */
    ONLINE
  }

  /** {@code lambda} as in TRACE, {@code gamma} as in Mammoth. */
  public record Options(
      @Option(
              doc = "weight lambda of the penalty, which carries a factor 1/2",
              value = "400",
              min = 0)
          double lambda,
      @Option(doc = "offline: an anchor per task; online: the latest one", value = "offline")
          Mode mode,
      @Option(
              doc = "share of the old Fisher information that a new task leaves (online)",
              value = "1",
              min = 0,
              max = 1)
          double gamma,
      @Option(
              doc =
                  "empirical: per example at its answer; sampled: per example at an answer drawn from"
                      + " the model; batch-gradient: squared gradients of whole batches",
              value = "empirical")
          Fisher.Estimator estimator,
      @Option(
              doc = "examples of a task that the Fisher information is estimated from",
              value = "500",
              unit = "examples",
              min = 1)
          int examples,
      @Option(
              doc = "batches of estimator batch-gradient, whose value depends on it",
              value = "8",
              unit = "examples",
              min = 1)
          int estimatorBatchSize,
      @Option(doc = "the expert to add to, where no other strategy attaches") Expert.Factory expert,
      @Option(
              doc =
                  "projections that expert attaches to, those the backbone has; final: the final"
                      + " hidden states; none: the head trains alone",
              value = "[gate, up, down]")
          List<Projection> sites) {}

  private final Options options;
  private final Host host;

  Ewc(Options options, Host host) {
    this.options = options;
    this.host = host;
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder()
        .loss("ewc", options.lambda / 2, step -> penalty())
        .afterTask(() -> anchor(task))
        .build();
  }

  private Optional<NDArray> penalty() {
    Tensors now = host.trained();
    return anchors().stream()
        .flatMap(name -> QuadraticPull.of(now, kept(ANCHOR, name), kept(FISHER, name)).stream())
        .reduce(NDArray::add);
  }

  /** Names under which anchors may be kept. */
  private List<String> anchors() {
    return options.mode == Mode.ONLINE
        ? List.of("latest")
        : host.seen().stream().map(Task::name).toList();
  }

  private Tensors kept(String what, String name) {
    return host.kept(what + "/" + name);
  }

  private void anchor(Task task) {
    Set<String> head =
        host.head().params(task).stream().map(Param::name).collect(Collectors.toSet());
    Tensors weights = host.trained().filter(name -> !head.contains(name));
    List<Example> drawn =
        Draw.without(host.trainingData(), options.examples, host.random("examples"));
    Tensors fisher =
        new Fisher(host, name -> weights.map().containsKey(name))
            .estimate(options.estimator, drawn, options.estimatorBatchSize);
    String name = options.mode == Mode.ONLINE ? "latest" : task.name();
    host.keep(FISHER + "/" + name, kept(FISHER, name).times(options.gamma).plus(fisher));
    host.keep(ANCHOR + "/" + name, moved(kept(ANCHOR, name), weights));
    if (!fisher.isEmpty()) {
      long count = fisher.map().values().stream().mapToLong(NDArray::size).sum();
      host.record("fisher-mean", fisher.sum().getFloat() / count);
    }
  }

  /** Anchors of what did not train stay. */
  private static Tensors moved(Tensors anchor, Tensors weights) {
    Map<String, NDArray> moved = new HashMap<>(anchor.map());
    moved.putAll(weights.map());
    return new Tensors(moved);
  }
}
