package org.continuo.baselines.mocl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.methods.features.FrozenQuery;
import org.continuo.methods.pool.TaskExperts;
import org.continuo.methods.pool.Tasks;
import org.continuo.methods.similarity.Cosine;

/** Experts of all tasks so far, weighed by the cosine of a text's query and their task vectors. */
final class Mocl implements Strategy {

  /** First values of task vectors. */
  enum Vectors {
    /** U(0,1). */
    UNIFORM,
    /** N(0,1). */
    NORMAL
  }

  /** Which task vectors a task trains. */
  enum Trained {
    ALL,
    OWN
  }

  /** Whose weights apply to a text. */
  enum Weights {
    PER_TEXT,
    /** Their mean over the batch it is in. */
    BATCH_MEAN
  }

  /** Which experts act on a task. */
  enum Composed {
    /** Its own and those before it: needs the task id. */
    UP_TO_OWN,
    /** Those of all tasks so far. */
    SEEN
  }

  /** What is mixed. */
  enum Mix {
    /** Updates of linear projections. */
    LINEAR,
    /** Outputs of whole feed-forward blocks. */
    BLOCK
  }

  /** Defaults as in the published code for encoders, weights per text apart. */
  public record Options(
      @Option(
              doc = "the kind of expert",
              value = "{ type = lora, rank = 4, alpha = 4, dropout = 0.1 }")
          Expert.Factory expert,
      @Option(
              doc =
                  "projections the experts attach to, those the backbone has; final: the final"
                      + " hidden states",
              value = "[query, value]",
              min = 1)
          List<Projection> sites,
      @Option(
              doc = "frozen view of a text: mean of the last hidden states, or of the embeddings",
              value = "hidden-mean")
          FrozenQuery query,
      @Option(
              doc = "whether a trained matrix, at first the identity, turns the query",
              value = "false")
          boolean projectQuery,
      @Option(doc = "first values of task vectors: U(0,1) or N(0,1)", value = "uniform")
          Vectors vectors,
      @Option(doc = "task vectors that a task trains", value = "all") Trained trainedVectors,
      @Option(doc = "factor of the cosines in the softmax", value = "8", min = 0) double scale,
      @Option(doc = "weights of each text, or their mean over its batch", value = "per-text")
          Weights weights,
      @Option(
              doc = "experts that act on a task: up to its own, or of all tasks so far",
              value = "up-to-own")
          Composed composed,
      @Option(doc = "mix updates of projections, or outputs of whole blocks", value = "linear")
          Mix mix,
      @Option(doc = "weight of 1 - cos(query, own vector)", value = "1", min = 0)
          double matching) {}

  private final Options options;
  private final Host host;
  private final TaskExperts experts;

  Mocl(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.experts = new TaskExperts(host, options.expert, options.sites);
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    List<Task> seen = host.seen();
    return Optional.of(
        composed(
            task.filter(name -> options.composed == Composed.UP_TO_OWN)
                .filter(name -> Tasks.has(seen, name))
                .map(name -> Tasks.upTo(name, seen))
                .orElse(seen)));
  }

  @Override
  public Contribution contribute(Task task) {
    List<Task> known = Tasks.met(host, task);
    Contribution.Builder all =
        Contribution.builder()
            .train(experts.of(task).params())
            .train(
                options.trainedVectors == Trained.ALL
                    ? known.stream().map(this::vector).toList()
                    : List.of(vector(task)))
            .train(projection().stream().toList())
            .trainWith(
                name ->
                    composed(
                        options.composed == Composed.UP_TO_OWN ? Tasks.upTo(name, known) : known));
    if (options.matching > 0) {
      all.loss("matching", options.matching, step -> Optional.of(matching(task, step)));
    }
    return all.build();
  }

  /** {@code mean_b 1 - cos(q_b, v_own)} over the rows of the task. */
  private NDArray matching(Task task, Step step) {
    List<Pass> passes = step.passes(Pass.TASK);
    int rows = passes.stream().mapToInt(pass -> pass.batch().size()).sum();
    return passes.stream()
        .map(
            pass -> {
              NDArray query = options.query.of(pass.batch(), host);
              return Cosine.of(Similarity.projected(query, projection()), vector(task).value())
                  .neg()
                  .add(1)
                  .sum();
            })
        .reduce(NDArray::add)
        .map(sum -> Autograd.scale(sum, 1.0 / rows))
        .orElseThrow();
  }

  private Wiring composed(List<Task> tasks) {
    if (tasks.isEmpty()) {
      return Wiring.NONE;
    }
    List<Expert> mixed = tasks.stream().map(experts::of).toList();
    List<Site> sites =
        options.mix == Mix.LINEAR
            ? mixed.get(0).sites()
            : host.backbone().sites(Site.Kind.FEED_FORWARD);
    Similarity router =
        new Similarity(
            tasks.stream().map(this::vector).toList(),
            projection(),
            options.query.query(),
            options.scale,
            options.weights);
    return Wiring.of(new Mixture(sites, mixed, router));
  }

  private Param vector(Task task) {
    return host.param("vector/" + task.name(), new Shape(1, width()), this::fresh);
  }

  private Optional<Param> projection() {
    return options.projectQuery
        ? Optional.of(
            host.param("projection", new Shape(width(), width()), (m, s) -> m.eye((int) s.get(0))))
        : Optional.empty();
  }

  private NDArray fresh(NDManager manager, Shape shape) {
    return switch (options.vectors) {
      case UNIFORM -> manager.randomUniform(0, 1, shape, DataType.FLOAT32);
      case NORMAL -> manager.randomNormal(0, 1, shape, DataType.FLOAT32);
    };
  }

  private int width() {
    return host.backbone().description().width();
  }
}
