package org.continuo.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Capability;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/** What a plugin needs and offers with its defaults, in words. */
record Abilities(String needs, String offers) {
  /** Empty if a plugin does not say so without options of its own. */
  static Optional<Abilities> of(Entry entry, PluginRegistry registry) {
    try {
      Record sample = DefaultOptions.sample(entry, registry);
      return Optional.of(new Abilities(names(entry.needs(sample)), names(entry.offers(sample))));
    } catch (InvalidInput e) {
      return Optional.empty();
    }
  }

  private static String names(Collection<Capability> capabilities) {
    return capabilities.stream()
        .sorted()
        .map(c -> c.name().replace('_', '-').toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
