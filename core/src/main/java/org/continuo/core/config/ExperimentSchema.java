package org.continuo.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.files.Json;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/**
 * The experiment file as a JSON Schema (draft 2020-12), for editors: names, types, ranges, choices
 * and descriptions of all options of the plugins that are there. It takes what the program takes,
 * but for numbers in quotes and {@code null}, which HOCON files may hold.
 */
public final class ExperimentSchema {
  /** Whether a default may supply what a block leaves out. */
  private enum Scope {
    WHOLE,
    COMPLETED
  }

  private static final String COMPLETED = ".completed";

  private static final List<String> TEXT = List.of("string", "number", "boolean");

  private final PluginRegistry registry;
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private ExperimentSchema(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * @return maps, lists, strings, numbers and booleans, to be written as JSON
   */
  public static Map<String, Object> of(PluginRegistry registry) {
    ExperimentSchema schema = new ExperimentSchema(registry);
    Map<String, Object> root = object();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Continuo experiment");
    root.put(
        "properties",
        Json.object(
            "experiment",
            schema.block(Experiment.class, Scope.WHOLE, List.of(), Map.of()),
            "suite",
            Map.of("type", "object")));
    root.put("additionalProperties", false);
    root.put("$defs", schema.definitions);
    return root;
  }

  private static Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    return object;
  }

  /**
   * @param around the records this one is inside: one that holds itself is described once
   * @param first properties before its options
   */
  private Map<String, Object> block(
      Class<? extends Record> type, Scope scope, List<Class<?>> around, Map<String, Object> first) {
    Map<String, Object> block = object();
    if (around.contains(type)) {
      return block;
    }
    List<Class<?>> inside = new ArrayList<>(around);
    inside.add(type);
    Map<String, Object> properties = new LinkedHashMap<>(first);
    List<String> required = new ArrayList<>();
    for (OptionRecord.Component component : OptionRecord.of(type).components()) {
      properties.put(component.name(), option(component, inside));
      if (scope == Scope.WHOLE && mustBeSet(component)) {
        required.add(component.name());
      }
    }
    block.put("properties", properties);
    if (!required.isEmpty()) {
      block.put("required", required);
    }
    block.put("additionalProperties", false);
    return block;
  }

  private boolean mustBeSet(OptionRecord.Component component) {
    return component.initial().isEmpty()
        && (component.type() instanceof OptionType.Scalar
            || (component.type() instanceof OptionType.Part part
                && registry.preferred(part.kind()).isEmpty()));
  }

  private Map<String, Object> option(OptionRecord.Component component, List<Class<?>> around) {
    Limits limits = component.limits();
    Optional<ConfigValue> initial = component.initial().map(OptionRecord.Initial::value);
    Map<String, Object> option = new LinkedHashMap<>();
    option.put(
        "description",
        component.doc() + (limits.unit().isEmpty() ? "" : " (" + limits.unit() + ")"));
    initial.ifPresent(value -> option.put("default", value.unwrapped()));
    option.putAll(value(component.type(), limits, initial, around));
    return option;
  }

  /**
   * @param initial what completes a block that leaves options out
   */
  private Map<String, Object> value(
      OptionType type, Limits limits, Optional<ConfigValue> initial, List<Class<?>> around) {
    if (type instanceof OptionType.Maybe maybe) {
      return value(maybe.element(), limits, initial, around);
    }
    if (type instanceof OptionType.Scalar scalar) {
      return scalar(scalar, limits);
    }
    if (type instanceof OptionType.Block block) {
      return block(block.type(), scope(initial), around, Map.of());
    }
    if (type instanceof OptionType.Part part) {
      return Map.of("$ref", part(part.kind(), initial.map(PartBinder::block)));
    }
    Map<String, Object> several = new LinkedHashMap<>();
    if (type instanceof OptionType.Sequence sequence) {
      several.put("type", "array");
      several.put("items", value(sequence.element(), limits, Optional.empty(), around));
      size(several, sequence.element(), limits, "Items");
    } else if (type instanceof OptionType.Dictionary dictionary) {
      several.put("type", "object");
      several.put(
          "additionalProperties", value(dictionary.element(), limits, Optional.empty(), around));
      size(several, dictionary.element(), limits, "Properties");
    }
    return several;
  }

