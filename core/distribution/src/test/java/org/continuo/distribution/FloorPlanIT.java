package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.plugin.Plugin;
import org.junit.jupiter.api.Test;

/** Who may know whom, read from the module descriptors of the jars that run. */
class FloorPlanIT {
  /** DJL's engine-neutral tensors; it also holds an engine for remote calls. */
  private static final String TENSORS = "ai.djl.api";

  private static final String ENGINE_PROVIDER = "ai.djl.engine.EngineProvider";

  @Test
  void everyJarOfOursIsANamedModule() throws IOException {
    Set<Path> jars;
    try (Stream<Path> files = Files.list(Distribution.MODULE_PATH)) {
      jars =
          files
              .filter(file -> file.getFileName().toString().startsWith("continuo-"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<Path> modules =
        Distribution.rooms().stream()
            .filter(module -> !module.descriptor().isAutomatic())
            .map(Distribution::jar)
            .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(jars.isEmpty());
    assertEquals(
        jars, modules, "each needs a module-info.java whose name starts with org.continuo");
  }

  @Test
  void theApiKnowsTheJdkBaseAndTheTensorLibraryOnly() {
    assertEquals(
        Set.of("java.base", TENSORS), Distribution.requires(Distribution.room(Distribution.API)));
  }

  @Test
  void librariesKnowTheApiAndLibrariesOnly() {
    Set<String> below = withLibraries(Distribution.API);
    each(Distribution.libraries(), module -> knowsOnly(below, module));
  }

  @Test
  void eachFloorOfTheHostKnowsThoseBelow() {
    Set<String> below = withLibraries(Distribution.API);
    for (String floor : Distribution.HOST) {
      knowsOnly(below, Distribution.room(floor));
      below.add(floor);
    }
  }

  @Test
  void theHostNamesNoEngine() {
    Set<String> required = new TreeSet<>();
    Distribution.HOST.forEach(
        floor -> required.addAll(Distribution.requires(Distribution.room(floor))));
    Set<String> engines =
        Distribution.modules().stream()
            .filter(FloorPlanIT::providesEngine)
            .map(module -> module.descriptor().name())
            .filter(name -> !name.equals(TENSORS))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(engines.contains("ai.djl.pytorch_engine"), "engines found: " + engines);
    engines.retainAll(required);
    assertEquals(Set.of(), engines, "engines that the host requires");
  }

  @Test
  void pluginsKnowTheApiAndLibrariesOnly() {
    Set<String> below = withLibraries(Distribution.API);
    each(Distribution.plugins(), module -> knowsOnly(below, module));
  }

  /** A floor of the host opens to those above it and to the testkit, by name. */
  @Test
  void onlyTheApiAndLibrariesExport() {
    Set<String> exporting = withLibraries(Distribution.API);
    each(
        Distribution.rooms(),
        module ->
            assertEquals(
                exporting.contains(module.descriptor().name()),
                module.descriptor().exports().stream().anyMatch(exports -> !exports.isQualified()),
                () -> module.descriptor().name() + " exports " + module.descriptor().exports()));
  }

  /** A module without code yet offers nothing and harms nobody. */
  @Test
  void everyPluginModuleOffersPlugins() {
    each(
        Distribution.plugins().stream()
            .filter(module -> !module.descriptor().packages().isEmpty())
            .toList(),
        module ->
            assertFalse(
                Distribution.provided(module).isEmpty(),
                module.descriptor().name()
                    + " has code but no 'provides "
                    + Plugin.class.getName()));
  }

  @Test
  void everyPluginClassIsOffered() {
    each(
        Distribution.rooms(),
        module ->
            assertEquals(
                pluginClasses(module),
                Distribution.provided(module),
                module.descriptor().name() + ": plugin classes and 'provides' differ"));
  }

  @Test
  void noPackageIsSplit() {
    Map<String, Set<String>> owners = new TreeMap<>();
    for (ModuleReference module : Distribution.modules()) {
      for (String name : module.descriptor().packages()) {
        owners.computeIfAbsent(name, n -> new TreeSet<>()).add(module.descriptor().name());
      }
    }
    assertFalse(owners.isEmpty());
    owners.values().removeIf(modules -> modules.size() == 1);
    assertEquals(Map.of(), owners, "packages that are in more than one module");
  }

  /** Classes there would be invisible to every module. */
  @Test
  void theClassPathHoldsNativeLibrariesOnly() throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Distribution.CLASS_PATH)) {
      jars = files.toList();
    }
    assertFalse(jars.isEmpty());
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile())) {
        assertEquals(
            List.of(),
            jar.stream().map(Object::toString).filter(e -> e.endsWith(".class")).toList(),
            path.toString());
      }
    }
  }

  private static Set<String> withLibraries(String room) {
    Set<String> rooms = new TreeSet<>(Distribution.LIBRARIES);
    rooms.add(room);
    return rooms;
  }

  private static void knowsOnly(Set<String> below, ModuleReference module) {
    Set<String> known = rooms(Distribution.requires(module));
    known.removeAll(below);
    assertEquals(
        Set.of(),
        known,
        module.descriptor().name() + ": what two rooms of a floor share moves down into a library");
  }

  private static Set<String> pluginClasses(ModuleReference module) {
    return Distribution.classes(List.of(module)).stream()
        .filter(type -> type.isAssignableTo(Plugin.class) && !type.isInterface())
        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean providesEngine(ModuleReference module) {
    return module.descriptor().provides().stream()
        .anyMatch(provides -> provides.service().equals(ENGINE_PROVIDER));
  }

  private static Set<String> rooms(Collection<String> modules) {
    return modules.stream()
        .filter(Distribution::isRoom)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void each(Collection<ModuleReference> modules, Consumer<ModuleReference> rule) {
    assertFalse(modules.isEmpty(), "no module to look at");
    assertAll(modules.stream().map(module -> () -> rule.accept(module)));
  }
}
