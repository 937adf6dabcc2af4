package org.continuo.suite;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.continuo.core.config.ExperimentFamily;
import org.continuo.suite.SuiteOptions.DrawnOrders;

/** The orders of a suite: those written down, and those drawn. */
final class Orders {
  /** The name of the only order where a file gives none. */
  private static final String ONLY = "as-given";

  private static final String PATH = "stream.order";

  private final ExperimentFamily<SuiteOptions> family;
  private final Map<String, List<String>> byName = new LinkedHashMap<>();

  Orders(ExperimentFamily<SuiteOptions> family) {
    this.family = family;
    SuiteOptions options = family.options();
    byName.putAll(new TreeMap<>(options.orders()));
    options.orders().forEach(this::check);
    options.drawnOrders().ifPresent(this::draw);
    if (byName.isEmpty()) {
      byName.put(ONLY, given());
    }
  }

  /** Tasks by name of the order; none where the stream decides. */
  Map<String, List<String>> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /** The order of the shared experiment; none if it gives none. */
  private List<String> given() {
    return family
        .shared(PATH)
        .filter(ConfigList.class::isInstance)
        .map(list -> ((ConfigList) list).stream().map(task -> String.valueOf(task.unwrapped())))
        .map(java.util.stream.Stream::toList)
        .orElse(List.of());
  }

  private void check(String name, List<String> tasks) {
    if (tasks.isEmpty()) {
      family.problem(
          "orders." + ConfigUtil.joinPath(name),
          "no tasks: found an empty list, expected the tasks in order; write [first, second]");
    }
    Optional<String> twin =
        family.options().orders().entrySet().stream()
            .filter(other -> other.getKey().compareTo(name) < 0 && other.getValue().equals(tasks))
            .map(Map.Entry::getKey)
            .findFirst();
    twin.ifPresent(
        other ->
            family.problem(
                "orders." + ConfigUtil.joinPath(name),
                "the same order as '" + other + "', expected another; remove one of them"));
  }

  private void draw(DrawnOrders drawn) {
    List<String> tasks = given();
    if (tasks.size() < 2) {
      family.problem(
          "drawn-orders",
          "nothing to draw from: found "
              + tasks.size()
              + " tasks in experiment.stream.order, expected two or more; name the tasks there");
      return;
    }
    if (drawn.number() + byName.size() > permutations(tasks.size())) {
      family.problem(
          "drawn-orders.number",
          "too many orders: found "
              + drawn.number()
              + " beside "
              + byName.size()
              + " given, expected at most the "
              + permutations(tasks.size())
              + " there are of "
              + tasks.size()
              + " tasks; lower the number");
      return;
    }
    Set<List<String>> taken = new LinkedHashSet<>(byName.values());
    Random random = new Random(drawn.seed());
    int number = 1;
    while (number <= drawn.number()) {
      List<String> order = new ArrayList<>(tasks);
      Collections.shuffle(order, random);
      if (taken.add(order)) {
        byName.put("drawn-" + number, order);
        number++;
      }
    }
  }

  private static long permutations(int tasks) {
    long all = 1;
    for (int i = 2; i <= Math.min(tasks, 20); i++) {
      all *= i;
    }
    return all;
  }
}
