package org.continuo.api.plugin;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where something is: a file or folder, or {@code SCHEME:NAME} such as {@code embedded:tiny}. As an
 * option, a relative path is made absolute and a name is left as it is.
 */
@Stability(Stability.Level.EVOLVING)
public record Locator(String value) {
  /** Two letters at least: a single one is a drive. */
  private static final Pattern NAMED = Pattern.compile("[a-z][a-z0-9-]+:[^/\\\\].*");

  public Locator {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a path or SCHEME:NAME");
    }
    value =
        NAMED.matcher(value).matches()
            ? value
            : Path.of(value).toAbsolutePath().normalize().toString();
  }

  public boolean named() {
    return NAMED.matcher(value).matches();
  }

  /** The part after the scheme, or of a path all of it. */
  public String name() {
    return named() ? value.substring(value.indexOf(':') + 1) : value;
  }

  /** The part before the colon; empty for a path. */
  public String scheme() {
    return named() ? value.substring(0, value.indexOf(':')) : "";
  }

  @Override
  public String toString() {
    return value;
  }
}
