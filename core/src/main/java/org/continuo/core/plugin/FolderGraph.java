package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor.Requires;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which jars of a folder are used, and what they require from outside it. */
final class FolderGraph {
  private final FolderContents contents;
  private final Collection<PluginJar> used;

  /**
   * A module required from outside the folder and the host.
   *
   * @param optional true for {@code requires static}
   */
  record Need(PluginJar by, String module, boolean optional) {}

  FolderGraph(FolderContents contents) {
    this.contents = contents;
    this.used = used(contents);
  }

  /** The jars the plugins lead to. A plain jar cannot say what it needs: with one, it is all. */
  Collection<PluginJar> used() {
    return used;
  }

  private static Collection<PluginJar> used(FolderContents contents) {
    if (contents.hasAutomatic()) {
      return contents.jars().values();
    }
    Map<String, PluginJar> reached = new LinkedHashMap<>();
    Deque<PluginJar> next = new ArrayDeque<>(contents.mains());
    while (!next.isEmpty()) {
      PluginJar jar = next.remove();
      if (reached.putIfAbsent(jar.module(), jar) == null) {
        jar.descriptor().requires().stream()
            .flatMap(requires -> contents.jar(requires.name()).stream())
            .forEach(next::add);
        contents.jars().values().stream().filter(other -> serves(other, jar)).forEach(next::add);
      }
    }
    return contents.jars().values().stream()
        .filter(jar -> reached.containsKey(jar.module()))
        .toList();
  }

  private static boolean serves(PluginJar other, PluginJar jar) {
    return other.descriptor().provides().stream()
        .anyMatch(provides -> jar.descriptor().uses().contains(provides.service()));
  }

  /** What is required of other folders. */
  List<Need> needs(HostModules host) {
    List<Need> needs = new ArrayList<>();
    for (PluginJar jar : used) {
      jar.descriptor().requires().stream()
          .filter(requires -> contents.jar(requires.name()).isEmpty())
          .filter(requires -> !host.has(requires.name()))
          .map(
              requires ->
                  new Need(
                      jar,
                      requires.name(),
                      requires.modifiers().contains(Requires.Modifier.STATIC)))
          .forEach(needs::add);
    }
    return needs;
  }

  /** What is wrong with the versions of the api and its libraries that its jars were built with. */
  List<String> strangers(HostModules host) {
    return used.stream()
        .flatMap(
            jar ->
                HostModules.offered().stream()
                    .flatMap(module -> stranger(jar, module, host).stream()))
        .toList();
  }

  private static Optional<String> stranger(PluginJar jar, String module, HostModules host) {
    Optional<ApiVersion> here = host.version(module).flatMap(ApiVersion::parse);
    return jar.builtWith(module)
        .flatMap(ApiVersion::parse)
        .filter(built -> here.filter(found -> !found.runs(built)).isPresent())
        .map(
            built ->
                "found %s %s, expected %s or later, before %s, as %s is built with that; install a version of the plugin for this Continuo, or another Continuo"
                    .formatted(
                        module,
                        host.version(module).orElseThrow(),
                        jar.builtWith(module).orElseThrow(),
                        built.next(),
                        jar.name()));
  }
}
