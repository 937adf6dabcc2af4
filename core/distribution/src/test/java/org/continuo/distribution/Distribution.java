package org.continuo.distribution;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Plugin;

/** The assembled distribution, as the JVM finds it on its module path. */
final class Distribution {
  static final Path HOME = Path.of(System.getProperty("continuo.distribution"));
  static final Path MODULE_PATH = HOME.resolve("lib");
  static final Path CLASS_PATH = HOME.resolve("native");

  static final String API = "org.continuo.api";

  /** What plugins and the host share, on one floor above the api. */
  static final Set<String> LIBRARIES =
      Set.of("org.continuo.results", "org.continuo.checkpoints", "org.continuo.methods");

  /** The floors of the host, lowest first. */
  static final List<String> HOST =
      List.of("org.continuo.core", "org.continuo.suite", "org.continuo.cli");

  private Distribution() {}

  /** All modules, with those of libraries. */
  static List<ModuleReference> modules() {
    return ModuleFinder.of(MODULE_PATH).findAll().stream()
        .sorted(Comparator.comparing(module -> module.descriptor().name()))
        .toList();
  }

  /** Continuo's own modules. */
  static List<ModuleReference> rooms() {
    return modules().stream().filter(module -> isRoom(module.descriptor().name())).toList();
  }

  static List<ModuleReference> libraries() {
    return rooms().stream()
        .filter(module -> LIBRARIES.contains(module.descriptor().name()))
        .toList();
  }

  /** Own modules above the libraries that are no floor of the host. */
  static List<ModuleReference> plugins() {
    return rooms().stream()
        .filter(module -> !module.descriptor().name().equals(API))
        .filter(module -> !LIBRARIES.contains(module.descriptor().name()))
        .filter(module -> !HOST.contains(module.descriptor().name()))
        .toList();
  }

  static ModuleReference room(String name) {
    return rooms().stream()
        .filter(module -> module.descriptor().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no module " + name + " in " + MODULE_PATH));
  }

  static boolean isRoom(String module) {
    return module.startsWith("org.continuo.");
  }

  static Path jar(ModuleReference module) {
    return Path.of(module.location().orElseThrow());
  }

  static JavaClasses classes(List<ModuleReference> modules) {
    return new ClassFileImporter()
        .importLocations(
            modules.stream()
                .map(module -> URI.create("jar:" + module.location().orElseThrow() + "!/"))
                .map(Location::of)
                .toList());
  }

  static Set<String> requires(ModuleReference module) {
    return module.descriptor().requires().stream()
        .map(Requires::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The classes a module offers as plugins. */
  static Set<String> provided(ModuleReference module) {
    return module.descriptor().provides().stream()
        .filter(provides -> provides.service().equals(Plugin.class.getName()))
        .map(ModuleDescriptor.Provides::providers)
        .flatMap(List::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
