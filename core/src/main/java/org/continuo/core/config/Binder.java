package org.continuo.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.plugin.Preset;
import org.continuo.core.config.OptionRecord.Component;
import org.continuo.core.plugin.PluginRegistry;

/**
 * Walks a tree of options and HOCON side by side. Whatever fails is a problem; the walk goes on.
 */
final class Binder {
  private final Origins origins;
  private final Problems problems;
  private final PartBinder parts;

  /**
   * @param plain what a file would hold, its location as origin; empty for nothing
   */
  record Value(Object bound, Optional<ConfigValue> plain) {
    /**
     * @param plain a string, number, boolean, list or map
     */
    static Value of(Object bound, Object plain, Place place) {
      return new Value(
          bound, Optional.of(ConfigValueFactory.fromAnyRef(plain, place.location().toString())));
    }
  }

  Binder(PluginRegistry registry, Origins origins, Problems problems) {
    this.origins = origins;
    this.problems = problems;
    this.parts = new PartBinder(this, registry, origins, problems);
  }

  private Binder(PartBinder parts, Origins origins, Problems problems) {
    this.parts = parts;
    this.origins = origins;
    this.problems = problems;
  }

  /** The plugins chosen so far, a part before the parts inside it. */
  List<Choice> choices() {
    return parts.choices();
  }

