package org.continuo.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes HOCON for people: keys sorted, {@code type} first, two spaces per level. */
final class HoconText {
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /** Words that mean something else when they stand without quotes. */
  private static final Set<String> RESERVED = Set.of("true", "false", "null", "include");

  private static final Comparator<String> ORDER =
      Comparator.comparing((String key) -> !key.equals("type")).thenComparing(key -> key);

  private HoconText() {}

  static String of(Config config) {
    StringBuilder out = new StringBuilder();
    fields(config.root(), "", out);
    return out.toString();
  }

  private static void fields(ConfigObject object, String indent, StringBuilder out) {
    for (String key : object.keySet().stream().sorted(ORDER).toList()) {
      ConfigValue value = object.get(key);
      String assign = value instanceof ConfigObject ? " " : " = ";
      out.append(indent).append(word(key)).append(assign);
      value(value, indent, out);
      out.append('\n');
    }
  }

  private static void value(ConfigValue value, String indent, StringBuilder out) {
    if (value instanceof ConfigObject object) {
      block(object, indent, out);
    } else if (value instanceof ConfigList list) {
      list(list, indent, out);
    } else {
      out.append(scalar(value));
    }
  }

  private static void block(ConfigObject object, String indent, StringBuilder out) {
    if (object.isEmpty()) {
      out.append("{}");
    } else {
      out.append("{\n");
      fields(object, indent + "  ", out);
      out.append(indent).append('}');
    }
  }

  private static void list(List<ConfigValue> list, String indent, StringBuilder out) {
    boolean flat =
        list.stream().noneMatch(v -> v instanceof ConfigObject || v instanceof ConfigList);
    if (flat) {
      out.append(list.stream().map(HoconText::scalar).collect(Collectors.joining(", ", "[", "]")));
      return;
    }
    out.append("[\n");
    for (ConfigValue element : list) {
      out.append(indent).append("  ");
      value(element, indent + "  ", out);
      out.append('\n');
    }
    out.append(indent).append(']');
  }

  private static String scalar(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? word((String) value.unwrapped())
        : value.unwrapped().toString();
  }

  private static String word(String text) {
    return PLAIN.matcher(text).matches() && !RESERVED.contains(text)
        ? text
        : ConfigUtil.quoteString(text);
  }
}
