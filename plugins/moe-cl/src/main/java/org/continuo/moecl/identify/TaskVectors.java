package org.continuo.moecl.identify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Router;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Tensors;
import org.continuo.moecl.identify.IdentifyOptions.Nearness;
import org.continuo.moecl.identify.IdentifyOptions.View;

/**
 * Keeps for each task the mean mu_t [d] of its training texts in the frozen model, and over all
 * tasks their scatter [d,d] around it. No text is kept. {@code gaussian} is the score of linear
 * discriminant analysis with equal priors, {@code -1/2 (x - mu_t)' S^-1 (x - mu_t)}.
 */
final class TaskVectors implements Identification {
  private static final int ROWS = 32;
  private static final String STATISTICS = "task vectors";
  private static final String MEAN = "mean/";
  private static final String SCATTER = "scatter";
  private static final String COUNT = "count";

  /** Of the mean variance, on the diagonal: S is singular while there are fewer texts than d. */
  private static final double RIDGE = 0.1;

  private final IdentifyOptions options;
  private final Host host;

  TaskVectors(IdentifyOptions options, Host host) {
    this.options = options;
    this.host = host;
  }

  @Override
  public Contribution contribute(Task task) {
    return host.offers(org.continuo.api.plugin.Capability.TASK_ID_AT_TEST)
        ? Contribution.NONE
        : Contribution.builder().afterTask(() -> learn(task)).build();
  }

  private void learn(Task task) {
    List<Example> texts = host.trainingData();
    long width = host.backbone().description().width();
    NDArray mean = host.scope().zeros(new Shape(width));
    overRows(texts, x -> mean.addi(Autograd.scale(x.sum(new int[] {0}), 1.0 / texts.size())));
    NDArray scatter = host.scope().zeros(new Shape(width, width));
    overRows(
        texts,
        x -> {
          NDArray centred = x.sub(mean);
          scatter.addi(centred.transpose().matMul(centred));
        });
    NDArray count = host.scope().create((float) texts.size());
    Tensors learned = new Tensors(Map.of(SCATTER, scatter, COUNT, count));
    Tensors sums = host.kept(STATISTICS).filter(name -> !name.startsWith(MEAN)).plus(learned);
    Tensors means =
        host.kept(STATISTICS)
            .filter(name -> name.startsWith(MEAN))
            .plus(new Tensors(Map.of(MEAN + task.name(), mean)));
    host.keep(STATISTICS, sums.plus(means));
  }

  private interface OnView {
    void accept(NDArray x);
  }

  private void overRows(List<Example> texts, OnView consumer) {
    for (int start = 0; start < texts.size(); start += ROWS) {
      List<Example> rows =
          texts.subList(start, Math.min(start + ROWS, texts.size())).stream()
              .map(Example::withoutAnswer)
              .toList();
      host.within(() -> consumer.accept(view(host.batch(rows))));
    }
  }

  private NDArray view(Batch batch) {
    return host.backbone()
        .query(
            batch,
            options.view() == View.HIDDEN_MEAN
                ? Router.Query.HIDDEN_MEAN
                : Router.Query.EMBEDDING_MEAN);
  }

  @Override
  public NDArray scores(Batch batch, List<Task> seen) {
    Tensors statistics = host.kept(STATISTICS);
    List<NDArray> means = seen.stream().map(t -> statistics.get(MEAN + t.name())).toList();
    NDArray x = view(batch);
    NDList scores = new NDList();
    if (options.nearness() == Nearness.COSINE) {
      NDArray centre =
          Autograd.scale(means.stream().reduce(NDArray::add).orElseThrow(), 1.0 / means.size());
      means.forEach(mean -> scores.add(cosine(x.sub(centre), mean.sub(centre))));
    } else {
      NDArray precision = precision(statistics);
      means.forEach(
          mean -> {
            NDArray away = x.sub(mean);
            scores.add(away.matMul(precision).mul(away).sum(new int[] {1}).neg());
          });
    }
    return Identification.columns(scores);
  }

  private NDArray precision(Tensors statistics) {
    NDArray covariance = statistics.get(SCATTER).div(statistics.get(COUNT));
    int width = (int) covariance.getShape().get(0);
    NDArray diagonal = host.scope().eye(width);
    double variance = covariance.mul(diagonal).sum().getFloat() / width;
    return covariance.add(Autograd.scale(diagonal, RIDGE * variance)).inverse();
  }

  /** Of each row of x [B,d] with one vector [d]; 0 where either has no length. */
  private static NDArray cosine(NDArray x, NDArray vector) {
    NDArray lengths = x.norm(new int[] {1}).mul(vector.norm()).add(1e-12f);
    return x.matMul(vector.expandDims(1)).squeeze(1).div(lengths);
  }
}
