package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor.Requires;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which modules of the host one module of a folder reads, by the rules of the module system: what
 * it requires, what that requires transitively, and with any automatic module all of them.
 */
final class HostReads {
  private final HostModules host;
  private final Set<Module> named = new LinkedHashSet<>();
  private final Set<PluginJar> visited = new HashSet<>();
  private boolean readsAutomatic;

  private HostReads(HostModules host) {
    this.host = host;
  }

  static HostReads of(
      PluginJar jar, FolderContents contents, List<LoadedFolder> needs, HostModules host) {
    HostReads reads = new HostReads(host);
    jar.descriptor().requires().forEach(r -> reads.follow(r.name(), contents, needs));
    return reads;
  }

  private void follow(String module, FolderContents contents, List<LoadedFolder> needs) {
    if (contents.jar(module).isPresent()) {
      pass(contents.jar(module).get(), contents, needs);
    } else if (host.has(module)) {
      Set<Module> read = host.readBy(module);
      named.addAll(read);
      readsAutomatic |= !Collections.disjoint(read, host.automatic());
    } else {
      needs.stream()
          .filter(folder -> folder.contents().jar(module).isPresent())
          .forEach(
              folder ->
                  pass(folder.contents().jar(module).get(), folder.contents(), folder.needs()));
    }
  }

  private void pass(PluginJar jar, FolderContents contents, List<LoadedFolder> needs) {
    readsAutomatic |= jar.automatic();
    if (visited.add(jar)) {
      jar.descriptor().requires().stream()
          .filter(requires -> requires.modifiers().contains(Requires.Modifier.TRANSITIVE))
          .forEach(requires -> follow(requires.name(), contents, needs));
    }
  }

  /** Those it names, itself or through others: their packages it cannot have of its own. */
  Set<Module> named() {
    return named;
  }

  boolean readsAutomatic() {
    return readsAutomatic;
  }

  /** All it reads beside packages of its own folder. */
  Set<Module> all(Set<String> ownPackages) {
    Set<Module> all = new LinkedHashSet<>(named);
    if (readsAutomatic) {
      all.addAll(
          host.automatic().stream()
              .filter(module -> Collections.disjoint(module.getPackages(), ownPackages))
              .collect(Collectors.toSet()));
    }
    return all;
  }
}
