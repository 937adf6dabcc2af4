package org.continuo.api.plugin;

/**
 * An enum whose constants choose the defaults of the options beside it: a published configuration
 * under one name. What a file sets itself wins; the resolved file holds every value.
 *
 * <pre>{@code
 * enum Mode implements Preset {
 *   PAPER("adversary { type = task-discriminator, weight = 0.1 }");
 *   ...
 * }
 * }</pre>
 */
@Stability(Stability.Level.EVOLVING)
public interface Preset {
  /** In the syntax of the experiment file, paths starting at the record that holds the option. */
  String defaults();
}
