package org.continuo.reports.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** A JSON object any field of which may be absent, null or of another type than expected. */
record Fields(JsonNode node) {
  static final Fields NONE = new Fields(MissingNode.getInstance());

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  Fields object(String name) {
    return new Fields(node.path(name));
  }

  Optional<String> text(String name) {
    JsonNode value = node.path(name);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  Optional<Boolean> flag(String name) {
    JsonNode value = node.path(name);
    return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
  }

  OptionalLong whole(String name) {
    return whole(node.path(name));
  }

  OptionalDouble number(String name) {
    return number(node.path(name));
  }

  Optional<Instant> time(String name) {
    try {
      return text(name).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException notIso) {
      return Optional.empty();
    }
  }

  List<String> texts(String name) {
    return elements(node.path(name)).stream().map(JsonNode::asText).toList();
  }

  List<OptionalLong> wholes(String name) {
    return elements(node.path(name)).stream().map(Fields::whole).toList();
  }

  List<OptionalDouble> numbers(String name) {
    return numbers(node.path(name));
  }

  List<Fields> objects(String name) {
    return elements(node.path(name)).stream().map(Fields::new).toList();
  }

  /** The lists of a list of lists of objects. */
  List<List<Fields>> lists(String name) {
    return elements(node.path(name)).stream()
        .map(list -> elements(list).stream().map(Fields::new).toList())
        .toList();
  }

  /** The rows of a list of lists. */
  List<List<OptionalDouble>> rows(String name) {
    return elements(node.path(name)).stream().map(Fields::numbers).toList();
  }

  /** The fields that are numbers. */
  Map<String, Double> numbersByName() {
    Map<String, Double> values = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field ->
                number(field.getValue()).ifPresent(value -> values.put(field.getKey(), value)));
    return values;
  }

  /** Every value inside, by its path: {@code checkpoint.sha256}. */
  Map<String, String> flat() {
    Map<String, String> values = new LinkedHashMap<>();
    flatten("", node, values);
    return values;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else if (node.isArray()) {
      into.put(
          path,
          String.join(
              ", ",
              elements(node).stream()
                  .map(each -> each.isValueNode() ? each.asText() : each.toString())
                  .toList()));
    } else if (!node.isNull() && !node.isMissingNode()) {
      into.put(path, node.asText());
    }
  }

  private static List<JsonNode> elements(JsonNode node) {
    return node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of();
  }

  private static List<OptionalDouble> numbers(JsonNode node) {
    List<OptionalDouble> values = new ArrayList<>();
    for (JsonNode each : elements(node)) {
      values.add(number(each));
    }
    return List.copyOf(values);
  }

  private static OptionalLong whole(JsonNode value) {
    return value.isNumber() && value.canConvertToLong()
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  private static OptionalDouble number(JsonNode value) {
    if (value.isNumber()) {
      return OptionalDouble.of(value.doubleValue());
    }
    return switch (value.asText("")) {
      case "NaN" -> OptionalDouble.of(Double.NaN);
      case "Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default -> OptionalDouble.empty();
    };
  }
}
