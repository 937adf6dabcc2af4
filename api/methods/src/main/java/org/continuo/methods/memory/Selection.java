package org.continuo.methods.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;

/** Chooses what is kept of past tasks, within a budget. */
final class Selection {

  /** Empty strings: not told apart. */
  private record Group(String task, String label) {}

  private final Memory.Options options;
  private final Map<Group, List<Example>> kept = new LinkedHashMap<>();
  private long offered;

  /**
   * @param before what an earlier selection kept, in its order
   * @param offered examples it was offered
   */
  Selection(Memory.Options options, List<Example> before, long offered) {
    this.options = options;
    this.offered = offered;
    before.forEach(e -> kept.computeIfAbsent(group(e), g -> new ArrayList<>()).add(e));
  }

  /**
   * Takes what it may keep of a task that has been learned.
   *
   * @param features of examples, one vector each; asked for herding only
   */
  void add(
      List<Example> examples,
      RandomGenerator random,
      Function<List<Example>, List<float[]>> features) {
    if (anyOfAll()) {
      reservoir(examples, random);
      return;
    }
    Map<Group, List<Example>> added = new LinkedHashMap<>();
    examples.forEach(e -> added.computeIfAbsent(group(e), g -> new ArrayList<>()).add(e));
    added.forEach((group, all) -> kept.put(group, ranked(all, random, features)));
    shrink(added.keySet().iterator().next().task);
  }

  private boolean anyOfAll() {
    return options.select() == Memory.Select.RESERVOIR && options.per() == Memory.Per.TOTAL;
  }

  private Group group(Example example) {
    if (anyOfAll()) {
      return new Group("", "");
    }
    boolean labels =
        options.select() != Memory.Select.RESERVOIR || options.per() == Memory.Per.CLASS;
    return new Group(example.task().orElseThrow(), labels ? example.answer() : "");
  }

  private void reservoir(List<Example> examples, RandomGenerator random) {
    Reservoir<Example> all = new Reservoir<>(options.budget(), examples(), offered);
    examples.forEach(example -> all.offer(example, random));
    kept.put(new Group("", ""), all.items());
    offered = all.offered();
  }

  private List<Example> ranked(
      List<Example> all, RandomGenerator random, Function<List<Example>, List<float[]>> features) {
    return options.select() == Memory.Select.HERDING
        ? Herding.order(features.apply(all), options.budget()).stream().map(all::get).toList()
        : Draw.without(all, options.budget(), random);
  }

  /** Cuts every list to its quota, the least preferred examples first. */
  private void shrink(String task) {
    List<Group> sharing =
        kept.keySet().stream()
            .filter(group -> options.per() == Memory.Per.TOTAL || group.task.equals(task))
            .toList();
    List<Integer> sizes = sharing.stream().map(group -> kept.get(group).size()).toList();
    List<Integer> quotas =
        options.per() == Memory.Per.CLASS
            ? sizes.stream().map(size -> Math.min(size, options.budget())).toList()
            : Quotas.even(options.budget(), sizes);
    for (int g = 0; g < sharing.size(); g++) {
      int quota = quotas.get(g);
      kept.computeIfPresent(sharing.get(g), (group, all) -> List.copyOf(all.subList(0, quota)));
    }
  }

  /** All that is kept. */
  List<Example> examples() {
    return kept.values().stream().flatMap(List::stream).toList();
  }
}
