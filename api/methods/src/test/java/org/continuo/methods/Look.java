package org.continuo.methods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.methods.pool.TaskExperts;
import org.continuo.testkit.TinyRun;

/** Looks into a tiny run: plain fine-tuning of one expert, seen when a task has been learned. */
public final class Look {
  private Look() {}

  /** What a test may look at. */
  @FunctionalInterface
  public interface At {
    /**
     * @param experts of the run; that of {@code all} trains
     */
    void see(Host host, Task task, TaskExperts experts);
  }

  /** After each of two tasks. */
  public static void afterEachTask(BiConsumer<Host, Task> look) {
    afterEachTask((host, task, experts) -> look.accept(host, task));
  }

  public static void afterEachTask(At look) {
    List<String> looked = new ArrayList<>();
    At counted =
        (host, task, experts) -> {
          look.see(host, task, experts);
          looked.add(task.name());
        };
    try {
      TinyRun.of(new LookPlugin(counted))
          .set("training.epochs=2")
          .run(Files.createTempDirectory("look"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertEquals(List.of("task-0", "task-1"), looked);
  }

  /** The only option. */
  public record Options(@Option(doc = "what trains") Expert.Factory expert) {}

  private record LookPlugin(At look) implements Plugin<Strategy.Factory, Options> {
    @Override
    public String id() {
      return "look";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Set<Capability> needs(Options options) {
      return EnumSet.of(Capability.GRADIENTS, Capability.LINEAR_SITES, Capability.PAST_DATA);
    }

    @Override
    public Set<Capability> offers(Options options) {
      return EnumSet.of(Capability.WIRING);
    }

    @Override
    public Strategy.Factory create(Options options) {
      return host ->
          new Looking(
              host,
              new TaskExperts(host, options.expert, List.of(Projection.UP, Projection.DOWN)),
              look);
    }
  }

  private record Looking(Host host, TaskExperts experts, At look) implements Strategy {
    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return Optional.of(Wiring.of(Mixture.sum(List.of(experts.of("all")))));
    }

    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .train(experts.of("all").params())
          .afterTask(() -> look.see(host, task, experts))
          .build();
    }
  }
}
