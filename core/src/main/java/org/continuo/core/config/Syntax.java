package org.continuo.core.config;

import com.typesafe.config.ConfigException;
import java.util.regex.Pattern;

/** Says what the HOCON parser says, without what it repeats or guesses. */
final class Syntax {
  private static final Pattern GUESS = Pattern.compile(" \\(if you .*", Pattern.DOTALL);

  private Syntax() {}

  static String explain(ConfigException e) {
    if (e instanceof ConfigException.UnresolvedSubstitution) {
      return "unresolved substitution: "
          + reason(e)
          + "; break the cycle by writing one of the values";
    }
    if (e instanceof ConfigException.IO) {
      return "not readable: " + reason(e) + "; check the path or its permissions";
    }
    return "not valid HOCON: "
        + reason(e)
        + "; close every bracket, and put text with special characters in double quotes";
  }

  private static String reason(ConfigException e) {
    String text = e.getMessage();
    String origin = e.origin() == null ? "" : e.origin().description() + ": ";
    text = text.startsWith(origin) ? text.substring(origin.length()) : text;
    // the parser calls the brace that ends a block or a file a parenthesis
    return GUESS.matcher(text).replaceFirst("").replace("a close parentheses ')'", "a closing '}'");
  }
}
