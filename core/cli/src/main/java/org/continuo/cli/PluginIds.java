package org.continuo.cli;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.plugin.PluginRegistry.Entry;

/**
 * What a shell offers where a plugin is to be named; looked for only when its script is written.
 */
final class PluginIds implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    Stream<String> ids =
        PluginRegistry.discover(PluginPlaces.with(List.of())).entries().stream().map(Entry::id);
    return Stream.concat(ids, FileBlock.ids().stream()).distinct().sorted().iterator();
  }
}
