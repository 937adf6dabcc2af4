package org.continuo.baselines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.tensor.Param;
import org.continuo.testkit.StrategyWrapper;

/** A strategy that is held to its word: what no group of it names must not change by a bit. */
record Watched(Strategy wrapped, Host host, Map<String, float[]> before)
    implements StrategyWrapper {
  static Strategy.Factory around(Strategy.Factory factory) {
    return host -> new Watched(factory.create(host), host, new LinkedHashMap<>());
  }

  @Override
  public Contribution contribute(Task task) {
    Contribution c = wrapped.contribute(task);
    Set<Param> trained = new HashSet<>(host.head().params(task));
    Stream.concat(Stream.of(c.objective()), c.phases().stream().map(Contribution.Phase::objective))
        .flatMap(objective -> objective.groups().stream())
        .forEach(group -> trained.addAll(group.params()));
    return Contribution.builder()
        .beforeTask(() -> remember(trained))
        .include(c)
        .afterTask(() -> compare(task))
        .build();
  }

  private void remember(Set<Param> trained) {
    before.clear();
    for (Param param : reached()) {
      if (!trained.contains(param)) {
        before.put(param.name(), param.value().toFloatArray());
      }
    }
  }

  private void compare(Task task) {
    assertTrue(host.seen().size() == 1 || !before.isEmpty(), "nothing was frozen");
    for (Param param : reached()) {
      float[] value = before.get(param.name());
      if (value != null) {
        assertArrayEquals(
            value, param.value().toFloatArray(), 0f, task.name() + " changed " + param.name());
      }
    }
  }

  /** The backbone's weights, and all that tasks so far attach or answer with. */
  private List<Param> reached() {
    List<Param> all = new ArrayList<>(host.backbone().weights().orElseThrow().all());
    for (Task task : host.seen()) {
      wrapped.wiring(Optional.of(task.name())).ifPresent(wiring -> all.addAll(wiring.params()));
      all.addAll(host.head().params(task));
    }
    return all.stream().distinct().toList();
  }
}
