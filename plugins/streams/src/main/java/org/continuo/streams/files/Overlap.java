package org.continuo.streams.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;

/**
 * Texts that are in more than one split. A model tested or selected on what it was trained on looks
 * better than it is; a dev file that is a copy of test is a known fault of published copies of
 * CL_Benchmark.
 *
 * @param task its name
 * @param count examples of the second split whose text is in the first
 * @param of examples of the second split
 * @param one the first of them
 * @param same an example of the first split with the same text
 */
record Overlap(
    String task, Split first, Split second, int count, int of, Example one, Example same) {

  /** Each pair of splits that shares texts. */
  static List<Overlap> of(String task, Map<Split, List<Example>> examples) {
    List<Overlap> found = new ArrayList<>();
    add(task, Split.TRAIN, Split.DEV, examples, found);
    add(task, Split.TRAIN, Split.TEST, examples, found);
    add(task, Split.DEV, Split.TEST, examples, found);
    return found;
  }

  private static void add(
      String task,
      Split first,
      Split second,
      Map<Split, List<Example>> examples,
      List<Overlap> found) {
    Map<String, Example> texts = new HashMap<>();
    examples
        .getOrDefault(first, List.of())
        .forEach(example -> texts.putIfAbsent(example.text(), example));
    List<Example> all = examples.getOrDefault(second, List.of());
    List<Example> shared = all.stream().filter(e -> texts.containsKey(e.text())).toList();
    shared.stream()
        .findFirst()
        .ifPresent(
            one ->
                found.add(
                    new Overlap(
                        task,
                        first,
                        second,
                        shared.size(),
                        all.size(),
                        one,
                        texts.get(one.text()))));
  }

  String problem(Function<Split, Path> files) {
    return "%s: texts that are also in %s: %d of %d, first %s = %s: '%s'; %s; remove them from one of the two, or set allow-overlap = true"
        .formatted(
            files.apply(second),
            files.apply(first).getFileName(),
            count,
            of,
            one.id(),
            same.id(),
            ExampleReader.shortened(one.text()),
            meaning());
  }

  /** For those who allow it: a sentence for each pair of splits, with all the tasks it is in. */
  static List<String> warnings(List<Overlap> overlaps) {
    return overlaps.stream()
        .collect(
            Collectors.groupingBy(
                overlap -> List.of(overlap.first, overlap.second),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(
            alike ->
                "%s texts that are also in %s: %s; %s"
                    .formatted(
                        name(alike.get(0).second),
                        name(alike.get(0).first),
                        alike.stream()
                            .map(o -> "%d of %d of task '%s'".formatted(o.count, o.of, o.task))
                            .collect(Collectors.joining(", ")),
                        alike.get(0).meaning()))
        .toList();
  }

  /** What it does to the numbers, and how to do without. */
  private String meaning() {
    if (first == Split.DEV) {
      return "with training.select-best the weights are chosen by the test itself, and the score is not that of unseen texts: set it to false, or delete dev, which is then taken out of train";
    }
    return second == Split.DEV
        ? "training.select-best then favours weights that know these texts by heart"
        : "the score is then partly that of texts learned by heart";
  }

  private static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }
}
