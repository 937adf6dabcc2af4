package org.continuo.core.config;

import com.typesafe.config.Config;
import java.util.List;

/**
 * Options and where they come from.
 *
 * @param resolved the whole file with every option that has a value, defaults included and paths
 *     absolute; binding it again gives equal options
 * @param choices each plugin in the tree, a part before the parts inside it
 */
public record Bound<T>(T options, Config resolved, List<Choice> choices) {
  public Bound {
    choices = List.copyOf(choices);
  }

  /** {@link #resolved} as a HOCON file. */
  public String text() {
    return HoconText.of(resolved);
  }
}
