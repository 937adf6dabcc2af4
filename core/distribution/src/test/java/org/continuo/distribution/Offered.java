package org.continuo.distribution;

import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Plugin;

/**
 * A plugin of the distribution, named by its id in reports of tests.
 *
 * @param <F> what it makes
 */
record Offered<F>(Plugin<? extends F, ?> plugin) {
  /** All that make this, or a narrower form of it. */
  @SuppressWarnings("unchecked") // it says what it makes
  static <F> List<Offered<F>> all(Class<F> factory) {
    List<Offered<F>> all = new ArrayList<>();
    for (ModuleReference module : Distribution.plugins()) {
      for (String name : Distribution.provided(module)) {
        Plugin<?, ?> plugin = made(name);
        if (factory.isAssignableFrom(plugin.makes())) {
          all.add(new Offered<>((Plugin<? extends F, ?>) plugin));
        }
      }
    }
    return List.copyOf(all);
  }

  private static Plugin<?, ?> made(String name) {
    try {
      return Class.forName(name).asSubclass(Plugin.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make " + name, e);
    }
  }

  @SuppressWarnings("unchecked") // it says what it makes
  static Plugin<Strategy.Factory, ?> strategy(String id) {
    return (Plugin<Strategy.Factory, ?>)
        all(Strategy.Factory.class).stream()
            .filter(offered -> offered.is(id))
            .findFirst()
            .orElseThrow()
            .plugin();
  }

  static Plugin<? extends Backbone.Factory, ?> backbone(String id) {
    return all(Backbone.Factory.class).stream()
        .filter(offered -> offered.is(id))
        .findFirst()
        .orElseThrow()
        .plugin();
  }

  boolean is(String id) {
    return plugin.id().equals(id);
  }

  @Override
  public String toString() {
    return plugin.id();
  }
}
