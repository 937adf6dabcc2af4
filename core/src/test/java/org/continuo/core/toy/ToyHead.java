package org.continuo.core.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Param;

/** Two columns, a matrix per task; all rows of a batch are of one task. */
public record ToyHead(Host host) implements Head.Choosing {
  @Override
  public Columns columns(List<Example> examples) {
    List<Integer> targets =
        examples.stream().map(e -> List.of("low", "high").indexOf(e.answer())).toList();
    return new Columns(2, targets, examples.stream().map(e -> List.of(0, 1)).toList());
  }

  @Override
  public List<String> refusals(Task task) {
    return List.of();
  }

  @Override
  public NDArray scores(NDArray hidden, Batch batch) {
    Task task = host.task(batch.examples().get(0).task().orElse("task0"));
    return hidden.matMul(params(task).get(0).value());
  }

  @Override
  public List<Param> params(Task task) {
    return List.of(
        host.param(
            task.name(),
            new Shape(ToyBackbone.WIDTH, 2),
            (m, shape) -> m.randomNormal(0, 0.1f, shape, DataType.FLOAT32)));
  }

  @Override
  public List<Prediction> answer(List<Example> examples, Wiring wiring) {
    Batch batch = host.batch(examples);
    return choose(host.pass(batch, Request.of(wiring)).scores().orElseThrow(), batch);
  }

  @Override
  public List<Prediction> choose(NDArray scores, Batch batch) {
    long[] best = scores.argMax(1).toLongArray();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < best.length; i++) {
      Example example = batch.examples().get(i);
      String answer = best[i] == 0 ? "low" : "high";
      double hit = answer.equals(example.answer()) ? 1 : 0;
      predictions.add(
          new Prediction(
              example.id(),
              answer,
              example.answer(),
              new TreeMap<>(Map.of("accuracy", hit, "misses", 1 - hit)),
              Map.of()));
    }
    return predictions;
  }
}
