/**
 * Finds plugins and keeps them by kind and id.
 *
 * <pre>{@code
 * PluginRegistry registry = PluginRegistry.discover();
 * registry.problems().forEach(System.err::println);          // the others still work
 * registry.find(Kind.of(Strategy.Factory.class), "ewc").ifPresent(entry -> print(entry.version()));
 * }</pre>
 */
package org.continuo.core.plugin;
