package org.continuo.suite.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.result.Prediction;
import org.continuo.core.config.InvalidInput;

/** Two runs with their answers side by side. */
public record Pairing(FinishedRun a, FinishedRun b, List<Pairs> tasks) {
  private static final int NAMED = 3;

  public Pairing {
    tasks = List.copyOf(tasks);
  }

  /** The answers to the examples of one task: those at the same place are to the same example. */
  public record Pairs(String task, List<Prediction> a, List<Prediction> b) {
    public Pairs {
      a = List.copyOf(a);
      b = List.copyOf(b);
    }

    public int size() {
      return a.size();
    }
  }

  /**
   * Reads two folders, tasks in the order of A.
   *
   * @throws InvalidInput with everything that keeps them from being compared
   */
  public static Pairing read(Path folderA, Path folderB) {
    List<String> problems = new ArrayList<>();
    Optional<FinishedRun> a = FinishedRun.read(folderA, problems);
    Optional<FinishedRun> b = FinishedRun.read(folderB, problems);
    if (a.isEmpty() || b.isEmpty()) {
      throw new InvalidInput(problems);
    }
    Pairing pairing = of(a.get(), b.get(), problems);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return pairing;
  }

  private static Pairing of(FinishedRun a, FinishedRun b, List<String> problems) {
    if (!a.results().score().equals(b.results().score())) {
      problems.add(
          "scores differ: found '%s' in A and '%s' in B, expected the same; run both with heads that grade alike"
              .formatted(a.results().score(), b.results().score()));
    } else {
      a.results()
          .tasks()
          .forEach(
              task -> {
                String score = a.results().score(task);
                String other = b.results().score(task);
                if (b.results().tasks().contains(task) && !other.equals(score)) {
                  problems.add(
                      "scores of task '%s' differ: found '%s' in A and '%s' in B, expected the same; run both with heads that grade alike"
                          .formatted(task, score, other));
                }
              });
    }
    List<String> onlyA = without(a.results().tasks(), b.results().tasks());
    List<String> onlyB = without(b.results().tasks(), a.results().tasks());
    if (!onlyA.isEmpty() || !onlyB.isEmpty()) {
      problems.add(
          "tasks differ: found "
              + found(onlyA, onlyB)
              + ", expected the same tasks; compare runs of one stream, in whatever order");
    }
    List<Pairs> pairs = new ArrayList<>();
    for (String task : a.results().tasks()) {
      if (!onlyA.contains(task)) {
        pairs.add(pairs(task, a.answers().get(task), b.answers().get(task), problems));
      }
    }
    return new Pairing(a, b, pairs);
  }

  private static Pairs pairs(
      String task, Map<String, Prediction> a, Map<String, Prediction> b, List<String> problems) {
    List<String> onlyA = without(a.keySet(), b.keySet());
    List<String> onlyB = without(b.keySet(), a.keySet());
    if (!onlyA.isEmpty() || !onlyB.isEmpty()) {
      problems.add(
          "examples of task '"
              + task
              + "' differ: found "
              + found(onlyA, onlyB)
              + ", expected the same examples; run both with the same stream options and seeds.data");
    }
    List<String> shared = a.keySet().stream().filter(b::containsKey).toList();
    List<String> changed =
        shared.stream()
            .filter(example -> !a.get(example).expected().equals(b.get(example).expected()))
            .toList();
    if (!changed.isEmpty()) {
      String first = changed.get(0);
      problems.add(
          "expected answers of task '%s' differ for %s: found '%s' for %s in A and '%s' in B, expected the same; the data changed between the runs: run one of them again"
              .formatted(
                  task,
                  changed.size() == 1 ? "1 example" : changed.size() + " examples",
                  a.get(first).expected(),
                  first,
                  b.get(first).expected()));
    }
    return new Pairs(
        task, shared.stream().map(a::get).toList(), shared.stream().map(b::get).toList());
  }

  private static List<String> without(Iterable<String> names, Collection<String> others) {
    List<String> rest = new ArrayList<>();
    names.forEach(
        name -> {
          if (!others.contains(name)) {
            rest.add(name);
          }
        });
    return rest;
  }

  private static String found(List<String> onlyA, List<String> onlyB) {
    List<String> parts = new ArrayList<>();
    if (!onlyA.isEmpty()) {
      parts.add(some(onlyA) + " only in A");
    }
    if (!onlyB.isEmpty()) {
      parts.add(some(onlyB) + " only in B");
    }
    return String.join(" and ", parts);
  }

  private static String some(List<String> names) {
    return names.size() <= NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
  }
}
