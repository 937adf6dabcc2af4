package org.continuo.core.config;

import com.typesafe.config.ConfigValueFactory;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** Options of a plugin where no file gives any. */
public final class DefaultOptions {
  private DefaultOptions() {}

  /**
   * The defaults.
   *
   * @throws InvalidInput if an option must be set, or the plugin's defaults do not fit
   */
  public static Record of(Entry entry, PluginRegistry registry) {
    return bind(entry, Map.of(), registry);
  }

  /**
   * The defaults, but for the options given.
   *
   * @throws InvalidInput if an option is unknown or must be set
   */
  public static Record with(Map<String, Object> given, Entry entry, PluginRegistry registry) {
    return bind(entry, given, registry);
  }

  /**
   * The defaults, with something of the right type for what must be set: enough to ask a plugin
   * what it needs or which engine it computes with, not to run it.
   *
   * @throws InvalidInput if the plugin does not accept such options
   */
  public static Record sample(Entry entry, PluginRegistry registry) {
    return bind(entry, new Placeholders(registry).of(entry), registry);
  }

  private static Record bind(Entry entry, Map<String, Object> given, PluginRegistry registry) {
    Problems problems = new Problems();
    Origins origins = new Origins("defaults of " + entry, List.of());
    Place place = new Place(entry.kind().name(), origins.file());
    Optional<Binder.Value> value =
        new Binder(registry, origins, problems)
            .record(
                entry.plugin().options(),
                ConfigValueFactory.fromMap(given),
                place,
                entry.toString());
    problems.throwIfAny();
    return (Record) value.orElseThrow().bound();
  }

  /** Values for what must be set; a plugin that is made of plugins gets others than itself. */
  private static final class Placeholders {
    private final PluginRegistry registry;
    private final Set<String> around = new HashSet<>();

    Placeholders(PluginRegistry registry) {
      this.registry = registry;
    }

    Map<String, Object> of(Entry entry) {
      around.add(entry.toString());
      return of(entry.plugin().options());
    }

    private Map<String, Object> of(Class<? extends Record> options) {
      Map<String, Object> values = new LinkedHashMap<>();
      try {
        for (OptionRecord.Component component : OptionRecord.of(options).components()) {
          if (component.initial().isEmpty()) {
            of(component.type(), component.limits())
                .ifPresent(value -> values.put(component.name(), value));
          }
        }
      } catch (MalformedOptions e) {
        throw new InvalidInput(e.getMessage());
      }
      return values;
    }

    private Optional<Object> of(OptionType type, Limits limits) {
      if (type instanceof OptionType.Scalar scalar) {
        return Optional.of(text(scalar, limits));
      }
      if (type instanceof OptionType.Block block) {
        return Optional.of(of(block.type()));
      }
      if (type instanceof OptionType.Sequence sequence && limits.min() >= 1) {
        return of(sequence.element(), Limits.NONE).map(List::of);
      }
      if (type instanceof OptionType.Part part) {
        return registry
            .preferred(part.kind())
            .or(
                () ->
                    registry.entries(part.kind()).stream()
                        .filter(entry -> !around.contains(entry.toString()))
                        .findFirst())
            .map(
                entry -> {
                  Map<String, Object> block = of(entry);
                  block.put("type", entry.id());
                  return block;
                });
      }
      return Optional.empty();
    }
  }

  private static String text(OptionType.Scalar scalar, Limits limits) {
    if (scalar.numeric()) {
      double value = Math.max(limits.min(), Math.min(limits.max(), 1));
      return scalar.equals(Scalars.DOUBLE) ? Double.toString(value) : Long.toString((long) value);
    }
    List<String> choices = scalar.choices().isEmpty() ? limits.choices() : scalar.choices();
    if (!choices.isEmpty()) {
      return choices.get(0);
    }
    return scalar.equals(Scalars.BOOLEAN) ? "false" : "placeholder";
  }
}
