package org.continuo.baselines.lwf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Autograd;
import org.continuo.methods.distillation.Distillation;

/** Distils the scores of the weights before the task into those that train. */
final class Lwf implements Strategy {
  private static final String OLD = "old";

  /** Defaults as in Avalanche, factor T^2 apart. */
  public record Options(
      @Option(doc = "weight alpha of the distillation", value = "1", min = 0) double alpha,
      @Option(doc = "temperature T of both softmaxes", value = "2", min = 0.01) double temperature,
      @Option(doc = "the expert to add to, where no other strategy attaches") Expert.Factory expert,
      @Option(
              doc =
                  "projections that expert attaches to, those the backbone has; final: the final"
                      + " hidden states; none: the head trains alone",
              value = "[gate, up, down]")
          List<Projection> sites) {}

  private final Options options;
  private final Host host;

  Lwf(Options options, Host host) {
    this.options = options;
    this.host = host;
  }

  @Override
  public Contribution contribute(Task task) {
    return task.index() == 0
        ? Contribution.NONE
        : Contribution.builder()
            .beforeTask(() -> host.keep(OLD, host.trained()))
            .loss("distillation", options.alpha, step -> distillation(task, step))
            .afterTask(() -> host.drop(OLD))
            .build();
  }

  private Optional<NDArray> distillation(Task task, Step step) {
    List<Pass> passes = step.passes(Pass.TASK);
    long positions = passes.stream().mapToLong(pass -> pass.batch().rows().size()).sum();
    return passes.stream()
        .flatMap(pass -> distillation(task, pass).stream())
        .reduce(NDArray::add)
        .map(sum -> Autograd.scale(sum, 1.0 / positions));
  }

  /** The sum over positions and earlier tasks; empty if there is nothing to keep. */
  private Optional<NDArray> distillation(Task task, Pass pass) {
    NDArray now = pass.scores().orElseThrow();
    NDArray before =
        host.at(
            host.kept(OLD),
            () -> host.pass(pass.batch(), pass.request().inference()).scores().orElseThrow());
    return columns(task, pass, now.getShape().get(1))
        .map(
            columns -> {
              NDArray only = now.getManager().create(columns);
              return Distillation.divergence(
                  take(before, only), take(now, only), options.temperature);
            })
        .reduce(NDArray::add);
  }

  /** The columns of each earlier task; of a head that scores the vocabulary all. */
  private Stream<long[]> columns(Task task, Pass pass, long count) {
    if (!(host.head() instanceof Head.Choosing head)) {
      return Stream.of(LongStream.range(0, count).toArray());
    }
    Example any = pass.batch().examples().get(0);
    return host.seen().stream()
        .filter(seen -> !seen.equals(task))
        .map(
            seen ->
                head
                    .columns(List.of(any.withoutAnswer().withTask(Optional.of(seen.name()))))
                    .allowed()
                    .get(0)
                    .stream()
                    .mapToLong(Integer::longValue)
                    .toArray());
  }

  /** [R,n] of [R,C]. */
  private static NDArray take(NDArray scores, NDArray columns) {
    long rows = scores.getShape().get(0);
    NDArray index = columns.expandDims(0).broadcast(new Shape(rows, columns.size()));
    return scores.gather(index, 1);
  }
}
