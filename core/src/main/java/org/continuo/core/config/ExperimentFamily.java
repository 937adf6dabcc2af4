package org.continuo.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;

/**
 * Experiments that come from one file: a block {@code experiment} that all share, and a second
 * block that says what each lays over it. Problems of all members are told together.
 *
 * @param <S> options of the second block
 */
public final class ExperimentFamily<S extends Record> {
  private static final String EXPERIMENT = "experiment";

  private final Problems problems = new Problems();
  private final Origins origins;
  private final PluginRegistry registry;
  private final String block;
  private final ConfigObject shared;
  private final ConfigObject written;
  private final S options;

  /**
   * One part laid over the shared block.
   *
   * @param path inside the experiment, such as {@code training.learning-rate}; empty: all of it
   * @param replaces true if nothing of what was there remains; else a block completes what was
   *     there, unless both name another plugin
   */
  public record Layer(String path, ConfigValue value, boolean replaces) {
    /** Completes what is there. */
    public static Layer over(String path, ConfigValue value) {
      return new Layer(path, value, false);
    }

    /** Completes what is there by a value that no file holds. */
    public static Layer over(String path, Object value, String origin) {
      return over(path, ConfigValueFactory.fromAnyRef(value, origin));
    }

    /** Takes the place of what is there. */
    public static Layer instead(String path, ConfigValue value) {
      return new Layer(path, value, true);
    }
  }

  /**
   * Reads the file and the second block; members are bound one by one.
   *
   * @param sets overrides {@code path=value} of either block
   * @param block name of the second block
   * @throws InvalidInput if the file or the second block cannot be used
   */
  public ExperimentFamily(
      Path file, List<String> sets, String block, Class<S> type, PluginRegistry registry) {
    this.origins = new Origins(file.toString(), sets);
    this.registry = registry;
    this.block = block;
    List<String> blocks = List.of(EXPERIMENT, block);
    ConfigObject root = new HoconFile(file, sets, blocks).root(problems, origins);
    new TreeMap<>(root)
        .forEach(
            (key, value) -> {
              if (!blocks.contains(key)) {
                problems.add(
                    new Place("", origins.file()).key(key).at(origins.of(value.origin())),
                    "unknown block: " + Names.unknown(key, blocks));
              }
            });
    this.shared = shared(root);
    this.written = root;
    this.options = second(root, type);
    if (!shared.toConfig().isResolved()) {
      member(List.of());
      problems.throwIfAny();
    }
  }

  private ConfigObject shared(ConfigObject root) {
    Optional<ConfigValue> found = Binder.present(Optional.ofNullable(root.get(EXPERIMENT)));
    if (found.isPresent() && !(found.get() instanceof ConfigObject)) {
      problems.add(
          new Place(EXPERIMENT, origins.of(found.get().origin())),
          "wrong type: found "
              + Binder.found(found.get())
              + ", expected a block; write { option = value, ... }");
    }
    return found
        .filter(ConfigObject.class::isInstance)
        .map(ConfigObject.class::cast)
        .orElseGet(() -> ConfigValueFactory.fromMap(Map.of()));
  }

  private S second(ConfigObject root, Class<S> type) {
    Optional<ConfigValue> found = Binder.present(Optional.ofNullable(root.get(block)));
    if (found.isEmpty()) {
      problems.add(
          origins.file(),
          "missing block: found no '" + block + "', expected one; add " + block + " { ... }");
    }
    Optional<Binder.Value> bound =
        found.flatMap(
            value ->
                new Binder(registry, origins, problems)
                    .bind(
                        new OptionType.Block(type),
                        Limits.NONE,
                        value,
                        new Place(block, origins.file())));
    problems.throwIfAny();
    return type.cast(bound.orElseThrow().bound());
  }

  /** Options of the second block. */
  public S options() {
    return options;
  }

  /** A value of the shared block, as it was written. */
  public Optional<ConfigValue> shared(String path) {
    ConfigValue value = shared;
    for (String key : ConfigUtil.splitPath(path)) {
      if (!(value instanceof ConfigObject object) || !object.containsKey(key)) {
        return Optional.empty();
      }
      value = object.get(key);
    }
    return Binder.present(Optional.of(value));
  }

  /**
   * The shared block under these layers, the last one on top; empty if it has problems.
   *
   * @see #problems()
   */
  public Optional<Bound<Experiment>> member(List<Layer> layers) {
    ConfigObject whole = shared;
    for (Layer layer : layers) {
      whole = laid(whole, layer);
    }
    Binder binder = new Binder(registry, origins, problems);
    return binder
        .bind(
            new OptionType.Block(Experiment.class),
            Limits.NONE,
            whole,
            new Place(EXPERIMENT, origins.file()))
        .map(
            value ->
                new Bound<>(
                    (Experiment) value.bound(),
                    value.plain().orElseThrow().atKey(EXPERIMENT),
                    binder.choices()));
  }

  private static ConfigObject laid(ConfigObject whole, Layer layer) {
    if (layer.path.isEmpty()) {
      return layer.value instanceof ConfigObject object
          ? (ConfigObject) completed(object, whole)
          : whole;
    }
    List<String> keys = ConfigUtil.splitPath(layer.path);
    Config opened = HoconFile.opened(whole.toConfig(), keys);
    boolean merges = !layer.replaces && opened.hasPath(layer.path);
    ConfigValue value = merges ? completed(layer.value, opened.getValue(layer.path)) : layer.value;
    return opened.withValue(layer.path, value).root();
  }

  /** As a file laid over another one, except that a block of another plugin takes nothing over. */
  private static ConfigValue completed(ConfigValue given, ConfigValue base) {
    if (!(given instanceof ConfigObject top) || !(base instanceof ConfigObject bottom)) {
      return given;
    }
    if (PartBinder.names(top) && otherPlugin(top, bottom)) {
      return top;
    }
    ConfigObject merged = top;
    for (Map.Entry<String, ConfigValue> entry : bottom.entrySet()) {
      String key = entry.getKey();
      merged =
          merged.withValue(
              key,
              top.containsKey(key) ? completed(top.get(key), entry.getValue()) : entry.getValue());
    }
    return merged;
  }

  private static boolean otherPlugin(ConfigObject given, ConfigObject base) {
    return given.containsKey("type")
        && base.containsKey("type")
        && !given.get("type").unwrapped().equals(base.get("type").unwrapped());
  }

  /** Notes a problem of the second block, at the place of an option. */
  public void problem(String path, String text) {
    problems.add(place(path), text);
  }

  private Place place(String path) {
    ConfigValue value = written;
    Place place = new Place("", origins.file());
    for (String key : ConfigUtil.splitPath(block + (path.isEmpty() ? "" : "." + path))) {
      place = place.key(key);
      if (value instanceof ConfigObject object && object.containsKey(key)) {
        value = object.get(key);
        place = place.at(origins.of(value.origin()));
      }
    }
    return place;
  }

  /** What is wrong with the members bound so far, and what was noted, in the order of the file. */
  public List<String> problems() {
    return problems.texts();
  }

  /** Names that are there, and the closest to the one that is not. */
  public static String unknown(String found, List<String> available) {
    return Names.unknown(found, available);
  }
}
