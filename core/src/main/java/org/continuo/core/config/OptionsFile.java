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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.continuo.core.plugin.PluginRegistry;

/**
 * Reads a HOCON file that holds one block of options.
 *
 * @param block its name
 * @param type its options
 * @param reserved other blocks that may be met, each with why it is of no use here
 */
public record OptionsFile<T extends Record>(
    String block, Class<T> type, Map<String, String> reserved) {
  public OptionsFile {
    reserved = Map.copyOf(reserved);
  }

  /**
   * @param sets overrides {@code path=value}, the last one wins. The path is that of the file; the
   *     name of the block may be left out. A value that starts with <code>{</code>, {@code [} or a
   *     double quote, or holds <code>${</code>, is HOCON; any other is taken as it stands.
   * @throws InvalidInput with everything that is wrong
   */
  public Bound<T> read(Path file, List<String> sets, PluginRegistry registry) {
    Problems problems = new Problems();
    Origins origins = new Origins(file.toString(), sets);
    Config config = parse(file, problems, origins);
    for (int i = 0; i < sets.size(); i++) {
      config = override(config, i, sets.get(i), problems, origins);
    }
    problems.throwIfAny();
    ConfigObject root = resolve(config, problems, origins).root();
    rejectOthers(root, problems, origins);
    Optional<Bound<T>> bound = bind(root, problems, origins, registry);
    problems.throwIfAny();
    return bound.orElseThrow();
  }

  private Optional<Bound<T>> bind(
      ConfigObject root, Problems problems, Origins origins, PluginRegistry registry) {
    Optional<ConfigValue> found = Binder.present(Optional.ofNullable(root.get(block)));
    if (found.isEmpty()) {
      problems.add(
          origins.file(),
          "missing block: found no '" + block + "', expected one; add " + block + " { ... }");
      return Optional.empty();
    }
    Binder binder = new Binder(registry, origins, problems);
    return binder
        .bind(
            new OptionType.Block(type), Limits.NONE, found.get(), new Place(block, origins.file()))
        .map(
            value ->
                new Bound<>(
                    type.cast(value.bound()),
                    value.plain().orElseThrow().atKey(block),
                    binder.choices()));
  }

  private static Config parse(Path file, Problems problems, Origins origins) {
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
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      problems.add(
          Optional.ofNullable(e.origin()).map(origins::of).orElseGet(origins::file),
          Syntax.explain(e));
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
      String whole = first.equals(block) || reserved.containsKey(first) ? path : block + "." + path;
      return ConfigFactory.parseString(
              whole + " = " + hocon(set.substring(equals + 1).strip()),
              ConfigParseOptions.defaults().setOriginDescription(Origins.describeOverride(index)))
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
  private static Config opened(Config config, List<String> path) {
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

  /** Plain values need no HOCON quotes inside those of the shell, whatever they hold. */
  private static String hocon(String value) {
    boolean structured =
        Stream.of("{", "[", "\"").anyMatch(value::startsWith)
            || value.contains("${")
            || value.equals("null");
    return structured ? value : ConfigUtil.quoteString(value);
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

  private void rejectOthers(ConfigObject root, Problems problems, Origins origins) {
    List<String> inside =
        OptionRecord.of(type).components().stream().map(OptionRecord.Component::name).toList();
    new TreeMap<>(root)
        .forEach(
            (key, value) -> {
              if (!key.equals(block)) {
                String text =
                    reserved.containsKey(key)
                        ? reserved.get(key)
                        : "unknown block: "
                            + (inside.contains(key)
                                ? "found '"
                                    + key
                                    + "' outside, expected it in "
                                    + block
                                    + " { ... }; move it there"
                                : Names.unknown(key, List.of(block)));
                problems.add(
                    new Place("", origins.file()).key(key).at(origins.of(value.origin())), text);
              }
            });
  }
}
