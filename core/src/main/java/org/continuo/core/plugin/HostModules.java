package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Version;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Plugin;

/** The modules Continuo and Java were started with, as plugin folders see them. */
final class HostModules {
  /** What plugins are made of. */
  static final String API = "org.continuo.api";

  /** Their objects cross between host and plugin, so there can be only one of each. */
  private static final Set<String> SHARED = Set.of(API, "org.continuo.results", "org.slf4j");

  private final ModuleLayer layer;
  private final Set<Module> automatic;

  HostModules(ModuleLayer layer) {
    this.layer = layer;
    this.automatic =
        layer.modules().stream()
            .filter(module -> module.getDescriptor().isAutomatic())
            .collect(Collectors.toUnmodifiableSet());
  }

  ModuleLayer layer() {
    return layer;
  }

  ClassLoader loader() {
    return Plugin.class.getClassLoader();
  }

  boolean has(String module) {
    return layer.findModule(module).isPresent();
  }

  static boolean shares(String module) {
    return SHARED.contains(module);
  }

  Optional<Version> version(String module) {
    return layer.findModule(module).flatMap(found -> found.getDescriptor().version());
  }

  /** The modules one reads that requires {@code module}, by name and not by being automatic. */
  Set<Module> readBy(String module) {
    Set<Module> found = new LinkedHashSet<>();
    collect(module, found);
    return found;
  }

  private void collect(String module, Set<Module> found) {
    Optional<Module> next = layer.findModule(module);
    if (next.isPresent() && found.add(next.get())) {
      next.get().getDescriptor().requires().stream()
          .filter(requires -> requires.modifiers().contains(Requires.Modifier.TRANSITIVE))
          .forEach(requires -> collect(requires.name(), found));
    }
  }

  /** Who reads one of them reads all of them, says the module system. */
  Set<Module> automatic() {
    return automatic;
  }

  /**
   * True if requiring it leads to an automatic module, and so to every library of the host that is
   * one: the module system then refuses a private version of any of those.
   */
  boolean leaky(String module) {
    return readBy(module).stream().anyMatch(automatic::contains);
  }

  /** Those that the module system may be told a folder reads, without harm to its own libraries. */
  Set<Module> plain(Predicate<Module> wanted) {
    return layer.modules().stream()
        .filter(wanted)
        .filter(module -> !leaky(module.getName()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The packages {@code module} lets everyone see. */
  static Set<String> exported(Module module) {
    return module.getPackages().stream()
        .filter(module::isExported)
        .collect(Collectors.toUnmodifiableSet());
  }
}
