package org.continuo.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.plugin.Plugin;

/**
 * The jars of one plugin folder, read without running their code.
 *
 * @param jars by module name; without those whose modules the host shares
 * @param notes what was passed over
 */
record FolderContents(Path folder, Map<String, PluginJar> jars, List<String> notes) {
  FolderContents {
    notes = List.copyOf(notes);
  }

  /**
   * @throws Unusable with everything that is wrong with single jars, or with their being together
   */
  static FolderContents read(Path folder) throws Unusable {
    Map<String, PluginJar> jars = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        PluginJar jar = PluginJar.read(file);
        if (HostModules.shares(jar.module())) {
          notes.add("passes over " + jar.name() + ": Continuo provides " + jar.module());
        } else {
          PluginJar other = jars.putIfAbsent(jar.module(), jar);
          if (other != null) {
            problems.add(
                "found module %s in both %s and %s, expected it once; delete one of them"
                    .formatted(jar.module(), other.name(), jar.name()));
          }
        }
      } catch (Unusable e) {
        problems.add(e.getMessage());
      }
    }
    FolderContents contents = new FolderContents(folder, jars, notes);
    if (problems.isEmpty() && contents.mains().isEmpty()) {
      problems.add(contents.noPlugin());
    }
    if (!problems.isEmpty()) {
      throw new Unusable(String.join("; also ", problems));
    }
    return contents;
  }

  private static List<Path> files(Path folder) throws Unusable {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new Unusable("found a folder that cannot be read (" + e + "); allow reading it");
    }
  }

  private String noPlugin() {
    String service = Plugin.class.getName();
    return jars.isEmpty()
        ? "found no jar, expected the plugin's jar and those of its libraries; copy them there"
        : "found no plugin in "
            + jars.values().stream().map(PluginJar::name).collect(Collectors.joining(", "))
            + ", expected one; add 'provides "
            + service
            + " with CLASS;' to its module-info.java, or a file META-INF/services/"
            + service
            + " to a plain jar";
  }

  /** Those that offer plugins; other folders may need them. */
  List<PluginJar> mains() {
    return jars.values().stream().filter(jar -> !jar.plugins().isEmpty()).toList();
  }

  Optional<PluginJar> jar(String module) {
    return Optional.ofNullable(jars.get(module));
  }

  boolean hasAutomatic() {
    return jars.values().stream().anyMatch(PluginJar::automatic);
  }

  Set<String> packages() {
    return jars.values().stream()
        .flatMap(jar -> jar.descriptor().packages().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Version of the plugin; empty if it carries none. */
  String version() {
    return mains().stream()
        .flatMap(jar -> jar.descriptor().rawVersion().stream())
        .findFirst()
        .orElse("");
  }
}
