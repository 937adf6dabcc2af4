package org.continuo.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.core.plugin.Kind;
import org.continuo.core.plugin.PluginRegistry;

/**
 * One option as a person reads about it.
 *
 * @param type such as {@code list of path}; of a plugin its kind
 * @param initial the default in the syntax of the file, {@code none} for a value that may be left
 *     out; empty if it must be set
 * @param range {@code >= 1}; empty if every value is allowed
 * @param choices what it can be, ids of plugins included; empty if that cannot be listed
 * @param nested the options of a block
 */
public record OptionDescription(
    String name,
    String type,
    Optional<String> initial,
    String range,
    String unit,
    String doc,
    List<String> choices,
    List<OptionDescription> nested) {
  public OptionDescription {
    choices = List.copyOf(choices);
    nested = List.copyOf(nested);
  }

  /**
   * The options of a record, in its order.
   *
   * @throws InvalidInput if the record breaks the rules of {@link org.continuo.api.plugin.Option}
   */
  public static List<OptionDescription> of(
      Class<? extends Record> options, PluginRegistry registry) {
    try {
      return of(options, registry, List.of());
    } catch (MalformedOptions e) {
      throw new InvalidInput(e.getMessage());
    }
  }

  /**
   * @param around the records this one is inside: one that holds itself is described once
   */
  private static List<OptionDescription> of(
      Class<? extends Record> options, PluginRegistry registry, List<Class<?>> around) {
    if (around.contains(options)) {
      return List.of();
    }
    List<Class<?>> inside = new ArrayList<>(around);
    inside.add(options);
    return OptionRecord.of(options).components().stream()
        .map(component -> of(component, registry, inside))
        .toList();
  }

  private static OptionDescription of(
      OptionRecord.Component component, PluginRegistry registry, List<Class<?>> around) {
    OptionType type = component.type();
    OptionType element = element(type);
    List<String> choices = component.limits().choices();
    List<OptionDescription> nested = List.of();
    if (element instanceof OptionType.Scalar scalar && !scalar.choices().isEmpty()) {
      choices = scalar.choices();
    } else if (element instanceof OptionType.Part part) {
      choices = registry.entries(part.kind()).stream().map(PluginRegistry.Entry::id).toList();
    } else if (element instanceof OptionType.Block block) {
      nested = of(block.type(), registry, around);
    }
    return new OptionDescription(
        component.name(),
        type.label(),
        initial(component, registry),
        component.limits().symbols(),
        component.limits().unit(),
        component.doc(),
        choices,
        nested);
  }

  private static OptionType element(OptionType type) {
    if (type instanceof OptionType.Maybe maybe) {
      return element(maybe.element());
    }
    if (type instanceof OptionType.Sequence sequence) {
      return element(sequence.element());
    }
    return type instanceof OptionType.Dictionary dictionary ? element(dictionary.element()) : type;
  }

  private static Optional<String> initial(
      OptionRecord.Component component, PluginRegistry registry) {
    if (component.initial().isPresent()) {
      return component.initial().map(OptionRecord.Initial::text);
    }
    OptionType type = component.type();
    if (type instanceof OptionType.Maybe) {
      return Optional.of("none");
    }
    if (type instanceof OptionType.Sequence) {
      return Optional.of("[]");
    }
    if (type instanceof OptionType.Dictionary || type instanceof OptionType.Block) {
      return Optional.of("{}");
    }
    return type instanceof OptionType.Part part
        ? preferred(part.kind(), registry)
        : Optional.empty();
  }

  private static Optional<String> preferred(Kind kind, PluginRegistry registry) {
    return registry.preferred(kind).map(PluginRegistry.Entry::id);
  }
}
