package org.continuo.methods.fisher;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.features.Batches;

/**
 * Estimates of the diagonal of the Fisher information of what trains, in inference mode. Each gives
 * entries of at least 0, float32, one array per wanted parameter and of its shape, in the scope
 * that the host has when it is asked.
 */
@Stability(Stability.Level.EVOLVING)
public final class Fisher {
  /** What is squared. */
  public enum Estimator {
    /** {@code mean_n (d log p(y_n | x_n))^2} at the true answers. */
    EMPIRICAL,
    /** The same with answers drawn from the model: the Fisher information itself. */
    SAMPLED,
    /** {@code mean_b (d mean_n log p(y_n | x_n))^2} over batches: depends on their size. */
    BATCH_GRADIENT
  }

  private final Host host;
  private final Predicate<String> wanted;

  /**
   * @param wanted names of parameters, as {@link Host#trained()} has them
   */
  public Fisher(Host host, Predicate<String> wanted) {
    this.host = host;
    this.wanted = wanted;
  }

  /**
   * @param examples at least one
   * @param batchSize of {@code BATCH_GRADIENT}; of {@code SAMPLED} it changes the speed alone
   * @throws IllegalArgumentException for {@code SAMPLED} if the head writes text, or without
   *     examples
   */
  public Tensors estimate(Estimator estimator, List<Example> examples, int batchSize) {
    return switch (estimator) {
      case EMPIRICAL -> perExample(examples, this::positions);
      case SAMPLED -> perExample(answeredByModel(examples, batchSize), this::positions);
      case BATCH_GRADIENT -> perBatch(examples, batchSize);
    };
  }

  /**
   * {@code mean_n (d L_n)^2} of the task loss of single examples. For heads that choose it is
   * {@code EMPIRICAL}; for those that write, L is a mean over the tokens of an answer, not their
   * sum.
   *
   * @param examples at least one
   * @throws IllegalArgumentException without examples
   */
  public Tensors ofLoss(List<Example> examples) {
    return perExample(examples, example -> 1);
  }

  private Tensors perExample(List<Example> examples, ToDoubleFunction<Example> factor) {
    Tensors sum = zeros(examples);
    host.eachGradient(
        examples,
        (example, gradient) -> add(sum, gradient.times(factor.applyAsDouble(example)).square()));
    return sum.times(1.0 / examples.size());
  }

  /** The loss is a mean over answer tokens; the log-probability of an answer is their sum. */
  private double positions(Example example) {
    return host.head() instanceof Head.Choosing ? 1 : host.batch(List.of(example)).rows().size();
  }

  private Tensors perBatch(List<Example> examples, int batchSize) {
    Tensors sum = zeros(examples);
    List<List<Example>> batches = Batches.of(examples, batchSize);
    for (List<Example> rows : batches) {
      host.within(
          () -> {
            List<Pass> asked = host.passes(rows);
            add(sum, host.gradient(() -> host.loss(withoutDropout(asked))).square());
          });
    }
    return sum.times(1.0 / batches.size());
  }

  private Tensors zeros(List<Example> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException(
          "Fisher information: found no example, expected at least one; give the task examples");
    }
    return host.trained().filter(wanted).each(NDArray::zerosLike);
  }

  private static void add(Tensors sum, Tensors squares) {
    sum.map().forEach((name, total) -> total.addi(squares.get(name)));
  }

  private List<Pass> withoutDropout(List<Pass> passes) {
    return passes.stream().map(p -> host.pass(p.batch(), p.request().inference())).toList();
  }

  private List<Example> answeredByModel(List<Example> examples, int batchSize) {
    if (!(host.head() instanceof Head.Choosing head)) {
      throw new IllegalArgumentException(
          "estimator 'sampled' draws one of a task's labels, but the head writes text; use estimator = empirical");
    }
    RandomGenerator random = host.random("labels");
    List<Example> answered = new ArrayList<>();
    for (List<Example> rows : Batches.of(examples, batchSize)) {
      host.within(
          () -> {
            for (Pass pass : withoutDropout(host.passes(rows))) {
              answer(pass, head, random, answered);
            }
          });
    }
    return answered;
  }

  private void answer(
      Pass pass, Head.Choosing head, RandomGenerator random, List<Example> answered) {
    NDArray scores = pass.scores().orElseThrow();
    int columns = (int) scores.getShape().get(1);
    float[] values = scores.toFloatArray();
    List<Example> rows = pass.batch().examples();
    for (int i = 0; i < rows.size(); i++) {
      Example row = rows.get(i);
      List<Example> candidates =
          host.task(row.task().orElseThrow()).labels().stream()
              .map(label -> new Example(row.id(), row.task(), row.text(), label))
              .toList();
      List<Integer> places = head.columns(candidates).targets();
      int first = i * columns;
      double[] rowScores = places.stream().mapToDouble(c -> values[first + c]).toArray();
      answered.add(candidates.get(drawn(rowScores, random.nextDouble())));
    }
  }

  /** The place that {@code uniform} in [0,1) falls on, each as wide as its share of the softmax. */
  static int drawn(double[] scores, double uniform) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      highest = Math.max(highest, score);
    }
    double total = 0;
    for (double score : scores) {
      total += Math.exp(score - highest);
    }
    double left = uniform * total;
    for (int i = 0; i < scores.length - 1; i++) {
      left -= Math.exp(scores[i] - highest);
      if (left < 0) {
        return i;
      }
    }
    return scores.length - 1;
  }
}
