package org.continuo.core.config;

import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return bind(entry, placeholders(entry.plugin().options(), registry), registry);
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

  private static Map<String, Object> placeholders(
      Class<? extends Record> options, PluginRegistry registry) {
    Map<String, Object> values = new LinkedHashMap<>();
    try {
      for (OptionRecord.Component component : OptionRecord.of(options).components()) {
        if (component.initial().isEmpty()) {
          placeholder(component, registry).ifPresent(v -> values.put(component.name(), v));
        }
      }
    } catch (MalformedOptions e) {
      throw new InvalidInput(e.getMessage());
    }
    return values;
  }

  private static Optional<Object> placeholder(
      OptionRecord.Component component, PluginRegistry registry) {
    if (component.type() instanceof OptionType.Scalar scalar) {
      return Optional.of(text(scalar, component.limits()));
    }
    if (component.type() instanceof OptionType.Block block) {
      return Optional.of(placeholders(block.type(), registry));
    }
    if (component.type() instanceof OptionType.Part part) {
      return registry
          .preferred(part.kind())
          .or(() -> registry.entries(part.kind()).stream().findFirst())
          .map(
              entry -> {
                Map<String, Object> block = placeholders(entry.plugin().options(), registry);
                block.put("type", entry.id());
                return block;
              });
    }
    return Optional.empty();
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
