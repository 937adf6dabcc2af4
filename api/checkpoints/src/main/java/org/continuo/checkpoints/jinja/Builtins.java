package org.continuo.checkpoints.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Filters, tests and methods that templates use. */
final class Builtins {
  private Builtins() {}

  static Object filter(String name, Object value, List<Object> arguments) {
    return switch (name) {
      case "trim" -> strip(Values.text(value), arguments, Side.BOTH);
      case "length", "count" ->
          value instanceof String text
              ? (long) text.codePointCount(0, text.length())
              : (long) Values.items(value).size();
      case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
      case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
      case "title" -> title(Values.text(value));
      case "capitalize" -> capitalized(Values.text(value));
      case "string" -> Values.text(value);
      case "safe" -> value;
      case "list" -> Values.items(value);
      case "first" -> Values.item(Values.items(value), 0L);
      case "last" -> Values.item(Values.items(value), -1L);
      case "reverse" -> reversed(value);
      case "default", "d" -> {
        boolean empty = arguments.size() > 1 && Values.truth(arguments.get(1));
        boolean absent = value instanceof Values.Undefined || (empty && !Values.truth(value));
        yield absent ? arguments.isEmpty() ? "" : arguments.get(0) : value;
      }
      case "join" ->
          Values.items(value).stream()
              .map(Values::text)
              .collect(
                  Collectors.joining(arguments.isEmpty() ? "" : Values.text(arguments.get(0))));
      case "replace" ->
          Values.text(value)
              .replace(Values.string(arguments.get(0)), Values.string(arguments.get(1)));
      case "items" -> entries(value);
      case "int" -> value instanceof Double d ? (Object) d.longValue() : whole(value);
      case "abs" ->
          value instanceof Long number ? (Object) Math.abs(number) : Math.abs((Double) value);
      case "selectattr", "rejectattr" ->
          Values.items(value).stream()
              .filter(
                  item -> {
                    Object attribute = Values.item(item, arguments.get(0));
                    return name.startsWith("select")
                        == (arguments.size() == 1
                            ? Values.truth(attribute)
                            : test(
                                Values.string(arguments.get(1)),
                                attribute,
                                arguments.subList(2, arguments.size())));
                  })
              .toList();
      default ->
          throw new Values.Refused("the filter '%s' is not known to this renderer".formatted(name));
    };
  }

  private static Object whole(Object value) {
    try {
      return value instanceof String text ? Long.valueOf(text.strip()) : (Object) (Long) value;
    } catch (NumberFormatException | ClassCastException e) {
      return 0L;
    }
  }

  static boolean test(String name, Object value, List<Object> arguments) {
    String kind = Values.kind(value);
    return switch (name) {
      case "defined" -> !kind.equals("undefined");
      case "undefined", "none", "string", "boolean", "integer", "float", "mapping" ->
          kind.equals(name);
      case "number" -> kind.equals("integer") || kind.equals("float");
      case "true" -> value.equals(true);
      case "false" -> value.equals(false);
      case "callable" -> kind.equals("function");
      case "sequence", "iterable" -> List.of("string", "list", "mapping").contains(kind);
      case "odd" -> Math.floorMod(Values.index(value), 2) == 1;
      case "even" -> Math.floorMod(Values.index(value), 2) == 0;
      case "divisibleby" -> Values.index(value) % Values.index(arguments.get(0)) == 0;
      case "eq", "equalto", "sameas" -> Values.equal(value, arguments.get(0));
      case "ne" -> !Values.equal(value, arguments.get(0));
      case "in" -> Values.contains(arguments.get(0), value);
      case "lower" -> Values.text(value).equals(Values.text(value).toLowerCase(Locale.ROOT));
      case "upper" -> Values.text(value).equals(Values.text(value).toUpperCase(Locale.ROOT));
      default ->
          throw new Values.Refused("the test '%s' is not known to this renderer".formatted(name));
    };
  }

  static Object method(Object of, String name, List<Object> arguments) {
    if (of instanceof String text) {
      return switch (name) {
        case "strip" -> strip(text, arguments, Side.BOTH);
        case "lstrip" -> strip(text, arguments, Side.START);
        case "rstrip" -> strip(text, arguments, Side.END);
        case "startswith" -> text.startsWith(Values.string(arguments.get(0)));
        case "endswith" -> text.endsWith(Values.string(arguments.get(0)));
        case "lower", "upper", "title", "capitalize", "replace" -> filter(name, text, arguments);
        case "split" -> split(text, arguments);
        case "join" ->
            Values.items(arguments.get(0)).stream()
                .map(Values::string)
                .collect(Collectors.joining(text));
        case "find" -> (long) text.indexOf(Values.string(arguments.get(0)));
        case "count" -> (long) split(text, arguments).size() - 1;
        default -> throw new Values.Refused("strings have no method '%s' here".formatted(name));
      };
    }
    if (of instanceof Map<?, ?> map) {
      return switch (name) {
        case "items" -> entries(map);
        case "keys" -> List.copyOf(map.keySet());
        case "values" -> List.copyOf(map.values());
        case "get" ->
            Objects.requireNonNullElse(
                map.get(arguments.get(0)),
                arguments.size() > 1 ? arguments.get(1) : Values.Nothing.NONE);
        default -> throw new Values.Refused("mappings have no method '%s' here".formatted(name));
      };
    }
    throw new Values.Refused("%s has no method '%s' here".formatted(Values.named(of), name));
  }

  /** Where something is stripped. */
  private enum Side {
    START,
    END,
    BOTH
  }

  private static String strip(String text, List<Object> arguments, Side side) {
    boolean white = arguments.isEmpty() || arguments.get(0) == Values.Nothing.NONE;
    String set = white ? "" : Values.string(arguments.get(0));
    int start = 0;
    int end = text.length();
    while (side != Side.END && start < end && stripped(text.charAt(start), white, set)) {
      start++;
    }
    while (side != Side.START && end > start && stripped(text.charAt(end - 1), white, set)) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean stripped(char c, boolean white, String set) {
    return white ? Character.isWhitespace(c) || Character.isSpaceChar(c) : set.indexOf(c) >= 0;
  }

  private static List<Object> split(String text, List<Object> arguments) {
    if (arguments.isEmpty() || arguments.get(0) == Values.Nothing.NONE) {
      return text.isBlank() ? List.of() : List.of((Object[]) text.strip().split("\\s+", -1));
    }
    String separator = Values.string(arguments.get(0));
    if (separator.isEmpty()) {
      throw new Values.Refused("found an empty separator");
    }
    int limit = arguments.size() > 1 ? Values.index(arguments.get(1)) : -1;
    return List.of((Object[]) text.split(Pattern.quote(separator), limit < 0 ? -1 : limit + 1));
  }

  private static List<Object> reversed(Object value) {
    List<Object> items = new ArrayList<>(Values.items(value));
    Collections.reverse(items);
    return items;
  }

  private static List<Object> entries(Object value) {
    Map<?, ?> map = value instanceof Map<?, ?> known ? known : new LinkedHashMap<>();
    return map.entrySet().stream()
        .<Object>map(entry -> List.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    return Pattern.compile("\\p{L}+").matcher(text).replaceAll(word -> capitalized(word.group()));
  }
}
