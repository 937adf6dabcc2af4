package org.continuo.streams.task;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The option {@code order}: which tasks are met, and when. */
public final class TaskOrder {
  private TaskOrder() {}

  /** What is wrong with the order whatever tasks there are. */
  public static List<String> conflicts(List<String> order) {
    Set<String> seen = new HashSet<>();
    Set<String> repeated =
        order.stream().filter(name -> !seen.add(name)).collect(Collectors.toSet());
    return repeated.stream()
        .sorted()
        .map(name -> "order: found '" + name + "' more than once; each task is met once")
        .toList();
  }

  /** The tasks of the order, or all of them if it is empty; reports those that do not exist. */
  public static List<String> select(List<String> order, List<String> available, Problems problems) {
    if (order.isEmpty()) {
      return available;
    }
    order.stream()
        .filter(name -> !available.contains(name))
        .forEach(name -> problems.add("order: " + Suggestion.unknown(name, available)));
    return order.stream().filter(available::contains).toList();
  }
}
