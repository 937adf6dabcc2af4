package org.continuo.suite;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.config.Bound;
import org.continuo.core.config.ExperimentFamily;
import org.continuo.core.config.ExperimentFamily.Layer;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.files.FileName;
import org.continuo.core.plan.Planner;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.train.SeedTree;

/** A suite file, checked: every run it can lead to binds, and its parts offer what others need. */
public final class Suite {
  /** Axes that have an option of their own, by their path. */
  private static final Map<String, String> OWN_AXES =
      Map.of(
          "strategy", "strategies",
          "seed", "seeds",
          "stream.order", "orders",
          "evaluation.split", "search");

  private final ExperimentFamily<SuiteOptions> family;
  private final SuiteOptions options;
  private final String name;
  private final String origin;
  private final Strategies strategies;
  private final Map<String, List<String>> orders;
  private final Optional<Search> search;
  private final Map<Row, Access> access = new LinkedHashMap<>();

  private Suite(Path file, ExperimentFamily<SuiteOptions> family, PluginRegistry registry) {
    this.family = family;
    this.options = family.options();
    this.origin = file.toString();
    this.name = options.name().map(FileName::value).orElseGet(() -> baseName(file));
    this.strategies = new Strategies(options, registry);
    this.orders = new Orders(family).byName();
    this.search = options.search().map(Search::new);
  }

  /**
   * @param sets overrides {@code path=value} of the blocks {@code experiment} and {@code suite}
   * @throws InvalidInput with everything that is wrong, of all runs
   */
  public static Suite read(Path file, List<String> sets, PluginRegistry registry) {
    ExperimentFamily<SuiteOptions> family =
        new ExperimentFamily<>(file, sets, "suite", SuiteOptions.class, registry);
    Suite suite = new Suite(file, family, registry);
    suite.check(registry);
    return suite;
  }

  private static String baseName(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
  }

  private void check(PluginRegistry registry) {
    if (options.name().isEmpty()) {
      checkBaseName();
    }
    if (options.seeds().isEmpty()
        || options.seeds().stream().distinct().count() < options.seeds().size()) {
      family.problem(
          "seeds", "found " + options.seeds() + ", expected seeds, each once; write [1, 2, 3]");
    }
    List<String> metrics =
        ContinualMetrics.definitions().stream().map(MetricDefinition::name).toList();
    if (!metrics.contains(options.metric())) {
      family.problem(
          "metric", "unknown metric: " + ExperimentFamily.unknown(options.metric(), metrics));
    }
    options.axes().forEach(this::checkAxis);
    strategies.check(family);
    search.ifPresent(each -> each.check(family, orders));
    checkRuns(registry);
  }

  private void checkBaseName() {
    try {
      new FileName(name);
    } catch (IllegalArgumentException e) {
      family.problem(
          "",
          "the suite is named after its file: found '"
              + name
              + "', expected "
              + e.getMessage()
              + "; set suite.name");
    }
  }

  private void checkAxis(String path, Map<String, ConfigValue> values) {
    String place = "axes." + ConfigUtil.joinPath(path);
    if (OWN_AXES.containsKey(path)) {
      family.problem(
          place, "not an axis here: use suite." + OWN_AXES.get(path) + ", which is for this");
    }
    if (values.isEmpty()) {
      family.problem(place, "no values: found none, expected some by name; add { name = value }");
    }
    if (!isPath(path)) {
      family.problem(place, "not a path: found '" + path + "', expected one as in training.epochs");
    }
    options
        .search()
        .filter(each -> each.space().containsKey(path))
        .ifPresent(
            each ->
                family.problem(
                    place, "both an axis and searched: remove it here or from search.space"));
  }

  private static boolean isPath(String text) {
    try {
      return !ConfigUtil.splitPath(text).isEmpty();
    } catch (ConfigException e) {
      return false;
    }
  }

