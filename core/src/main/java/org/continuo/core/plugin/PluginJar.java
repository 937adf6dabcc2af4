package org.continuo.core.plugin;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.continuo.api.plugin.Plugin;

/** One jar of a plugin folder, read without running its code. */
record PluginJar(Path file, ModuleReference reference) {
  private static final String AUTOMATIC_NAME = "Automatic-Module-Name";
  private static final int CLASS_VERSION_OF_JAVA_0 = 44;

  static PluginJar read(Path file) throws Unusable {
    String name = file.getFileName().toString();
    Attributes manifest;
    try (JarFile jar = new JarFile(file.toFile())) {
      manifest =
          Optional.ofNullable(jar.getManifest())
              .map(Manifest::getMainAttributes)
              .orElseGet(Attributes::new);
      requireJavaOfToday(name, jar);
    } catch (IOException e) {
      throw new Unusable(
          "found no readable jar in " + name + " (" + e.getMessage() + "); copy it here again");
    }
    Optional<String> automatic = Optional.ofNullable(manifest.getValue(AUTOMATIC_NAME));
    if (automatic.isPresent() && isDjl(automatic.get())) {
      throw djl(name);
    }
    try {
      ModuleReference reference = ModuleFinder.of(file).findAll().iterator().next();
      PluginJar jar = new PluginJar(file, reference);
      if (isDjl(jar.module()) || jar.descriptor().packages().stream().anyMatch(PluginJar::isDjl)) {
        throw djl(name);
      }
      return jar;
    } catch (FindException e) {
      throw new Unusable(unnamed(name, automatic, e));
    }
  }

  private static boolean isDjl(String name) {
    return name.equals("ai.djl") || name.startsWith("ai.djl.");
  }

  private static Unusable djl(String name) {
    return new Unusable(
        "found DJL in "
            + name
            + ", expected none: Continuo has loaded it, and its native libraries load once; delete"
            + " this jar, or give what brings it the scope 'provided'");
  }

  private static void requireJavaOfToday(String name, JarFile jar) throws IOException, Unusable {
    ZipEntry descriptor = jar.getEntry("module-info.class");
    if (descriptor == null) {
      return;
    }
    try (DataInputStream in = new DataInputStream(jar.getInputStream(descriptor))) {
      in.readInt();
      in.readUnsignedShort();
      int needed = in.readUnsignedShort() - CLASS_VERSION_OF_JAVA_0;
      int running = Runtime.version().feature();
      if (needed > running) {
        throw new Unusable(
            "found %s built for Java %d, expected Java %d or older; start Continuo with Java %d, or build it with --release %d"
                .formatted(name, needed, running, needed, running));
      }
    }
  }

  private static String unnamed(String name, Optional<String> automatic, FindException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = Optional.ofNullable(root.getMessage()).orElse("no reason given");
    return why.contains("Invalid module name")
        ? "found no module name in "
            + name
            + automatic.map(given -> " (" + AUTOMATIC_NAME + ": " + given + ")").orElse("")
            + ", expected Java identifiers joined by dots; "
            + (automatic.isPresent() ? "mend its manifest" : "rename the file to NAME-VERSION.jar")
            + ", or delete it if it holds native code only"
        : "found no module in " + name + " (" + why + "); build it again";
  }

  ModuleDescriptor descriptor() {
    return reference.descriptor();
  }

  String module() {
    return descriptor().name();
  }

  String name() {
    return file.getFileName().toString();
  }

  boolean automatic() {
    return descriptor().isAutomatic();
  }

  /** The version of {@code module} it was compiled with, if its compiler noted one. */
  Optional<String> builtWith(String module) {
    return descriptor().requires().stream()
        .filter(requires -> requires.name().equals(module))
        .findFirst()
        .flatMap(Requires::rawCompiledVersion);
  }

  /** The classes it offers as plugins. */
  List<String> plugins() {
    return descriptor().provides().stream()
        .filter(provides -> provides.service().equals(Plugin.class.getName()))
        .flatMap(provides -> provides.providers().stream())
        .toList();
  }
}
