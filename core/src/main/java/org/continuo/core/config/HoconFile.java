package org.continuo.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A HOCON file with its overrides, not yet bound.
 *
 * @param sets overrides {@code path=value}, see {@link OptionsFile#read}
 * @param blocks names of the blocks it may hold; a path outside them is one inside the first
 */
record HoconFile(Path file, List<String> sets, List<String> blocks) {
  /** One text in quotes and nothing beside it. */
  private static final Pattern QUOTED =
      Pattern.compile("\"\"\".*\"\"\"|\"([^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);

  /**
   * The whole file, substitutions resolved where that is possible.
   *
   * @throws InvalidInput if it cannot be read
   */
  ConfigObject root(Problems problems, Origins origins) {
    Config config = parse(problems, origins);
    for (int i = 0; i < sets.size(); i++) {
      config = override(config, i, sets.get(i), problems, origins);
    }
    problems.throwIfAny();
    return resolve(config, problems, origins).root();
  }

  private Config parse(Problems problems, Origins origins) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String what =
          Files.isDirectory(file)
              ? "found a folder"
              : Files.exists(file) ? "found a file that may not be read" : "found no such file";
      problems.add(
          origins.file(), what + ", expected a HOCON file; check the path or its permissions");
      return ConfigFactory.empty();
    }
    try {
      File named = Origins.inFolder(file);
      return ConfigFactory.parseFile(
          named,
          ConfigParseOptions.defaults()
              .setAllowMissing(false)
              .setIncluder(new Includes(named, problems, origins)));
    } catch (ConfigException e) {
      problems.add(
          Optional.ofNullable(e.origin()).map(origins::of).orElseGet(origins::file),
          Syntax.explain(e));
      return ConfigFactory.empty();
    } catch (StackOverflowError e) {
      problems.add(
          origins.file(),
          "nested too deeply: found more blocks or lists inside each other than can be read, expected a few; flatten it");
      return ConfigFactory.empty();
    }
  }

  private Config override(
      Config config, int index, String set, Problems problems, Origins origins) {
    int equals = set.indexOf('=');
    String path = equals < 0 ? "" : set.substring(0, equals).strip();
    if (path.isEmpty()) {
      problems.add(
          origins.ofOverride(index),
          "found no path and value, expected path=value; write it as in --set training.epochs=2");
      return config;
    }
    try {
      String first = ConfigUtil.splitPath(path).get(0);
      String whole = blocks.contains(first) ? path : blocks.get(0) + "." + path;
      return value(whole, set.substring(equals + 1).strip(), index)
          .withFallback(opened(config, ConfigUtil.splitPath(whole)));
    } catch (ConfigException e) {
      problems.add(origins.ofOverride(index), Syntax.explain(e));
      return config;
    }
  }

  /**
   * Writes ids on the way to an option as blocks: laying {@code strategy.lambda = 3} over {@code
   * strategy = ewc} would lose the type without a word.
   */
  static Config opened(Config config, List<String> path) {
    Config opened = config;
    ConfigValue value = config.root();
    for (int length = 1; length < path.size(); length++) {
      if (Binder.unresolved(value) || !(value instanceof ConfigObject object)) {
        return opened;
      }
      value = object.getOrDefault(path.get(length - 1), ConfigValueFactory.fromAnyRef(null));
      if (!Binder.unresolved(value) && value.valueType() == ConfigValueType.STRING) {
        value = PartBinder.block(value);
        opened = opened.withValue(ConfigUtil.joinPath(path.subList(0, length)), value);
      }
    }
    return opened;
  }

  /**
   * Plain values need no HOCON quotes inside those of the shell, whatever they hold. What begins as
   * a block or a list but is none, such as a prompt that begins with a placeholder, is a text; what
   * is one may still be bound as a text, see {@link Origins#overriding}.
   */
  private static Config value(String path, String value, int index) {
    boolean meant = value.contains("${") || value.equals("null") || QUOTED.matcher(value).matches();
    if (meant) {
      return parsed(path, value, index);
    }
    if (value.startsWith("{") || value.startsWith("[")) {
      try {
        return parsed(path, value, index);
      } catch (ConfigException e) {
        return parsed(path, ConfigUtil.quoteString(value), index);
      }
    }
    return parsed(path, ConfigUtil.quoteString(value), index);
  }

  private static Config parsed(String path, String value, int index) {
    return ConfigFactory.parseString(
        path + " = " + value,
        ConfigParseOptions.defaults().setOriginDescription(Origins.describeOverride(index)));
  }

  private static Config resolve(Config config, Problems problems, Origins origins) {
    try {
      return config.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
    } catch (ConfigException e) {
      problems.add(
          Optional.ofNullable(e.origin()).map(origins::of).orElseGet(origins::file),
          Syntax.explain(e));
      problems.throwIfAny();
      throw e;
    }
  }
}
