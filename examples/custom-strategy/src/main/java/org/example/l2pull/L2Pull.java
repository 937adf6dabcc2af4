package org.example.l2pull;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Tensors;

/** One expert trained on through all tasks, pulled towards where the task before left it. */
final class L2Pull implements Strategy {
  public record Options(
      @Option(doc = "weight of the squared distance", value = "0.01", min = 0) double weight,
      @Option(doc = "the expert that trains") Expert.Factory expert,
      @Option(doc = "projections it attaches to", value = "[gate, up, down]", min = 1)
          List<Projection> sites) {}

  private final Options options;
  private final Host host;
  private final Expert expert;

  L2Pull(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.expert =
        host.expert("expert", options.expert(), host.backbone().linear(options.sites()));
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(Wiring.of(Mixture.sum(List.of(expert))));
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder()
        .train(expert.params())
        .loss("pull", options.weight(), step -> distance())
        .afterTask(() -> host.keep("anchor", host.trained()))
        .build();
  }

  /** {@code sum (theta - theta*)^2}; nothing in the first task. */
  private Optional<NDArray> distance() {
    Tensors moved = host.trained().minus(host.kept("anchor"));
    return moved.isEmpty() ? Optional.empty() : Optional.of(moved.square().sum());
  }
}
