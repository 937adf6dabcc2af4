package org.continuo.moecl.identify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.tensor.Finiteness;

/** Infers the task of each row from what the strategy has learned. */
public interface Identification {
  /** What it keeps of a task. */
  default Contribution contribute(Task task) {
    return Contribution.NONE;
  }

  /**
   * @param seen at least one task
   * @return a score per row and task [B,T], highest for the task it belongs to
   */
  NDArray scores(Batch batch, List<Task> seen);

  /**
   * The best task of each row.
   *
   * @throws ArithmeticException if the scores are not finite
   */
  default List<String> identify(Batch batch, List<Task> seen) {
    NDArray scores = scores(batch, seen);
    Finiteness.require(scores, "the scores by which texts are given to tasks");
    long[] best = scores.argMax(1).toType(DataType.INT64, false).toLongArray();
    return Arrays.stream(best).mapToObj(t -> seen.get((int) t).name()).toList();
  }

  /** Scores [B] of each task, side by side. */
  static NDArray columns(NDList perTask) {
    return NDArrays.stack(perTask, 1);
  }
}
