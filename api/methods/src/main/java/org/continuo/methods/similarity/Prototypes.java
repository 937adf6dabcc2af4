package org.continuo.methods.similarity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Tensors;

/**
 * Groups of vectors, such as the texts of a task or of a label: for each its mean mu_k [d], and of
 * all together the scatter [d,d] around the mean of the own group. The vectors are not kept.
 *
 * @param statistics what a host may keep: arrays {@code mean/GROUP}, {@code scatter}, {@code count}
 */
@Stability(Stability.Level.EVOLVING)
public record Prototypes(Tensors statistics) {
  private static final String MEAN = "mean/";
  private static final String SCATTER = "scatter";
  private static final String COUNT = "count";

  /** Of the mean variance, on the diagonal: S is singular while there are fewer vectors than d. */
  private static final double RIDGE = 0.1;

  /** Vectors that can be gone through more than once. */
  @FunctionalInterface
  public interface Vectors {
    /**
     * @param consumer of [B,d]; all pieces together are the vectors
     */
    void each(Consumer<NDArray> consumer);
  }

  /**
   * These and one more group; what was learned of a group of that name before stays in the scatter.
   *
   * @param count of its vectors, at least 1
   * @param width d
   * @param scope for the new statistics
   */
  public Prototypes plus(String group, Vectors vectors, int count, long width, NDManager scope) {
    NDArray mean = scope.zeros(new Shape(width));
    vectors.each(x -> mean.addi(Autograd.scale(x.sum(new int[] {0}), 1.0 / count)));
    NDArray scatter = scope.zeros(new Shape(width, width));
    vectors.each(
        x -> {
          NDArray centred = x.sub(mean);
          scatter.addi(centred.transpose().matMul(centred));
        });
    Tensors learned = new Tensors(Map.of(SCATTER, scatter, COUNT, scope.create((float) count)));
    Tensors sums = statistics.filter(name -> !name.startsWith(MEAN)).plus(learned);
    Tensors means =
        statistics
            .filter(name -> name.startsWith(MEAN) && !name.equals(MEAN + group))
            .plus(new Tensors(Map.of(MEAN + group, mean)));
    return new Prototypes(sums.plus(means));
  }

  /**
   * {@code -(x - mu_k)' S^-1 (x - mu_k)}, the score of linear discriminant analysis with equal
   * priors, times 2. S is the pooled covariance with a tenth of its mean variance on the diagonal.
   *
   * @param x [B,d]
   * @param groups K of those learned
   * @return [B,K], at most 0, highest for the nearest
   */
  public NDArray gaussian(NDArray x, List<String> groups) {
    NDArray precision = precision();
    NDList scores = new NDList();
    for (String group : groups) {
      NDArray away = x.sub(mean(group));
      scores.add(away.matMul(precision).mul(away).sum(new int[] {1}).neg());
    }
    return NDArrays.stack(scores, 1);
  }

  /**
   * Cosines of directions from the mean of the groups' means.
   *
   * @param x [B,d]
   * @param groups K of those learned
   * @return [B,K] in [-1,1]; 0 where a direction has no length
   */
  public NDArray cosine(NDArray x, List<String> groups) {
    List<NDArray> means = groups.stream().map(this::mean).toList();
    NDArray centre =
        Autograd.scale(means.stream().reduce(NDArray::add).orElseThrow(), 1.0 / means.size());
    NDArray direction = x.sub(centre);
    NDList scores = new NDList();
    means.forEach(mean -> scores.add(cosine(direction, mean.sub(centre))));
    return NDArrays.stack(scores, 1);
  }

  /**
   * @return [d]
   * @throws java.util.NoSuchElementException if nothing was learned of it; the message lists what
   *     was
   */
  public NDArray mean(String group) {
    return statistics.get(MEAN + group);
  }

  private NDArray precision() {
    NDArray covariance = statistics.get(SCATTER).div(statistics.get(COUNT));
    int width = (int) covariance.getShape().get(0);
    NDArray diagonal = covariance.getManager().eye(width);
    double variance = covariance.mul(diagonal).sum().getFloat() / width;
    return covariance.add(Autograd.scale(diagonal, RIDGE * variance)).inverse();
  }

  /** Of each row of x [B,d] with one vector [d]. */
  private static NDArray cosine(NDArray x, NDArray vector) {
    NDArray lengths = x.norm(new int[] {1}).mul(vector.norm()).add(1e-12f);
    return x.matMul(vector.expandDims(1)).squeeze(1).div(lengths);
  }
}
