package org.continuo.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.ModelHub;
import org.continuo.api.model.ModelLocation;
import org.continuo.core.config.Binder.Value;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** Binds the blocks that name a plugin: {@code type = id} and the options of that plugin. */
final class PartBinder {
  /** More parts inside each other than any file means: defaults that choose themselves. */
  private static final int DEEPEST = 32;

  private static final Kind HUB = new Kind(ModelHub.Factory.class);

  static final String TYPE = "type";
  private static final String ADD_MODULE = "add a module that provides one";

  private final Binder binder;
  private final PluginRegistry registry;
  private final Origins origins;
  private final Problems problems;
  private final List<Choice> choices = new ArrayList<>();
  private int depth;

  PartBinder(Binder binder, PluginRegistry registry, Origins origins, Problems problems) {
    this.binder = binder;
    this.registry = registry;
    this.origins = origins;
    this.problems = problems;
  }

  List<Choice> choices() {
    return List.copyOf(choices);
  }

  /** Whether a value has a form that names a plugin: its id, or a block. */
  static boolean names(ConfigValue value) {
    return value instanceof ConfigObject || value.valueType() == ConfigValueType.STRING;
  }

  /** The block, with what it leaves out taken from the default if that means the same plugin. */
  static ConfigValue complete(ConfigValue given, ConfigValue initial) {
    if (!names(given) || !names(initial)) {
      return given;
    }
    ConfigObject block = block(given);
    ConfigObject fallback = block(initial);
    boolean same = type(block).isEmpty() || type(block).equals(type(fallback));
    return same ? block.withFallback(fallback) : given;
  }

  private static Optional<ConfigValue> type(ConfigObject block) {
    return Binder.present(Optional.ofNullable(block.get(TYPE)));
  }

  /** An id as the block it stands for; a block as it is. */
  static ConfigObject block(ConfigValue value) {
    return value instanceof ConfigObject object
        ? object
        : value.atKey(TYPE).root().withOrigin(value.origin());
  }

  Optional<Value> bind(Kind kind, ConfigValue value, Place place) {
    ConfigObject block = block(value);
    Optional<Entry> entry =
        type(block).isPresent()
            ? named(kind, type(block).get(), value instanceof ConfigObject, place)
            : preferred(kind, place);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    if (depth == DEEPEST) {
      problems.add(
          place,
          "nested too deeply: found "
              + DEEPEST
              + " plugins inside each other, expected fewer; name a type that ends it");
      return Optional.empty();
    }
    int first = choices.size();
    depth++;
    Optional<Value> options =
        binder.record(
            entry.get().plugin().options(), block.withoutKey(TYPE), place, entry.get().toString());
    depth--;
    return options.flatMap(bound -> create(entry.get(), bound, place, first));
  }

  /**
   * @param first place of the choice among {@link #choices}, before those inside it
   */
  private Optional<Value> create(Entry entry, Value options, Place place, int first) {
    Record record = (Record) options.bound();
    try {
      List<String> conflicts = entry.conflicts(record);
      conflicts.forEach(text -> problems.add(place, "options do not go together: " + text));
      if (!conflicts.isEmpty()) {
        return Optional.empty();
      }
      Object factory = entry.create(record);
      choices.add(first, new Choice(place.path(), entry.plugin(), record));
      ConfigObject plain = (ConfigObject) options.plain().orElseThrow();
      ConfigValue id = ConfigValueFactory.fromAnyRef(entry.id(), place.location().toString());
      return Optional.of(new Value(factory, Optional.of(plain.withValue(TYPE, id))));
    } catch (IllegalArgumentException e) {
      problems.add(place, "options not accepted: " + e.getMessage());
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          entry
              + " of module "
              + entry.module()
              + " "
              + entry.version()
              + " failed on its options "
              + record
              + ": "
              + e,
          e);
    }
  }

  private Optional<Entry> named(Kind kind, ConfigValue type, boolean inBlock, Place outer) {
    Place place = (inBlock ? outer.key(TYPE) : outer).at(origins.of(type.origin()));
    List<String> available = registry.entries(kind).stream().map(Entry::id).toList();
    if (Binder.unresolved(type) || type.valueType() != ConfigValueType.STRING) {
      problems.add(
          place,
          "wrong type: found "
              + Binder.found(type)
              + ", expected the id of a "
              + kind.label()
              + ", available: "
              + Names.list(available)
              + "; write one of these");
      return Optional.empty();
    }
    String id = Binder.text(type);
    String remedy = available.isEmpty() ? ADD_MODULE : "use one of these";
    Optional<Entry> entry = registry.find(kind, id);
    if (entry.isEmpty()) {
      problems.add(
          place,
          "unknown " + kind.label() + ": " + Names.unknown(id, available, remedy) + unloaded());
    }
    return entry;
  }

  /** With the hub whose name it holds; a path as it is. */
  Optional<ModelLocation> located(ModelLocation location, Place place) {
    if (location.hubId().isEmpty()) {
      return Optional.of(location);
    }
    String id = location.hubId().get();
    Optional<Entry> entry = registry.find(HUB, id);
    if (entry.isEmpty()) {
      List<String> available = registry.entries(HUB).stream().map(Entry::id).toList();
      String remedy = available.isEmpty() ? ADD_MODULE : "use one of these, or a path";
      problems.add(place, "unknown hub: " + Names.unknown(id, available, remedy) + unloaded());
      return Optional.empty();
    }
    Record options = DefaultOptions.of(entry.get(), registry);
    choices.add(new Choice(place.path(), entry.get().plugin(), options));
    return Optional.of(
        new ModelLocation(
            location.text(), Optional.of((ModelHub.Factory) entry.get().create(options))));
  }

  private Optional<Entry> preferred(Kind kind, Place place) {
    Optional<Entry> entry = registry.preferred(kind);
    if (entry.isEmpty()) {
      List<String> available = registry.entries(kind).stream().map(Entry::id).toList();
      problems.add(
          place,
          "no "
              + kind.label()
              + " chosen: found no type and none is preferred, available: "
              + Names.list(available)
              + (available.isEmpty()
                  ? "; " + ADD_MODULE
                  : "; add 'type = " + available.get(0) + "' or another of these")
              + unloaded());
    }
    return entry;
  }

  /** A plugin that is missing may be one that could not be loaded. */
  private String unloaded() {
    int count = registry.problems().size();
    return count == 0
        ? ""
        : "; "
            + count
            + (count == 1 ? " problem" : " problems")
            + " with plugins: see 'continuo doctor'";
  }
}
