package org.continuo.baselines.derplusplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Batch;
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
import org.continuo.methods.memory.Draw;

/** Replays scores on one draw and labels on another. */
final class DerPlusPlus implements Strategy {
  private static final String SCORES = "der-scores";
  private static final String LABELS = "der-labels";

  /** Defaults as in Mammoth. */
  public record Options(
      @Option(doc = "weight alpha of keeping scores", value = "0.3", min = 0) double alpha,
      @Option(doc = "weight beta of the loss on replayed labels; 0 is DER", value = "0.5", min = 0)
          double beta,
      @Option(doc = "most examples kept", value = "200", unit = "examples", min = 1) int budget,
      @Option(doc = "examples of each draw per example of the task in a step", value = "1", min = 0)
          double ratio,
      @Option(doc = "the expert to add to, where no other strategy attaches") Expert.Factory expert,
      @Option(
              doc =
                  "projections that expert attaches to, those the backbone has; final: the final"
                      + " hidden states; none: the head trains alone",
              value = "[gate, up, down]")
          List<Projection> sites) {}

  private final Options options;
  private final Host host;
  private final ScoredMemory memory;
  private Map<String, List<Float>> drawn = Map.of();

  DerPlusPlus(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.memory = new ScoredMemory(options.budget);
  }

  @Override
  public Contribution contribute(Task task) {
    if (!(host.head() instanceof Head.Choosing)) {
      throw new IllegalArgumentException(
          "der-plus-plus keeps one score per label, but the head scores the vocabulary; use head { type = classification }");
    }
    return Contribution.builder()
        .extra(SCORES, 0, this::drawScored)
        .extra(LABELS, options.beta, step -> examples(draw(step, LABELS)))
        .loss(SCORES, options.alpha, this::matchThenOffer)
        .beforeTask(() -> memory.restore(host))
        .afterTask(this::keep)
        .build();
  }

  private void keep() {
    memory.keep(host);
    host.record("memory", memory.size());
  }

  /** Each forward pass of a step draws anew, and twice. */
  private List<ScoredMemory.Item> draw(Step step, String role) {
    int number = 2 * step.forward() + (role.equals(SCORES) ? 0 : 1);
    RandomGenerator random = host.random("draw/" + number);
    return memory.draw(Draw.rounded(options.ratio, step.batch().size(), random), random);
  }

  private List<Example> drawScored(Step step) {
    Map<String, List<Float>> scores = new HashMap<>();
    List<ScoredMemory.Item> items = draw(step, SCORES);
    // met again in a later epoch, an example may be there twice: once is enough
    List<ScoredMemory.Item> distinct =
        items.stream()
            .filter(item -> scores.putIfAbsent(item.example().id(), item.scores()) == null)
            .toList();
    drawn = scores;
    return examples(distinct);
  }

  private static List<Example> examples(List<ScoredMemory.Item> items) {
    return items.stream().map(ScoredMemory.Item::example).toList();
  }

  /** Of each forward pass, since with accumulation only the last is there after the step. */
  private Optional<NDArray> matchThenOffer(Step step) {
    List<Pass> replayed = step.passes(SCORES);
    double count =
        replayed.stream()
            .flatMap(pass -> pass.batch().examples().stream())
            .mapToInt(example -> drawn.get(example.id()).size())
            .sum();
    Optional<NDArray> mismatch =
        replayed.stream()
            .map(this::mismatch)
            .reduce(NDArray::add)
            .map(sum -> Autograd.scale(sum, 1 / count));
    RandomGenerator random = host.random("memory/" + 2 * (step.forward() + 1));
    step.passes(Pass.TASK).forEach(pass -> offer(pass, random));
    return mismatch;
  }

  /** {@code sum (z - z')^2} over the labels of each row's task. */
  private NDArray mismatch(Pass pass) {
    NDArray scores = pass.scores().orElseThrow();
    int columns = (int) scores.getShape().get(1);
    float[] target = new float[pass.batch().size() * columns];
    for (int i = 0; i < pass.batch().size(); i++) {
      Example example = pass.batch().examples().get(i);
      List<Integer> places = places(example);
      List<Float> kept = drawn.get(example.id());
      for (int l = 0; l < kept.size(); l++) {
        target[i * columns + places.get(l)] = kept.get(l);
      }
    }
    NDArray then = scores.getManager().create(target, new Shape(pass.batch().size(), columns));
    return Distillation.squaredGap(then, scores, pass.batch().allowed());
  }

  private void offer(Pass pass, RandomGenerator random) {
    Batch batch = pass.batch();
    float[] scores = pass.scores().orElseThrow().toFloatArray();
    int columns = scores.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      List<Float> own = new ArrayList<>();
      for (int place : places(batch.examples().get(i))) {
        own.add(scores[i * columns + place]);
      }
      memory.offer(new ScoredMemory.Item(batch.examples().get(i), own), random);
    }
  }

  /** The columns of the labels of an example's task; they never move once it is seen. */
  private List<Integer> places(Example example) {
    return ((Head.Choosing) host.head()).columns(List.of(example)).allowed().get(0);
  }
}
