/**
 * Finds plugins and keeps them by kind and id: those of the modules this program was started with,
 * and those of plugin folders, each in a module layer of its own.
 *
 * <pre>{@code
 * PluginRegistry registry = PluginRegistry.discover(List.of(Path.of("plugins")));
 * registry.problems().forEach(System.err::println);          // the others still work
 * registry.find(new Kind(Strategy.Factory.class), "ewc").ifPresent(entry -> print(entry.version()));
 * }</pre>
 *
 * <p>A folder goes through {@code FolderContents} (its jars and their descriptors; no code runs),
 * {@code FolderGraph} (which jars are used, what they need from outside), {@code DropIns}
 * (versions, order, circles), {@code FolderLayer} (modules and loader) and {@code PluginReader}
 * (the plugins themselves).
 */
package org.continuo.core.plugin;