  /**
   * @param owner whose options they are, for messages: {@code strategy 'ewc'}; may be empty
   * @return a {@link Record} and its map; empty if there were problems inside
   */
  Optional<Value> record(
      Class<? extends Record> type, ConfigObject block, Place place, String owner) {
    try {
      OptionRecord schema = OptionRecord.of(type);
      rejectUnknown(schema, block, place, owner);
      Presets presets = presets(schema, block, place);
      List<Object> values = new ArrayList<>();
      Map<String, ConfigValue> plain = new LinkedHashMap<>();
      for (Component component : schema.components()) {
        Optional<Value> value = component(component, block, presets, place);
        value.ifPresent(v -> values.add(v.bound()));
        value.flatMap(Value::plain).ifPresent(p -> plain.put(component.name(), p));
      }
      return values.size() < schema.components().size()
          ? Optional.empty()
          : create(schema, values, place).map(made -> Value.of(made, plain, place));
    } catch (MalformedOptions e) {
      problems.add(place, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Record> create(OptionRecord schema, List<Object> values, Place place) {
    try {
      return Optional.of(schema.create(values));
    } catch (IllegalArgumentException e) {
      problems.add(place, "options not accepted: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void rejectUnknown(OptionRecord schema, ConfigObject block, Place place, String owner) {
    List<String> known = schema.components().stream().map(Component::name).sorted().toList();
    new TreeMap<>(block)
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                problems.add(
                    place.key(key).at(origins.of(value.origin())),
                    "unknown option"
                        + (owner.isEmpty() ? "" : " of " + owner)
                        + ": "
                        + Names.unknown(key, known));
              }
            });
  }

  /** The presets that this block chooses. A choice that cannot be read is a problem later. */
  private Presets presets(OptionRecord schema, ConfigObject block, Place outer) {
    Presets presets = new Presets();
    for (Component component : schema.components()) {
      if (component.preset()) {
        new Binder(parts, origins, new Problems())
            .component(component, block, new Presets(), outer)
            .ifPresent(value -> presets.choose(schema, component.name(), (Preset) value.bound()));
      }
    }
    return presets;
  }

  private Optional<Value> component(
      Component component, ConfigObject block, Presets presets, Place outer) {
    Place place = outer.key(component.name());
    Optional<ConfigValue> value =
        Stream.of(
                present(Optional.ofNullable(block.get(component.name()))),
                presets.of(component.name()),
                component.initial().map(OptionRecord.Initial::value))
            .flatMap(Optional::stream)
            .reduce((given, initial) -> complete(component.type(), given, initial));
    return value.isPresent()
        ? bind(component.type(), component.limits(), value.get(), place)
        : absent(component, place, outer);
  }

  /** {@code null} in a file takes back what was set. */
  static Optional<ConfigValue> present(Optional<ConfigValue> value) {
    return value.filter(v -> unresolved(v) || v.valueType() != ConfigValueType.NULL);
  }

  /** What a block leaves out is taken from the default, as long as both mean the same plugin. */
  private ConfigValue complete(OptionType type, ConfigValue given, ConfigValue initial) {
    if (unresolved(given)) {
      return given;
    }
    if (type instanceof OptionType.Maybe maybe) {
      return complete(maybe.element(), given, initial);
    }
    if (type instanceof OptionType.Part) {
      return PartBinder.complete(given, initial);
    }
    return type instanceof OptionType.Block && given instanceof ConfigObject
        ? given.withFallback(initial)
        : given;
  }

  private Optional<Value> absent(Component component, Place place, Place outer) {
    OptionType type = component.type();
    if (type instanceof OptionType.Maybe maybe) {
      return Optional.of(new Value(maybe.wrap().apply(Optional.empty()), Optional.empty()));
    }
    if (type instanceof OptionType.Sequence) {
      return bind(type, component.limits(), ConfigValueFactory.fromIterable(List.of()), place);
    }
    if (type instanceof OptionType.Dictionary
        || type instanceof OptionType.Block
        || type instanceof OptionType.Part) {
      return bind(type, component.limits(), ConfigValueFactory.fromMap(Map.of()), place);
    }
    problems.add(
        place,
        "missing: found nothing, expected "
            + type.expected()
            + " ("
            + component.doc()
            + "); add '"
            + component.name()
            + " = ...' to "
            + outer.path());
    return Optional.empty();
  }

  /** Binds one value that is there. */
  Optional<Value> bind(OptionType type, Limits limits, ConfigValue value, Place outer) {
    Place place = written(value.origin()) ? outer.at(origins.of(value.origin())) : outer;
    boolean whole = type instanceof OptionType.Verbatim;
    if (whole ? !value.atKey("value").isResolved() : unresolved(value)) {
      problems.add(
          place,
          "unresolved substitution: found "
              + value.render(ConfigRenderOptions.concise()).strip()
              + ", expected the path of something that is set, or an environment variable; set it"
              + " or write the value here");
      return Optional.empty();
    }
    if (type instanceof OptionType.Scalar scalar) {
      return scalar(scalar, limits, value, place);
    }
    if (whole) {
      return Optional.of(new Value(value, Optional.of(value)));
    }
    if (type instanceof OptionType.Maybe maybe) {
      return bind(maybe.element(), limits, value, place)
          .map(v -> new Value(maybe.wrap().apply(Optional.of(v.bound())), v.plain()));
    }
    if (type instanceof OptionType.Sequence sequence && value instanceof ConfigList list) {
      return sequence(sequence, limits, list, place);
    }
    if (type instanceof OptionType.Dictionary dictionary && value instanceof ConfigObject block) {
      return dictionary(dictionary, limits, block, place);
    }
    if (type instanceof OptionType.Block block && value instanceof ConfigObject object) {
      return record(block.type(), object, place, "");
    }
    if (type instanceof OptionType.Part part && PartBinder.names(value)) {
      return parts.bind(part.kind(), value, place);
    }
    return mismatch(type, type.expected(), value, place);
  }

  private Optional<Value> scalar(
      OptionType.Scalar type, Limits limits, ConfigValue value, Place place) {
    Optional<String> written =
        Scalars.TEXTS.contains(type) ? origins.overriding(value.origin(), place) : Optional.empty();
    boolean structured = value instanceof ConfigObject || value instanceof ConfigList;
    if (value.valueType() == ConfigValueType.NULL || (structured && written.isEmpty())) {
      return mismatch(type, type.expected(), value, place);
    }
    String text = structured ? written.orElseThrow() : text(value);
    List<String> choices = type.choices().isEmpty() ? limits.choices() : type.choices();
    if (!choices.isEmpty() && !choices.contains(text)) {
      problems.add(place, "unknown choice: " + Names.unknown(text, choices));
      return Optional.empty();
    }
    Object bound;
    try {
      bound = type.read().apply(text);
    } catch (IllegalArgumentException e) {
      return mismatch(type, e.getMessage(), value, place);
    }
    if (bound instanceof Number number && !inRange(number.doubleValue(), text, limits, place)) {
      return Optional.empty();
    }
    Object plain = type.write().apply(bound);
    return bound instanceof ModelLocation location
        ? parts.located(location, place).map(found -> Value.of(found, plain, place))
        : Optional.of(Value.of(bound, plain, place));
  }

  private Optional<Value> sequence(
      OptionType.Sequence type, Limits limits, ConfigList list, Place place) {
    List<Object> bound = new ArrayList<>();
    List<ConfigValue> plain = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Optional<Value> element = bind(type.element(), limits, list.get(i), place.element(i));
      element.ifPresent(v -> bound.add(v.bound()));
      element.flatMap(Value::plain).ifPresent(plain::add);
    }
    return bound.size() == list.size() && sizeInRange(type.element(), list.size(), limits, place)
        ? Optional.of(Value.of(List.copyOf(bound), plain, place))
        : Optional.empty();
  }

  private Optional<Value> dictionary(
      OptionType.Dictionary type, Limits limits, ConfigObject block, Place place) {
    Map<String, Object> bound = new LinkedHashMap<>();
    Map<String, ConfigValue> plain = new LinkedHashMap<>();
    Set<String> keys = new TreeSet<>(block.keySet());
    for (String key : keys) {
      Optional<Value> element = bind(type.element(), limits, block.get(key), place.key(key));
      element.ifPresent(v -> bound.put(key, v.bound()));
      element.flatMap(Value::plain).ifPresent(p -> plain.put(key, p));
    }
    return bound.size() == keys.size() && sizeInRange(type.element(), keys.size(), limits, place)
        ? Optional.of(Value.of(Collections.unmodifiableMap(bound), plain, place))
        : Optional.empty();
  }

  /** A range means the elements if they are numbers, and else how many there are. */
  private boolean sizeInRange(OptionType element, int size, Limits limits, Place place) {
    boolean numbers = element instanceof OptionType.Scalar scalar && scalar.numeric();
    return numbers || inRange(size, size + " elements", limits, place);
  }

  private boolean inRange(double value, String found, Limits limits, Place place) {
    if (limits.contains(value)) {
      return true;
    }
    problems.add(
        place,
        "out of range: found "
            + found
            + ", expected "
            + limits.words()
            + "; choose a value in this range");
    return false;
  }

  private Optional<Value> mismatch(
      OptionType type, String expected, ConfigValue value, Place place) {
    problems.add(
        place,
        "wrong type: found "
            + found(value)
            + ", expected "
            + expected
            + "; "
            + type.remedy()
            + (type instanceof OptionType.Scalar ? "" : origins.spellings(value.origin(), place)));
    return Optional.empty();
  }

  static String found(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a block";
      case LIST -> "a list";
      case NULL -> "null";
      case STRING -> "the text '" + text(value) + "'";
      case NUMBER, BOOLEAN -> text(value);
    };
  }

  /** As it was written: {@code 1.0} stays {@code 1.0}. */
  static String text(ConfigValue value) {
    return value.atKey("value").getString("value");
  }

  static boolean unresolved(ConfigValue value) {
    try {
      value.valueType();
      return false;
    } catch (ConfigException.NotResolved e) {
      return true;
    }
  }

  /** False for what was made up here, such as the empty block of an absent one. */
  private static boolean written(ConfigOrigin origin) {
    return !origin.description().equals("hardcoded value");
  }
}