  private static Map<String, Object> scalar(OptionType.Scalar scalar, Limits limits) {
    Map<String, Object> value = new LinkedHashMap<>();
    List<String> choices = scalar.choices().isEmpty() ? limits.choices() : scalar.choices();
    if (!choices.isEmpty()) {
      value.put("enum", choices);
      return value;
    }
    if (!scalar.numeric()) {
      value.put("type", scalar.equals(Scalars.BOOLEAN) ? "boolean" : TEXT);
      return value;
    }
    value.put("type", scalar.equals(Scalars.DOUBLE) ? "number" : "integer");
    bound(value, "minimum", limits.min());
    bound(value, "maximum", limits.max());
    return value;
  }

  /** A range means the elements if they are numbers, and else how many there are. */
  private static void size(
      Map<String, Object> several, OptionType element, Limits limits, String what) {
    boolean numbers = element instanceof OptionType.Scalar scalar && scalar.numeric();
    if (!numbers) {
      bound(several, "min" + what, limits.min());
      bound(several, "max" + what, limits.max());
    }
  }

  private static void bound(Map<String, Object> schema, String name, double end) {
    if (!Double.isInfinite(end)) {
      BigDecimal number = BigDecimal.valueOf(end).stripTrailingZeros();
      schema.put(name, number.scale() <= 0 ? number.toBigInteger() : number);
    }
  }

  private static Scope scope(Optional<ConfigValue> initial) {
    return initial.isPresent() ? Scope.COMPLETED : Scope.WHOLE;
  }

  /** Where the definition of all plugins of a kind is: an id, or a block of one of them. */
  private String part(Kind kind, Optional<ConfigObject> initial) {
    Optional<String> unnamed =
        initial
            .flatMap(block -> Optional.ofNullable(block.get(PartBinder.TYPE)))
            .map(Binder::text)
            .or(() -> registry.preferred(kind).map(Entry::id));
    boolean completes =
        initial.filter(block -> !block.withoutKey(PartBinder.TYPE).isEmpty()).isPresent();
    String name =
        kind.label().replace(' ', '-')
            + initial.flatMap(block -> unnamed).map(id -> ".or-" + id).orElse("")
            + (completes ? COMPLETED : "");
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of()); // parts may hold parts of their own kind
      definitions.put(name, choice(kind, unnamed, completes ? Scope.COMPLETED : Scope.WHOLE));
    }
    return "#/$defs/" + name;
  }

  /**
   * @param unnamed what a block without a type means
   * @param scope of that plugin
   */
  private Map<String, Object> choice(Kind kind, Optional<String> unnamed, Scope scope) {
    List<Entry> entries = registry.entries(kind);
    List<String> ids = entries.stream().map(Entry::id).toList();
    List<Object> cases = new ArrayList<>();
    for (Entry entry : entries) {
      boolean initial = unnamed.equals(Optional.of(entry.id()));
      Map<String, Object> named =
          Json.object(
              "properties", Map.of("type", Map.of("const", entry.id())),
              "required", List.of("type"));
      Map<String, Object> options = Map.of("$ref", plugin(entry, initial ? scope : Scope.WHOLE));
      cases.add(when(named, options));
      if (initial) {
        cases.add(when(Map.of("not", Map.of("required", List.of("type"))), options));
      }
    }
    Map<String, Object> type = new LinkedHashMap<>();
    type.put("description", "which " + kind.label() + " it is");
    type.put("enum", ids);
    Map<String, Object> block = object();
    block.put("properties", Map.of("type", type));
    if (unnamed.isEmpty()) {
      block.put("required", List.of("type"));
    }
    if (!cases.isEmpty()) {
      block.put("allOf", cases);
    }
    Map<String, Object> choice = when(Map.of("type", "string"), Map.of("enum", ids));
    choice.put("else", block);
    return choice;
  }

  private static Map<String, Object> when(Map<String, Object> condition, Map<String, Object> then) {
    Map<String, Object> conditional = new LinkedHashMap<>();
    conditional.put("if", condition);
    conditional.put("then", then);
    return conditional;
  }

  private String plugin(Entry entry, Scope scope) {
    String name = entry.kind().name() + "." + entry.id() + (scope == Scope.WHOLE ? "" : COMPLETED);
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      Map<String, Object> block = new LinkedHashMap<>();
      block.put("title", entry.toString());
      block.put("description", entry.summary());
      block.putAll(options(entry, scope));
      definitions.put(name, block);
    }
    return "#/$defs/" + name;
  }

  /**
   * Options that break the rules allow anything here; {@code doctor} says what is wrong with them.
   */
  private Map<String, Object> options(Entry entry, Scope scope) {
    try {
      Map<String, Object> type = Map.of("type", Map.of("const", entry.id()));
      return block(entry.plugin().options(), scope, List.of(), type);
    } catch (MalformedOptions e) {
      return object();
    }
  }
}
