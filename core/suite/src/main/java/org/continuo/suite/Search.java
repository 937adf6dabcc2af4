package org.continuo.suite;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.continuo.core.config.ExperimentFamily;
import org.continuo.suite.SuiteOptions.SearchOptions;
import org.continuo.suite.SuiteOptions.Trials;

/** What a search tries for each strategy, and on which tasks. */
final class Search {
  private final SearchOptions options;

  Search(SearchOptions options) {
    this.options = options;
  }

  /** As many for one strategy as for another. */
  List<Point> points(String strategy) {
    return grid(strategy).draw(options.trials(), options.seed());
  }

  private Grid grid(String strategy) {
    Map<String, List<ConfigValue>> values = new TreeMap<>(options.space());
    values.putAll(options.spaces().getOrDefault(strategy, Map.of()));
    return new Grid(values);
  }

  /** The tasks the trials meet. */
  List<String> tasks(Map<String, List<String>> orders) {
    if (options.on() == Trials.HELD_OUT_ORDER) {
      return options.order();
    }
    List<String> first = orders.values().iterator().next();
    return first.subList(0, Math.min(options.tasks(), first.size()));
  }

  void check(ExperimentFamily<SuiteOptions> family, Map<String, List<String>> orders) {
    for (String strategy : family.options().strategies().keySet()) {
      long size = grid(strategy).size();
      if (size < options.trials()) {
        family.problem(
            "search.trials",
            "too few points for '"
                + strategy
                + "': found a grid of "
                + size
                + ", expected at least the "
                + options.trials()
                + " trials of every strategy; add values to search.spaces."
                + ConfigUtil.joinPath(strategy)
                + " or lower the trials");
      }
    }
    if (options.on() == Trials.HELD_OUT_ORDER) {
      checkHeldOut(family, orders);
    } else {
      List<String> first = orders.values().iterator().next();
      if (first.size() < options.tasks()) {
        family.problem(
            "search.tasks",
            "too few tasks: found "
                + first.size()
                + " in order '"
                + orders.keySet().iterator().next()
                + "', expected at least "
                + options.tasks()
                + "; lower the number or name the tasks of the order");
      }
    }
  }

  private void checkHeldOut(
      ExperimentFamily<SuiteOptions> family, Map<String, List<String>> orders) {
    if (options.order().isEmpty()) {
      family.problem(
          "search.order",
          "no tasks: on = held-out-order needs an order, found none; write search.order = [...]");
    }
    orders.forEach(
        (name, tasks) -> {
          if (tasks.equals(options.order())) {
            family.problem(
                "search.order",
                "not held out: found the order '"
                    + name
                    + "' of the comparison, expected another; change one of them");
          }
        });
  }
}
