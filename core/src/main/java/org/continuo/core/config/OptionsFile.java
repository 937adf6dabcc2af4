package org.continuo.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
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
   *     name of the block may be left out. Where the option is a text, the value is taken as it
   *     stands; else a block or a list is HOCON. A text in double quotes, and a value that holds
   *     <code>${</code>, are HOCON in any case.
   * @throws InvalidInput with everything that is wrong
   */
  public Bound<T> read(Path file, List<String> sets, PluginRegistry registry) {
    Problems problems = new Problems();
    Origins origins = new Origins(file.toString(), sets);
    List<String> blocks = Stream.concat(Stream.of(block), reserved.keySet().stream()).toList();
    ConfigObject root = new HoconFile(file, sets, blocks).root(problems, origins);
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
