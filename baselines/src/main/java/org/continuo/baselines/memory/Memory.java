package org.continuo.baselines.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;
import org.continuo.api.plugin.Option;

/** Examples of tasks that have been learned, never more than the budget allows. */
public final class Memory {

  /** Which examples are kept. */
  public enum Select {
    /** Any, each with the same probability (Vitter 1985, algorithm R, for a total budget). */
    RESERVOIR,
    /** Any, the same number of each label of each task. */
    CLASS_BALANCED,
    /** Of each label those whose mean is closest to the mean of all (iCaRL, eq. 4). */
    HERDING
  }

  /** What a budget is for. */
  public enum Per {
    TOTAL,
    TASK,
    /** A label of a task; a task of free text is one class. */
    CLASS
  }

  /** Defaults as in Buzzega et al. 2020 (DER, arXiv 2004.07211), the smallest of their buffers. */
  public record Options(
      @Option(
              doc =
                  "reservoir: any examples; class-balanced: as many of each label; herding: of each"
                      + " label those nearest to its mean",
              value = "reservoir")
          Select select,
      @Option(doc = "most examples kept", value = "200", unit = "examples", min = 1) int budget,
      @Option(
              doc = "what the budget is for: everything, each task, or each label of each task",
              value = "total")
          Per per) {}

  /** Empty strings: not told apart. */
  private record Group(String task, String label) {}

  private final Options options;
  private final Map<Group, List<Example>> kept = new LinkedHashMap<>();
  private long offered;

  public Memory(Options options) {
    this.options = options;
  }

  /**
   * Takes what it may keep of a task that has been learned.
   *
   * @param features of examples, one vector each; asked for herding only
   */
  public void add(
      List<Example> examples,
      RandomGenerator random,
      Function<List<Example>, List<float[]>> features) {
    if (options.select == Select.RESERVOIR && options.per == Per.TOTAL) {
      reservoir(examples, random);
      return;
    }
    Map<Group, List<Example>> added = new LinkedHashMap<>();
    examples.forEach(e -> added.computeIfAbsent(group(e), g -> new ArrayList<>()).add(e));
    added.forEach((group, all) -> kept.put(group, ranked(all, random, features)));
    shrink(added.keySet().iterator().next().task);
  }

  private Group group(Example example) {
    boolean labels = options.select != Select.RESERVOIR || options.per == Per.CLASS;
    return new Group(example.task().orElseThrow(), labels ? example.answer() : "");
  }

  private void reservoir(List<Example> examples, RandomGenerator random) {
    List<Example> all = kept.computeIfAbsent(new Group("", ""), g -> new ArrayList<>());
    for (Example example : examples) {
      offered++;
      if (all.size() < options.budget) {
        all.add(example);
      } else {
        long place = random.nextLong(offered);
        if (place < options.budget) {
          all.set((int) place, example);
        }
      }
    }
  }

  private List<Example> ranked(
      List<Example> all, RandomGenerator random, Function<List<Example>, List<float[]>> features) {
    return options.select == Select.HERDING
        ? Herding.order(features.apply(all), options.budget).stream().map(all::get).toList()
        : Draw.without(all, options.budget, random);
  }

  /** Cuts every list to its quota, the least preferred examples first. */
  private void shrink(String task) {
    List<Group> sharing =
        kept.keySet().stream()
            .filter(group -> options.per == Per.TOTAL || group.task.equals(task))
            .toList();
    List<Integer> sizes = sharing.stream().map(group -> kept.get(group).size()).toList();
    List<Integer> quotas =
        options.per == Per.CLASS
            ? sizes.stream().map(size -> Math.min(size, options.budget)).toList()
            : Quotas.even(options.budget, sizes);
    for (int g = 0; g < sharing.size(); g++) {
      int quota = quotas.get(g);
      kept.computeIfPresent(sharing.get(g), (group, all) -> List.copyOf(all.subList(0, quota)));
    }
  }

  /** All that is kept. */
  public List<Example> examples() {
    return kept.values().stream().flatMap(List::stream).toList();
  }
}