  /** Stops at problems of the suite itself: runs made from it would only repeat them. */
  private void checkRuns(PluginRegistry registry) {
    if (!family.problems().isEmpty()) {
      throw new InvalidInput(family.problems());
    }
    List<String> unmet = new ArrayList<>();
    for (Row row : rows()) {
      for (Map.Entry<String, List<String>> order : orders.entrySet()) {
        for (long seed : options.seeds()) {
          bind(cellLayers(row, Point.NONE, order.getValue(), seed))
              .ifPresent(
                  bound -> {
                    access.putIfAbsent(row, Access.of(bound, registry));
                    unmet.addAll(Planner.capabilityProblems(bound));
                  });
        }
      }
      search.ifPresent(
          each ->
              each.points(row.strategy())
                  .forEach(
                      point ->
                          bind(trialLayers(row, point))
                              .ifPresent(
                                  bound -> unmet.addAll(Planner.capabilityProblems(bound)))));
    }
    List<String> problems = new ArrayList<>(family.problems());
    unmet.stream().distinct().forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  public String name() {
    return name;
  }

  public SuiteOptions options() {
    return options;
  }

  /** Tasks by name of the order; an empty list where the stream decides. */
  public Map<String, List<String>> orders() {
    return orders;
  }

  /** What a row sees that others may not. */
  public Access access(Row row) {
    return access.get(row);
  }

  /** Every setting of the further axes; one without any if there are none. */
  public List<Map<String, String>> settings() {
    List<Map<String, String>> settings = new ArrayList<>(List.of(Map.of()));
    for (Map.Entry<String, Map<String, ConfigValue>> axis :
        new TreeMap<>(options.axes()).entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> setting : settings) {
        for (String value : axis.getValue().keySet().stream().sorted().toList()) {
          Map<String, String> extended = new LinkedHashMap<>(setting);
          extended.put(axis.getKey(), value);
          longer.add(extended);
        }
      }
      settings = longer;
    }
    return settings;
  }

  /** Setting by setting, strategies by name. */
  public List<Row> rows() {
    List<String> names = options.strategies().keySet().stream().sorted().toList();
    return settings().stream()
        .flatMap(setting -> names.stream().map(strategy -> new Row(strategy, setting)))
        .toList();
  }

  /** The trials of the search, row by row; none without a search. */
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Row row : rows()) {
      List<Point> points = search.map(each -> each.points(row.strategy())).orElse(List.of());
      for (int i = 0; i < points.size(); i++) {
        Bound<Experiment> bound = bind(trialLayers(row, points.get(i))).orElseThrow();
        String label = row.label() + ", trial " + (i + 1);
        trials.add(new Trial(row, i, points.get(i), ResolvedRun.of(label, bound)));
      }
    }
    return trials;
  }

  /**
   * The cells of some rows, row by row, in the sequence of orders and seeds.
   *
   * @param chosen for each row what its search has chosen, {@link Point#NONE} without a search
   */
  public List<Cell> cells(Map<Row, Point> chosen) {
    List<Cell> cells = new ArrayList<>();
    chosen.forEach(
        (row, point) ->
            orders.forEach(
                (order, tasks) -> {
                  for (long seed : options.seeds()) {
                    Bound<Experiment> bound =
                        bind(cellLayers(row, point, tasks, seed)).orElseThrow();
                    String label = row.label() + ", " + order + ", seed " + seed;
                    cells.add(new Cell(row, order, seed, ResolvedRun.of(label, bound)));
                  }
                }));
    return cells;
  }

  private Optional<Bound<Experiment>> bind(List<Layer> layers) {
    return family.member(layers);
  }

  private List<Layer> cellLayers(Row row, Point point, List<String> order, long seed) {
    List<Layer> layers = new ArrayList<>(rowLayers(row, point));
    layers.addAll(orderAndSeed(order, seed));
    return layers;
  }

  /** Scored on dev examples: a trial never meets those of a test split. */
  private List<Layer> trialLayers(Row row, Point point) {
    List<Layer> layers = new ArrayList<>(rowLayers(row, point));
    layers.addAll(
        orderAndSeed(search.orElseThrow().tasks(orders), options.search().orElseThrow().seed()));
    layers.add(Layer.over("evaluation.split", "dev", origin));
    return layers;
  }

  private List<Layer> rowLayers(Row row, Point point) {
    List<Layer> layers = new ArrayList<>(strategies.layers(row.strategy()));
    row.setting()
        .forEach(
            (path, value) -> layers.add(Layer.over(path, options.axes().get(path).get(value))));
    point.values().forEach((path, value) -> layers.add(Layer.over(path, value)));
    return layers;
  }

  private List<Layer> orderAndSeed(List<String> order, long seed) {
    List<Layer> layers = new ArrayList<>();
    if (!order.isEmpty()) {
      layers.add(Layer.over("stream.order", order, origin));
    }
    if (options.vary().isEmpty()) {
      layers.add(Layer.over("seed", seed, origin));
    }
    for (SeedTree.Purpose purpose : options.vary()) {
      layers.add(Layer.over("seeds." + purpose.name().toLowerCase(Locale.ROOT), seed, origin));
    }
    return layers;
  }
}
