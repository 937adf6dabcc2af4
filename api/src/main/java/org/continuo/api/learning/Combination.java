package org.continuo.api.learning;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Stability;

/**
 * Several strategies as one: what they contribute, merged. The one that attaches keeps the names it
 * has alone, so that it starts from the same values; each add-on has names of its own. Actions run
 * in the order: the one that attaches, then add-ons by name, whatever the order of the list.
 */
@Stability(Stability.Level.EVOLVING)
public final class Combination implements Strategy {
  private static final String BASE = "the strategy that attaches";

  private final Map<String, Strategy> parts;

  private Combination(Map<String, Strategy> parts) {
    this.parts = parts;
  }

  /**
   * @param factories at least one; where all are add-ons, they add to the base of the first
   * @throws IllegalArgumentException with all {@link #conflicts}, if there are any
   */
  public static Strategy of(List<? extends Strategy.Factory> factories, Host host) {
    List<String> conflicts = conflicts(factories);
    if (!conflicts.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", conflicts));
    }
    Map<String, Strategy> parts = new LinkedHashMap<>();
    Map<String, Strategy.AddOn> addOns = new TreeMap<>();
    for (Strategy.Factory factory : factories) {
      if (factory instanceof Strategy.AddOn addOn) {
        addOns.put(addOn.name(), addOn);
      } else {
        parts.put(BASE, factory.create(host));
      }
    }
    if (parts.isEmpty()) {
      parts.put(BASE, ((Strategy.AddOn) factories.get(0)).base(host));
    }
    addOns.forEach((name, addOn) -> parts.put(name, addOn.addition(host.under(name))));
    return new Combination(parts);
  }

  /** Why these cannot be one strategy, as far as it can be told without creating them. */
  public static List<String> conflicts(List<? extends Strategy.Factory> factories) {
    List<String> problems = new ArrayList<>();
    List<String> names =
        factories.stream()
            .filter(Strategy.AddOn.class::isInstance)
            .map(factory -> ((Strategy.AddOn) factory).name())
            .toList();
    if (factories.isEmpty()) {
      problems.add("found no strategy, expected at least one; name some");
    }
    if (factories.size() - names.size() > 1) {
      problems.add(
          "found %d strategies that attach something, expected at most one beside the add-ons %s; take the others out"
              .formatted(factories.size() - names.size(), names));
    }
    names.stream()
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
        .forEach(
            (name, count) -> {
              if (count > 1) {
                problems.add(
                    "found '%s' %d times, expected it once; merge their options into one"
                        .formatted(name, count));
              }
            });
    return problems;
  }

  @Override
  public Contribution contribute(Task task) {
    Map<String, Contribution> all = new LinkedHashMap<>();
    parts.forEach((name, part) -> all.put(name, part.contribute(task)));
    List<String> problems = new ArrayList<>();
    single(all, "what is attached in training", c -> c.objective().wiring().isPresent(), problems);
    single(all, "the task loss", c -> c.objective().taskLoss().isPresent(), problems);
    single(all, "the number of epochs", c -> c.epochs().isPresent(), problems);
    single(all, "what the epochs run over", c -> c.examples().isPresent(), problems);
    single(all, "phases of the task", c -> !c.phases().isEmpty(), problems);
    distinct(all, "loss", c -> c.objective().losses().stream().map(Objective.Loss::name), problems);
    distinct(
        all, "extra", c -> c.objective().extras().stream().map(Objective.Extra::name), problems);
    distinct(
        all,
        "gradient transform",
        c -> c.objective().gradients().stream().map(Objective.Gradient::name),
        problems);
    distinct(all, "prelude", c -> c.preludes().stream().map(Contribution.Phase::name), problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    Contribution.Builder merged = Contribution.builder();
    all.values().forEach(merged::include);
    return merged.build();
  }

  private static void single(
      Map<String, Contribution> all,
      String what,
      Function<Contribution, Boolean> has,
      List<String> problems) {
    List<String> owners = all.keySet().stream().filter(n -> has.apply(all.get(n))).toList();
    if (owners.size() > 1) {
      problems.add(
          "%s each decide %s; expected at most one: take the others out".formatted(owners, what));
    }
  }

  private static void distinct(
      Map<String, Contribution> all,
      String what,
      Function<Contribution, Stream<String>> names,
      List<String> problems) {
    Map<String, List<String>> owners = new TreeMap<>();
    all.forEach(
        (part, contribution) ->
            names
                .apply(contribution)
                .distinct()
                .forEach(name -> owners.computeIfAbsent(name, n -> new ArrayList<>()).add(part)));
    owners.forEach(
        (name, who) -> {
          if (who.size() > 1) {
            problems.add(
                "%s each name a %s '%s'; expected different names: take one out"
                    .formatted(who, what, name));
          }
        });
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return one("attach something", part -> part.wiring(task));
  }

  @Override
  public Optional<List<String>> identify(Batch batch) {
    return one("identify tasks", part -> part.identify(batch));
  }

  @Override
  public Optional<NDArray> predict(Batch batch, Optional<String> task) {
    return one("predict", part -> part.predict(batch, task));
  }

  private <T> Optional<T> one(String what, Function<Strategy, Optional<T>> question) {
    Map<String, T> answers = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> question.apply(part).ifPresent(answer -> answers.put(name, answer)));
    if (answers.size() > 1) {
      throw new IllegalArgumentException(
          "%s each %s; expected at most one: take the others out"
              .formatted(List.copyOf(answers.keySet()), what));
    }
    return answers.values().stream().findFirst();
  }
}
