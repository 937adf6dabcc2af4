package org.continuo.heads;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.result.Prediction;

/** What heads that choose among labels have in common: columns, and the choice itself. */
abstract class LabelChoice implements Head.Choosing {
  /** The grade that fills the accuracy matrix. */
  static final String ACCURACY = "accuracy";

  private final Host host;
  private final LabelColumns columns;

  LabelChoice(Host host, LabelColumns columns) {
    this.host = host;
    this.columns = columns;
  }

  /** One sentence why a task without labels is refused, or none. */
  static List<String> needsLabels(Task task, String head) {
    return task.freeText()
        ? List.of(
            "head '%s' chooses among labels, but task '%s' has none (free-text answers); use head { type = free-text }"
                .formatted(head, task.name()))
        : List.of();
  }

  @Override
  public Columns columns(List<Example> examples) {
    return columns.of(examples);
  }

  @Override
  public List<Prediction> answer(List<Example> examples, Wiring wiring) {
    Batch batch = host.batch(examples);
    Pass pass = host.pass(batch, Request.of(wiring));
    return choose(pass.scores().orElseThrow(), batch);
  }

  @Override
  public List<Prediction> choose(NDArray scores, Batch batch) {
    List<LabelColumns.Column> labels = columns.columns(batch.examples());
    NDArray forbidden = batch.allowed().neg().add(1f);
    NDArray probabilities = scores.sub(forbidden.mul(scores.getManager().create(1e9f))).softmax(-1);
    float[] p = probabilities.toFloatArray();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Example example = batch.examples().get(i);
      Map<String, Double> byLabel = new LinkedHashMap<>();
      for (int c = 0; c < labels.size(); c++) {
        double value = p[i * labels.size() + c];
        if (value > 0 || example.task().filter(labels.get(c).owner().name()::equals).isPresent()) {
          byLabel.merge(labels.get(c).label(), value, Double::sum);
        }
      }
      String best =
          byLabel.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElseThrow();
      double hit = best.equals(example.answer()) ? 1 : 0;
      predictions.add(
          new Prediction(example.id(), best, example.answer(), Map.of(ACCURACY, hit), byLabel));
    }
    return predictions;
  }
}
