package org.continuo.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.continuo.api.plugin.Preset;

/**
 * The defaults that the chosen constants of {@link Preset} options lay over those of the record.
 */
final class Presets {
  private final List<ConfigObject> chosen = new ArrayList<>();

  /**
   * @param schema the record that holds the option
   * @throws MalformedOptions if its defaults are no options of that record
   */
  void choose(OptionRecord schema, String option, Preset preset) {
    ConfigObject defaults;
    try {
      defaults =
          ConfigFactory.parseString(
                  preset.defaults(),
                  ConfigParseOptions.defaults()
                      .setOriginDescription(Origins.describeDefault(option + " = " + preset)))
              .root();
    } catch (ConfigException e) {
      throw new MalformedOptions(
          schema.type(),
          "found the preset "
              + preset
              + " with "
              + preset.defaults()
              + ", expected HOCON: "
              + e.getMessage());
    }
    Set<String> unknown = new TreeSet<>(defaults.keySet());
    schema.components().forEach(component -> unknown.remove(component.name()));
    if (!unknown.isEmpty()) {
      throw new MalformedOptions(
          schema.type(),
          "found the preset " + preset + " with " + unknown + ", expected options of this record");
    }
    chosen.add(defaults);
  }

  /** What a preset says of one option. */
  Optional<ConfigValue> of(String option) {
    return chosen.stream().flatMap(p -> Optional.ofNullable(p.get(option)).stream()).findFirst();
  }
}
