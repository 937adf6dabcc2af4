package org.continuo.methods.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.methods.Look;
import org.junit.jupiter.api.Test;

class TaskExpertsTest {
  private static NDArray scores(Host host, Batch batch, Wiring wiring) {
    return host.pass(batch, Request.of(wiring)).scores().orElseThrow();
  }

  @Test
  void aTaskHasOneExpertAndNoTaskTheBackboneAlone() {
    Look.afterEachTask(
        (host, task, experts) -> {
          assertSame(experts.of(task), experts.of(task.name()));
          assertEquals(Wiring.NONE, experts.sum(List.of()));
          Batch batch = host.batch(host.trainingData().subList(0, 4));
          NDArray alone = scores(host, batch, Wiring.NONE);
          // a fresh expert adds nothing; one away from its start does
          assertEquals(alone, scores(host, batch, experts.sum(List.of(task))));
          experts.of(task).params().forEach(param -> param.value().addi(0.3f));
          NDArray moved = scores(host, batch, experts.sum(List.of(task)));
          assertTrue(moved.sub(alone).abs().max().getFloat() > 1e-3);
          assertEquals(
              moved, scores(host, batch, experts.sum(Tasks.upTo(task.name(), List.of(task)))));
        });
  }

  @Test
  void theSumAddsTheUpdatesOfAllItsTasks() {
    Look.afterEachTask(
        (host, task, experts) -> {
          if (task.index() == 0) {
            return;
          }
          assertEquals(2, experts.sum(host.seen()).mixtures().get(0).experts().size());
          assertEquals(
              List.of(experts.of("task-0"), experts.of("task-1")),
              experts.sum(host.seen()).mixtures().get(0).experts());
        });
  }
}
