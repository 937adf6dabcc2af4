package org.continuo.core.config;

import com.typesafe.config.Config;
import java.util.List;

/**
 * Options and where they come from.
 *
 * @param resolved the whole file with every option that has a value, defaults included and paths
 *     absolute; binding it again gives equal options. The origin of a value says where it was set
 * @param choices each plugin in the tree, a part before the parts inside it
 */
public record Bound<T>(T options, Config resolved, List<Choice> choices) {
  public Bound {
    choices = List.copyOf(choices);
  }

  /**
   * How a message about an option begins: {@code x.conf:3: experiment.strategy}.
   *
   * @param path of a choice, or of an option that has a value; elements of a list are placed where
   *     the list begins
   */
  public String where(String path) {
    int element = path.indexOf('[');
    String known = element < 0 ? path : path.substring(0, element);
    return resolved.getValue(known).origin().description() + ": " + path;
  }

  /** {@link #resolved} as a HOCON file. */
  public String text() {
    return HoconText.of(resolved);
  }
}
