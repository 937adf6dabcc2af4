package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.PluginRegistry;
import org.junit.jupiter.api.Test;

/**
 * What every plugin keeps to, of whatever kind. The contracts of the kinds extend it.
 *
 * @param <F> the kind of factory it makes
 */
public abstract class PluginContract<F> {
  private static final Set<Class<?>> NUMBERS =
      Set.of(
          int.class,
          long.class,
          double.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class);

  PluginContract() {}

  /** The plugin under test. */
  protected abstract Plugin<? extends F, ?> plugin();

  /** What must be set, and what the tests are to run with: {@code Map.of("rank", 4)}. */
  protected Map<String, Object> options() {
    return Map.of();
  }

  /** Plugins that its options name, of this or other modules. */
  protected List<Plugin<?, ?>> others() {
    return List.of();
  }

  /** What the plugin makes of {@link #options()}. */
  final F factory() {
    return made(plugin());
  }

  private <G extends F> G made(Plugin<G, ?> plugin) {
    Known known = known(plugin);
    return plugin.makes().cast(known.entry.create(bound(known, Map.of())));
  }

  /** The plugin as the host knows it. */
  private record Known(PluginRegistry registry, PluginRegistry.Entry entry) {}

  private Known known(Plugin<?, ?> plugin) {
    List<Plugin<?, ?>> all = new ArrayList<>(others());
    all.add(plugin);
    all.addAll(TinyParts.beside(all));
    PluginRegistry registry = PluginRegistry.of(all);
    assertEquals(List.of(), registry.problems());
    return new Known(registry, registry.entry(plugin));
  }

  private Record bound(Known known, Map<String, Object> more) {
    Map<String, Object> given = new HashMap<>(options());
    given.putAll(more);
    return DefaultOptions.with(given, known.entry, known.registry);
  }

  @Test
  void saysWhatItIs() {
    Plugin<? extends F, ?> plugin = plugin();
    assertTrue(plugin.id().matches("[a-z][a-z0-9-]*"), () -> "id '" + plugin.id() + "'");
    assertFalse(plugin.summary().isBlank(), "summary is empty");
    assertEquals(1, plugin.summary().lines().count(), "lines of the summary");
    for (RecordComponent component : plugin.options().getRecordComponents()) {
      Option option = component.getAnnotation(Option.class);
      assertTrue(option != null && !option.doc().isBlank(), "no @Option doc: " + component);
    }
  }

  @Test
  void acceptsItsOptions() {
    Known known = known(plugin());
    assertEquals(List.of(), known.entry.conflicts(bound(known, Map.of())));
  }

  @Test
  void refusesWrongOptionsByName() {
    refuses(Map.of("no-such-option", 1), "unknown option of");
    assertAll(
        Stream.of(plugin().options().getRecordComponents())
            .filter(component -> NUMBERS.contains(component.getType()))
            .filter(component -> Double.isFinite(component.getAnnotation(Option.class).min()))
            .map(component -> () -> refusesBelowItsLeast(component)));
  }

  private void refusesBelowItsLeast(RecordComponent component) {
    String name =
        component.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    long below = (long) Math.floor(component.getAnnotation(Option.class).min()) - 1;
    refuses(Map.of(name, below), name + ": out of range: found " + below);
  }

  private void refuses(Map<String, Object> wrong, String expected) {
    Known known = known(plugin());
    List<String> problems = assertThrows(InvalidInput.class, () -> bound(known, wrong)).problems();
    assertTrue(
        problems.size() == 1 && problems.get(0).contains(expected),
        () -> wrong + " gives " + problems + ", expected " + expected);
  }
}
