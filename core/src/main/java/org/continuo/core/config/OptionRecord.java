package org.continuo.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Preset;

/** A record whose components are options. */
record OptionRecord(Class<? extends Record> type, List<Component> components) {

  /**
   * @param initial empty if the type decides
   * @param preset true if it chooses defaults of the others
   */
  record Component(
      String name,
      OptionType type,
      String doc,
      Limits limits,
      Optional<Initial> initial,
      boolean preset) {}

  /**
   * A default.
   *
   * @param text as its author wrote it
   */
  record Initial(String text, ConfigValue value) {}

  /**
   * @throws MalformedOptions if a component is no option
   */
  static OptionRecord of(Class<? extends Record> type) {
    List<Component> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component(type, component));
    }
    return new OptionRecord(type, List.copyOf(components));
  }

  private static Component component(Class<?> owner, RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null || option.doc().isBlank()) {
      throw new MalformedOptions(
          owner,
          "found the component '"
              + component.getName()
              + "' without a description, expected @Option(doc = \"...\") on it");
    }
    String name = Names.ofComponent(component.getName());
    if (name.equals("type")) {
      throw new MalformedOptions(
          owner, "found an option 'type', which names the plugin of a block; rename it");
    }
    OptionType type =
        OptionType.of(component.getGenericType())
            .orElseThrow(
                () ->
                    new MalformedOptions(
                        owner,
                        "found the component '"
                            + component.getName()
                            + "' of type "
                            + component.getGenericType().getTypeName()
                            + ", expected "
                            + OptionType.KNOWN));
    return new Component(
        name,
        type,
        option.doc(),
        Limits.of(option),
        initial(owner, name, option),
        Preset.class.isAssignableFrom(component.getType()));
  }

  private static Optional<Initial> initial(Class<?> owner, String name, Option option) {
    String text = option.value();
    if (text.equals(Option.REQUIRED)) {
      return Optional.empty();
    }
    String origin = Origins.describeDefault(name);
    if (text.isEmpty()) {
      return Optional.of(new Initial(text, ConfigValueFactory.fromAnyRef("", origin)));
    }
    try {
      ConfigValue value =
          ConfigFactory.parseString(
                  "default = " + text, ConfigParseOptions.defaults().setOriginDescription(origin))
              .root()
              .get("default");
      return Optional.of(new Initial(text, value));
    } catch (ConfigException e) {
      throw new MalformedOptions(
          owner,
          "found the default "
              + text
              + " of '"
              + name
              + "', expected HOCON; put text with special characters in double quotes");
    }
  }

  /** The line missing from module-info, as a sentence; empty if the record can be created. */
  Optional<String> closed() {
    if (constructor().trySetAccessible()) {
      return Optional.empty();
    }
    String name = type.getPackageName();
    return Optional.of(
        "found its package closed to reflection, expected it open; add this line to the"
            + " module-info.java of "
            + type.getModule().getName()
            + ": opens "
            + name
            + ";");
  }

  /**
   * @param values one per component
   * @throws MalformedOptions if its package is not open to this module
   * @throws IllegalArgumentException if the record does not accept them
   */
  Record create(List<Object> values) {
    closed()
        .ifPresent(
            line -> {
              throw new MalformedOptions(type, line);
            });
    Constructor<? extends Record> constructor = constructor();
    constructor.setAccessible(true);
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(
          "the options " + type.getName() + " failed on " + values + ": " + e.getCause(),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the options " + type.getName() + " cannot be created", e);
    }
  }

  private Constructor<? extends Record> constructor() {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record has a constructor for its components", e);
    }
  }
}
