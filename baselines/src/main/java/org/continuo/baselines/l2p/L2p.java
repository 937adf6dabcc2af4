package org.continuo.baselines.l2p;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Autograd;
import org.continuo.baselines.softprompt.FirstPrompts;
import org.continuo.methods.features.FrozenQuery;

/** One pool of prompts, trained on through all tasks. */
final class L2p implements Strategy {

  /** Defaults as in Mammoth, first values as in TRACE. */
  public record Options(
      @Option(doc = "prompts in the pool", value = "10", min = 1) int pool,
      @Option(doc = "length of a prompt", value = "5", unit = "tokens", min = 1) int length,
      @Option(doc = "prompts that each text takes", value = "5", min = 1) int top,
      @Option(doc = "weight lambda of drawing chosen keys to the query", value = "0.1", min = 0)
          double pull,
      @Option(
              doc = "frozen view of a text: mean of the last hidden states, or of the embeddings",
              value = "hidden-mean")
          FrozenQuery query,
      @Option(
              doc = "first values of prompts: embeddings of random words, or U(-1,1)",
              value = "vocabulary")
          FirstPrompts first,
      @Option(doc = "step size of prompts and keys, if not the run's own", min = 0)
          OptionalDouble learningRate) {

    List<String> conflicts() {
      return top > pool
          ? List.of(
              "top = %d of a pool of %d; expected at most the pool: lower top or raise pool"
                  .formatted(top, pool))
          : List.of();
    }
  }

  private final Options options;
  private final Host host;
  private final PromptPool pool;

  L2p(Options options, Host host) {
    this.options = options;
    this.host = host;
    Backbone backbone = host.backbone();
    Site site = backbone.sites(Site.Kind.EMBEDDING).get(0);
    int width = backbone.description().width();
    this.pool =
        new PromptPool(
            site,
            host.param(
                "prompts",
                new Shape(options.pool, options.length, width),
                options.first.of(backbone)),
            host.param(
                "keys",
                new Shape(options.pool, width),
                (m, shape) -> m.randomUniform(-1, 1, shape, DataType.FLOAT32)),
            options.query.query(),
            options.top);
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(new Wiring(List.of(), List.of(pool)));
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder()
        .train(trained())
        .loss("pull", options.pull, step -> Optional.of(distance(step)))
        .build();
  }

  private Objective.Group trained() {
    Objective.Group group = Objective.Group.of(pool.params());
    return options.learningRate.isPresent() ? group.at(options.learningRate.getAsDouble()) : group;
  }

  /** {@code -mean_b sum cos(q_b, k)} over the rows of the task. */
  private NDArray distance(Step step) {
    List<Pass> passes = step.passes(Pass.TASK);
    int rows = passes.stream().mapToInt(pass -> pass.batch().size()).sum();
    return passes.stream()
        .map(
            pass ->
                Autograd.scale(
                    pool.closeness(host.backbone().query(pass.batch(), pool.query())),
                    -(double) pass.batch().size() / rows))
        .reduce(NDArray::add)
        .orElseThrow();
  }
}
