package org.continuo.suite;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.continuo.api.learning.Strategy;
import org.continuo.core.config.ExperimentFamily;
import org.continuo.core.config.ExperimentFamily.Layer;
import org.continuo.core.config.OptionDescription;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;

/** The strategies of a suite as what each lays over the experiment. */
final class Strategies {
  private static final Kind KIND = new Kind(Strategy.Factory.class);
  private static final String STRATEGY = "strategy";
  private static final String TYPE = "type";

  private final SuiteOptions options;
  private final PluginRegistry registry;

  Strategies(SuiteOptions options, PluginRegistry registry) {
    this.options = options;
    this.registry = registry;
  }

  /** The strategy, what it shares with others, and its overrides. */
  List<Layer> layers(String name) {
    ConfigValue given = options.strategies().get(name);
    ConfigObject block =
        given instanceof ConfigObject object
            ? object
            : given.atKey(TYPE).root().withOrigin(given.origin());
    if (!block.containsKey(TYPE)) {
      block =
          block.withValue(TYPE, ConfigValueFactory.fromAnyRef(name, given.origin().description()));
    }
    ConfigObject base = ConfigValueFactory.fromMap(Map.of());
    Set<String> known = known(block);
    for (Map.Entry<String, ConfigValue> shared : options.shared().entrySet()) {
      if (known.contains(shared.getKey())) {
        base = base.withValue(shared.getKey(), shared.getValue());
      }
    }
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.instead(STRATEGY, base));
    layers.add(Layer.over(STRATEGY, block));
    Optional.ofNullable(options.overrides().get(name))
        .ifPresent(override -> layers.add(Layer.over("", override)));
    return layers;
  }

  /** The options the plugin of a block has. */
  private Set<String> known(ConfigObject block) {
    ConfigValue type = block.get(TYPE);
    if (type.valueType() != ConfigValueType.STRING) {
      return Set.of();
    }
    return registry
        .find(KIND, type.unwrapped().toString())
        .map(
            entry ->
                OptionDescription.of(entry.plugin().options(), registry).stream()
                    .map(OptionDescription::name)
                    .toList())
        .map(names -> (Set<String>) new TreeSet<>(names))
        .orElse(Set.of());
  }

  void check(ExperimentFamily<SuiteOptions> family) {
    List<String> names = options.strategies().keySet().stream().sorted().toList();
    Set<String> used = new TreeSet<>();
    for (String name : names) {
      ConfigValue given = options.strategies().get(name);
      boolean named =
          given.valueType() == ConfigValueType.STRING
              || (given instanceof ConfigObject block && block.containsKey(TYPE));
      if (given instanceof ConfigObject block) {
        used.addAll(
            known(named ? block : block.withValue(TYPE, ConfigValueFactory.fromAnyRef(name))));
      } else if (given.valueType() == ConfigValueType.STRING) {
        used.addAll(known(given.atKey(TYPE).root()));
      }
      if (!named && registry.find(KIND, name).isEmpty()) {
        List<String> ids = registry.entries(KIND).stream().map(PluginRegistry.Entry::id).toList();
        family.problem(
            path("strategies", name),
            "no type: the block gives none and its name is not one: "
                + ExperimentFamily.unknown(name, ids));
      }
    }
    for (String option : options.shared().keySet()) {
      if (!used.contains(option)) {
        family.problem(
            path("shared", option),
            "no strategy has this option: " + ExperimentFamily.unknown(option, List.copyOf(used)));
      }
    }
    options
        .overrides()
        .forEach(
            (name, value) -> {
              unknown(family, "overrides", name, names);
              if (!(value instanceof ConfigObject)) {
                family.problem(
                    path("overrides", name),
                    "wrong type: expected a block; write { training { epochs = 5 } }");
              }
            });
    options
        .search()
        .ifPresent(
            search ->
                search
                    .spaces()
                    .keySet()
                    .forEach(name -> unknown(family, "search.spaces", name, names)));
    options
        .reference()
        .filter(name -> !names.contains(name))
        .ifPresent(
            name ->
                family.problem(
                    "reference", "unknown strategy: " + ExperimentFamily.unknown(name, names)));
  }

  private static void unknown(
      ExperimentFamily<SuiteOptions> family, String block, String name, List<String> names) {
    if (!names.contains(name)) {
      family.problem(
          block + "." + ConfigUtil.joinPath(name),
          "unknown strategy: " + ExperimentFamily.unknown(name, names));
    }
  }

  private static String path(String... keys) {
    return ConfigUtil.joinPath(keys);
  }
}
