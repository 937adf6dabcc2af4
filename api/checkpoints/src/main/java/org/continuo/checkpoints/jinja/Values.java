package org.continuo.checkpoints.jinja;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What values are and how they behave, as in Python: {@link String}, {@link Long}, {@link Double},
 * {@link Boolean}, {@link List}, {@link Map}, {@link Nothing}, {@link Undefined}, {@link Function}.
 */
final class Values {
  private Values() {}

  /** Python's None. */
  enum Nothing {
    NONE
  }

  /** What a name or a key stands for that is not there: empty, and nothing can be made of it. */
  record Undefined(String name) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** What can be called. */
  interface Function {
    Object call(List<Object> places, Map<String, Object> names);
  }

  /** Why something cannot be done; the line is added by who knows it. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String problem) {
      super(problem);
    }
  }

  static boolean truth(Object value) {
    return switch (kind(value)) {
      case "boolean" -> (Boolean) value;
      case "string" -> !((String) value).isEmpty();
      case "integer" -> (Long) value != 0;
      case "float" -> (Double) value != 0;
      case "list" -> !((List<?>) value).isEmpty();
      case "mapping" -> !((Map<?, ?>) value).isEmpty();
      case "none", "undefined" -> false;
      default -> true;
    };
  }

  /** Name of the type, for tests and for people. */
  static String kind(Object value) {
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    if (value instanceof Long) {
      return "integer";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Map) {
      return "mapping";
    }
    if (value instanceof Undefined) {
      return "undefined";
    }
    return value == Nothing.NONE ? "none" : "function";
  }

  /** As it is written into the output. */
  static String text(Object value) {
    return switch (kind(value)) {
      case "undefined" -> "";
      case "none" -> "None";
      case "boolean" -> value.equals(true) ? "True" : "False";
      case "string", "integer", "float" -> value.toString();
      default -> throw new Refused("a " + kind(value) + " cannot be written as text");
    };
  }

  static boolean equal(Object left, Object right) {
    if (left instanceof Number x && right instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    return Objects.equals(left, right);
  }

  static int compare(Object left, Object right) {
    if (left instanceof Number x && right instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (left instanceof String x && right instanceof String y) {
      return x.compareTo(y);
    }
    throw new Refused("cannot compare %s with %s".formatted(named(left), named(right)));
  }

  static boolean contains(Object in, Object value) {
    if (in instanceof String text && value instanceof String part) {
      return text.contains(part);
    }
    if (in instanceof Map<?, ?> map) {
      return map.containsKey(value);
    }
    return items(in).stream().anyMatch(item -> equal(item, value));
  }

  /** What a loop goes through. */
  static List<Object> items(Object value) {
    if (value instanceof Collection<?> list) {
      return List.copyOf(list);
    }
    if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.keySet());
    }
    if (value instanceof String text) {
      return text.codePoints().<Object>mapToObj(Character::toString).toList();
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    throw new Refused(named(value) + " has no items");
  }

  static Object item(Object of, Object key) {
    if (of instanceof Map<?, ?> map) {
      Object found = map.get(key);
      return found == null ? new Undefined(text(key)) : found;
    }
    if ((of instanceof List || of instanceof String) && key instanceof Long index) {
      List<Object> items = items(of);
      long place = index < 0 ? index + items.size() : index;
      return place < 0 || place >= items.size()
          ? new Undefined("item " + index)
          : items.get((int) place);
    }
    if (of instanceof Undefined undefined) {
      throw new Refused("'%s' is not defined".formatted(undefined.name()));
    }
    return new Undefined(text(key));
  }

  static Object arithmetic(String operator, Object left, Object right) {
    if (operator.equals("+") && left instanceof String x && right instanceof String y) {
      return x + y;
    }
    if (operator.equals("+") && left instanceof List<?> x && right instanceof List<?> y) {
      return java.util.stream.Stream.concat(x.stream(), y.stream()).toList();
    }
    Object a = left instanceof Boolean b ? (Object) (b ? 1L : 0L) : left;
    Object c = right instanceof Boolean b ? (Object) (b ? 1L : 0L) : right;
    if (a instanceof Long x && c instanceof Long y) {
      return whole(operator, x, y);
    }
    if (a instanceof Number x && c instanceof Number y) {
      return real(operator, x.doubleValue(), y.doubleValue());
    }
    throw new Refused("cannot compute %s %s %s".formatted(named(left), operator, named(right)));
  }

  private static Object whole(String operator, long x, long y) {
    if (y == 0 && "// %".contains(operator)) {
      throw new Refused("division by zero");
    }
    try {
      return switch (operator) {
        case "+" -> Math.addExact(x, y);
        case "-" -> Math.subtractExact(x, y);
        case "*" -> Math.multiplyExact(x, y);
        case "//" -> Math.floorDiv(x, y);
        case "%" -> Math.floorMod(x, y);
        default -> real(operator, (double) x, (double) y);
      };
    } catch (ArithmeticException e) {
      throw new Refused("a number beyond 64 bits");
    }
  }

  private static Object real(String operator, double x, double y) {
    return switch (operator) {
      case "+" -> x + y;
      case "-" -> x - y;
      case "*" -> x * y;
      case "/" -> x / y;
      case "//" -> Math.floor(x / y);
      case "%" -> x - y * Math.floor(x / y);
      default -> throw new Refused("operator '%s' is not known".formatted(operator));
    };
  }

  /** A value in a message. */
  static String named(Object value) {
    return switch (kind(value)) {
      case "undefined" -> "'%s', which is not defined,".formatted(((Undefined) value).name());
      case "none" -> "none";
      default -> String.format(Locale.ROOT, "a %s", kind(value));
    };
  }

  static String string(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new Refused("found %s, expected a string".formatted(named(value)));
  }

  static int index(Object value) {
    if (value instanceof Long number) {
      return (int) Math.max(Integer.MIN_VALUE + 1, Math.min(Integer.MAX_VALUE, number));
    }
    throw new Refused("found %s, expected a whole number".formatted(named(value)));
  }
}
