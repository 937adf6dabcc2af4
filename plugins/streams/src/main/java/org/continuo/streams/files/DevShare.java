package org.continuo.streams.files;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.streams.task.EvenDraw;
import org.continuo.streams.task.SeededRandom;

/** A dev split taken out of train: the same share of each label. */
final class DevShare {
  private DevShare() {}

  /**
   * The training examples in two parts. Texts that train holds more than once stay there, so that
   * the parts are disjoint. An example keeps its place in the file as its index.
   */
  static Map<Split, List<Example>> split(
      Task task, List<Example> train, double share, Function<Example, String> group, long seed) {
    if (share == 0) {
      return Map.of(Split.TRAIN, train, Split.DEV, List.of());
    }
    Map<String, Long> copies =
        train.stream().collect(Collectors.groupingBy(Example::text, Collectors.counting()));
    List<Example> unique = train.stream().filter(e -> copies.get(e.text()) == 1).toList();
    List<Example> taken =
        EvenDraw.share(unique, share, group, SeededRandom.of(seed, "dev-share", task.name()));
    Set<Example> dev = new HashSet<>(taken);
    return Map.of(
        Split.TRAIN, train.stream().filter(example -> !dev.contains(example)).toList(),
        Split.DEV, taken.stream().map(DevShare::renamed).toList());
  }

  private static Example renamed(Example example) {
    return new Example(
        example.id().replaceFirst("/train/(\\d+)$", "/dev/$1"),
        example.task(),
        example.text(),
        example.answer());
  }
}
