package org.continuo.streams.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.streams.task.LoadedStream;
import org.continuo.streams.task.Problems;
import org.continuo.streams.task.SeededRandom;
import org.continuo.streams.task.TaskOrder;

/** Generates the tasks of this package. */
record ContentReview(ContentReviewOptions options) implements TaskStream.Factory {
  private static final List<String> LABELS =
      Arrays.stream(Verdict.values()).map(Verdict::label).toList();

  @Override
  public TaskStream open(long seed) {
    List<String> available = Arrays.stream(Domain.values()).map(Domain::task).toList();
    Problems problems = new Problems();
    options.allTemplates().checkNames(available, problems);
    List<String> names = TaskOrder.select(options.order(), available, problems);
    problems.throwIfAny();
    Grammar grammar = Grammar.of("words.txt", "sentences.txt", "frames.txt");
    List<Task> tasks = new ArrayList<>();
    Map<String, Map<Split, List<Example>>> contents = new HashMap<>();
    for (String name : names) {
      TextWriter writer = new TextWriter(grammar, Domain.of(name));
      tasks.add(new Task(name, tasks.size(), options.allTemplates().of(name), LABELS));
      Map<Split, List<Example>> splits = new EnumMap<>(Split.class);
      for (Split split : Split.values()) {
        splits.put(split, examples(writer, name, split, seed));
      }
      contents.put(name, splits);
    }
    return new LoadedStream(tasks, contents, List.of());
  }

  private List<Example> examples(TextWriter writer, String task, Split split, long seed) {
    Random random = SeededRandom.of(seed, "content-review", task, split.name());
    Set<String> seen = new HashSet<>();
    List<Example> examples = new ArrayList<>();
    String prefix = task + "/" + split.name().toLowerCase(Locale.ROOT) + "/";
    while (examples.size() < options.size(split)) {
      // one of each label at a time, mislabelled together: every even beginning is balanced
      Verdict first = random.nextBoolean() ? Verdict.COMPLIANT : Verdict.VIOLATING;
      boolean mistaken = random.nextDouble() < options.labelNoise();
      for (Verdict verdict : List.of(first, first.other())) {
        String text = newText(writer, verdict, split, seen, random);
        Verdict told = mistaken ? verdict.other() : verdict;
        examples.add(new Example(prefix + examples.size(), task, text, told.label()));
      }
    }
    return List.copyOf(examples.subList(0, options.size(split)));
  }

  private static String newText(
      TextWriter writer, Verdict verdict, Split split, Set<String> seen, Random random) {
    return Stream.generate(() -> writer.write(verdict, random))
        .filter(text -> splitOf(text) == split)
        .filter(seen::add)
        .findFirst()
        .orElseThrow();
  }

  /** A text can only be in one split, whatever the sizes and seeds: its hash decides which. */
  private static Split splitOf(String text) {
    return switch (Math.floorMod(text.hashCode(), 3)) {
      case 0 -> Split.TRAIN;
      case 1 -> Split.DEV;
      default -> Split.TEST;
    };
  }
}
