package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which jars of a folder are used, and what they require from outside it. */
final class FolderGraph {
  private final FolderContents contents;
  private final Collection<PluginJar> used;

  /**
   * A module required from outside the folder.
   *
   * @param optional true for {@code requires static}
   */
  record Need(PluginJar by, String module, VersionRange range, boolean optional) {
    Optional<String> unmet(Version found, String where, String remedy) {
      return range.contains(found)
          ? Optional.empty()
          : Optional.of(
              "found %s %s%s, expected one in %s, which %s asks for; %s"
                  .formatted(module, found, where, range, by.name(), remedy));
    }
  }

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

  /** What is required from outside; of the host, only what a version is asked of. */
  List<Need> needs(HostModules host) {
    List<Need> needs = new ArrayList<>();
    for (PluginJar jar : used) {
      for (Requires requires : jar.descriptor().requires()) {
        boolean optional = requires.modifiers().contains(Requires.Modifier.STATIC);
        range(jar, requires, host)
            .map(range -> new Need(jar, requires.name(), range, optional))
            .ifPresent(needs::add);
      }
      Set<String> required =
          jar.descriptor().requires().stream().map(Requires::name).collect(Collectors.toSet());
      jar.ranges().entrySet().stream()
          .filter(entry -> !required.contains(entry.getKey()))
          .filter(entry -> contents.jar(entry.getKey()).isEmpty())
          .sorted(Map.Entry.comparingByKey())
          .map(entry -> new Need(jar, entry.getKey(), entry.getValue(), false))
          .forEach(needs::add);
    }
    return needs;
  }

  private Optional<VersionRange> range(PluginJar jar, Requires requires, HostModules host) {
    String module = requires.name();
    if (contents.jar(module).isPresent()) {
      return Optional.empty();
    }
    Optional<VersionRange> asked = Optional.ofNullable(jar.ranges().get(module));
    boolean builtAgainst = HostModules.offers(module) || !host.has(module);
    Optional<VersionRange> compatible =
        requires.rawCompiledVersion().filter(v -> builtAgainst).map(VersionRange::compatibleWith);
    return asked
        .or(() -> compatible)
        .or(() -> host.has(module) ? Optional.empty() : Optional.of(VersionRange.ANY));
  }
}
