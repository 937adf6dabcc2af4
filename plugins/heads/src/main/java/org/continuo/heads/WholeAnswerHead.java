package org.continuo.heads;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.result.Prediction;

/**
 * Trains on the tokens of the right label and answers with the label whose tokens, end included,
 * are most probable after the prompt: {@code argmax_y sum_i log p(y_i | prompt, y_<i)}.
 */
final class WholeAnswerHead extends AnswerTokens {
  private final Host host;

  WholeAnswerHead(Host host) {
    super(host);
    this.host = host;
  }

  @Override
  public List<String> refusals(Task task) {
    return LabelChoice.needsLabels(task, LabelScoringPlugin.ID);
  }

  @Override
  public List<Prediction> answer(List<Example> examples, Wiring wiring) {
    List<Map<String, Double>> logProbabilities = new ArrayList<>();
    examples.forEach(e -> logProbabilities.add(new LinkedHashMap<>()));
    Map<String, List<Integer>> askers = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      for (String label : candidates(examples.get(i))) {
        askers.computeIfAbsent(label, l -> new ArrayList<>()).add(i);
      }
    }
    askers.forEach(
        (label, rows) -> {
          List<Example> asked = rows.stream().map(i -> answering(examples.get(i), label)).toList();
          double[] sums = logProbability(asked, wiring);
          for (int k = 0; k < sums.length; k++) {
            logProbabilities.get(rows.get(k)).put(label, sums[k]);
          }
        });
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      predictions.add(best(examples.get(i), logProbabilities.get(i)));
    }
    return predictions;
  }

  private List<String> candidates(Example example) {
    return example.task().isPresent()
        ? host.task(example.task().get()).labels()
        : host.seen().stream().flatMap(task -> task.labels().stream()).distinct().toList();
  }

  private static Example answering(Example example, String label) {
    return new Example(example.id(), example.task(), example.text(), label);
  }

  /** One sum per example, over its answer tokens. */
  private double[] logProbability(List<Example> examples, Wiring wiring) {
    Batch batch = host.batch(examples);
    NDArray scores = host.pass(batch, Request.of(wiring)).scores().orElseThrow();
    float[] tokens = scores.logSoftmax(-1).gather(batch.targets().expandDims(1), 1).toFloatArray();
    long[] rows = batch.rows().toLongArray();
    long length = batch.tokens().getShape().get(1);
    double[] sums = new double[examples.size()];
    for (int r = 0; r < rows.length; r++) {
      sums[(int) (rows[r] / length)] += tokens[r];
    }
    return sums;
  }

  private static Prediction best(Example example, Map<String, Double> logProbability) {
    double highest = logProbability.values().stream().mapToDouble(v -> v).max().orElseThrow();
    double total = logProbability.values().stream().mapToDouble(v -> Math.exp(v - highest)).sum();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    logProbability.forEach((l, v) -> probabilities.put(l, Math.exp(v - highest) / total));
    String answer =
        logProbability.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow();
    double hit = answer.equals(example.answer()) ? 1 : 0;
    return new Prediction(
        example.id(), answer, example.answer(), Map.of(LabelChoice.ACCURACY, hit), probabilities);
  }
}
