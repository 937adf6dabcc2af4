package org.continuo.streams.files;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.streams.task.Problems;

/**
 * Texts that are in more than one split. A model tested or selected on what it was trained on looks
 * better than it is; a dev file that is a copy of test is a known fault of published copies of
 * CL_Benchmark.
 */
final class Overlap {
  private Overlap() {}

  /** Reports each pair of splits that shares texts. */
  static void report(
      Map<Split, List<Example>> examples, Function<Split, Path> files, Problems problems) {
    report(Split.TRAIN, Split.DEV, examples, files, problems);
    report(Split.TRAIN, Split.TEST, examples, files, problems);
    report(Split.DEV, Split.TEST, examples, files, problems);
  }

  private static void report(
      Split first,
      Split second,
      Map<Split, List<Example>> examples,
      Function<Split, Path> files,
      Problems problems) {
    Map<String, Example> texts = new HashMap<>();
    examples
        .getOrDefault(first, List.of())
        .forEach(example -> texts.putIfAbsent(example.text(), example));
    List<Example> shared =
        examples.getOrDefault(second, List.of()).stream()
            .filter(example -> texts.containsKey(example.text()))
            .toList();
    Optional<Example> one = shared.stream().findFirst();
    one.ifPresent(
        example ->
            problems.add(
                "%s: texts that are also in %s: %d of %d, first %s = %s: '%s'; remove them from one of the two, or set allow-overlap = true"
                    .formatted(
                        files.apply(second),
                        files.apply(first).getFileName(),
                        shared.size(),
                        examples.get(second).size(),
                        example.id(),
                        texts.get(example.text()).id(),
                        ExampleReader.shortened(example.text()))));
  }
}
