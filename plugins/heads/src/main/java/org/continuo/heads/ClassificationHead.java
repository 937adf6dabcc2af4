package org.continuo.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Param;

/**
 * A linear classifier without bias on the summary state of the prompt: one row of weights [1,d] per
 * label. Rows start from N(0, 1/(3 d)), as in the MoE-CL reference code.
 */
final class ClassificationHead extends LabelChoice {

  /** How labels become rows. */
  public record Options(
      @Option(
              doc =
                  "per-task: every task has rows of its own; shared: tasks with the same label share"
                      + " its row",
              value = "per-task")
          LabelColumns.Sharing labels) {}

  private final Host host;
  private final LabelColumns columns;
  private final Options options;

  ClassificationHead(Options options, Host host) {
    this(options, host, new LabelColumns(host, options.labels));
  }

  private ClassificationHead(Options options, Host host, LabelColumns columns) {
    super(host, columns);
    this.host = host;
    this.columns = columns;
    this.options = options;
  }

  @Override
  public List<String> refusals(Task task) {
    return needsLabels(task, ClassificationPlugin.ID);
  }

  @Override
  public NDArray scores(NDArray hidden, Batch batch) {
    NDList rows = new NDList();
    columns
        .columns(batch.examples())
        .forEach(column -> rows.add(row(column.owner(), column.label()).value()));
    return hidden.matMul(NDArrays.concat(rows, 0).transpose());
  }

  @Override
  public List<Param> params(Task task) {
    return task.labels().stream().map(label -> row(task, label)).toList();
  }

  private Param row(Task task, String label) {
    String name = options.labels == LabelColumns.Sharing.SHARED ? label : task.name() + "/" + label;
    return host.param(
        name, new Shape(1, host.backbone().description().width()), ClassificationHead::fresh);
  }

  private static NDArray fresh(NDManager manager, Shape shape) {
    float deviation = (float) Math.sqrt(1 / (3.0 * shape.get(1)));
    return manager.randomNormal(0, deviation, shape, DataType.FLOAT32);
  }
}
