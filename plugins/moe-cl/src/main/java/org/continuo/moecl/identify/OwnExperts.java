package org.continuo.moecl.identify;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;

/** Asks every task in turn, under its own experts: T forward passes per batch. */
final class OwnExperts implements Identification {

  /** One task's claim to the rows. */
  interface Claim extends BiFunction<Batch, Task, NDArray> {}

  private final Host host;
  private final Claim claim;

  /**
   * @param claim of a batch that is put to the task, [B]
   */
  OwnExperts(Host host, Claim claim) {
    this.host = host;
    this.claim = claim;
  }

  @Override
  public NDArray scores(Batch batch, List<Task> seen) {
    NDList scores = new NDList();
    for (Task task : seen) {
      List<Example> rows =
          batch.examples().stream().map(row -> row.withTask(Optional.of(task.name()))).toList();
      scores.add(claim.apply(host.batch(rows), task));
    }
    return Identification.columns(scores);
  }
}
