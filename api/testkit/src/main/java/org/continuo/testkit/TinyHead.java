package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Param;

/** A linear classifier that all tasks share: forgetting shows in it too. */
record TinyHead(Host host) implements Head.Choosing {
  @Override
  public List<String> refusals(Task task) {
    return task.freeText() ? List.of("the tiny head needs labels") : List.of();
  }

  @Override
  public Columns columns(List<Example> examples) {
    List<String> labels = labels();
    List<Integer> all = IntStream.range(0, labels.size()).boxed().toList();
    return new Columns(
        labels.size(),
        examples.stream().map(example -> labels.indexOf(example.answer())).toList(),
        Collections.nCopies(examples.size(), all));
  }

  private List<String> labels() {
    return host.task("task-0").labels();
  }

  @Override
  public NDArray scores(NDArray hidden, Batch batch) {
    return hidden.matMul(matrix().value());
  }

  @Override
  public List<Param> params(Task task) {
    return List.of(matrix());
  }

  private Param matrix() {
    return host.param(
        "matrix",
        new Shape(TinyBackbone.WIDTH, labels().size()),
        (manager, shape) -> manager.randomNormal(0, 0.1f, shape, DataType.FLOAT32));
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
      String answer = labels().get((int) best[i]);
      double right = answer.equals(example.answer()) ? 1 : 0;
      predictions.add(
          new Prediction(
              example.id(), answer, example.answer(), Map.of("accuracy", right), Map.of()));
    }
    return predictions;
  }
}
