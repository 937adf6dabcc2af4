package org.continuo.core.plugin;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A module of a folder as the module system is told of it. Left as it is, it would read the host's
 * automatic modules (DJL, Guice), and so could not have a version of its own of any of them; nor
 * could a plain jar, which reads all there is. What is withheld here {@link FolderLayer} links
 * later.
 */
final class FolderModule extends ModuleReference {
  private final ModuleReference jar;

  private FolderModule(ModuleDescriptor descriptor, ModuleReference jar) {
    super(descriptor, jar.location().orElse(null));
    this.jar = jar;
  }

  @Override
  public ModuleReader open() throws IOException {
    return jar.open();
  }

  /**
   * @param told whether the module system is to know that a module of this name is required
   * @param known whether the package of a service can be seen
   */
  static FolderModule explicit(PluginJar jar, Predicate<Requires> told, Predicate<String> known) {
    ModuleDescriptor is = jar.descriptor();
    ModuleDescriptor.Builder builder =
        is.isOpen()
            ? ModuleDescriptor.newOpenModule(is.name())
            : ModuleDescriptor.newModule(is.name());
    is.version().ifPresent(builder::version);
    builder.packages(is.packages());
    is.requires().stream().filter(told).forEach(builder::requires);
    is.exports().forEach(builder::exports);
    is.opens().forEach(builder::opens);
    is.uses().stream().filter(service -> known.test(packageOf(service))).forEach(builder::uses);
    is.provides().stream()
        .filter(provides -> known.test(packageOf(provides.service())))
        .forEach(builder::provides);
    return new FolderModule(builder.build(), jar.reference());
  }

  /** A plain jar as an open module that exports everything. */
  static FolderModule plain(PluginJar jar, FolderContents contents, HostModules host) {
    ModuleDescriptor is = jar.descriptor();
    Set<Module> read =
        host.plain(module -> Collections.disjoint(module.getPackages(), contents.packages()));
    ModuleDescriptor.Builder builder = ModuleDescriptor.newOpenModule(is.name());
    is.version().ifPresent(builder::version);
    builder.packages(is.packages());
    is.packages().forEach(builder::exports);
    Set<String> seen = new HashSet<>(is.packages());
    Set<String> services = new HashSet<>();
    for (Module module : read) {
      builder.requires(
          module.getName().equals("java.base") ? Set.of(Requires.Modifier.MANDATED) : Set.of(),
          module.getName());
      seen.addAll(HostModules.exported(module));
      services.addAll(module.getDescriptor().uses());
    }
    for (String owner : serviceOwners(jar, contents)) {
      builder.requires(owner);
      seen.addAll(contents.jars().get(owner).descriptor().packages());
    }
    for (ModuleDescriptor.Provides provides : is.provides()) {
      if (seen.contains(packageOf(provides.service()))) {
        builder.provides(provides);
      }
    }
    contents.jars().values().stream()
        .flatMap(other -> other.descriptor().provides().stream())
        .forEach(provides -> services.add(provides.service()));
    services.stream().filter(s -> seen.contains(packageOf(s))).forEach(builder::uses);
    return new FolderModule(builder.build(), jar.reference());
  }

  /** The explicit modules beside it whose services it provides, if they do not require it back. */
  private static Set<String> serviceOwners(PluginJar jar, FolderContents contents) {
    Set<String> owners = new LinkedHashSet<>();
    for (ModuleDescriptor.Provides provides : jar.descriptor().provides()) {
      Optional<PluginJar> owner =
          contents.jars().values().stream()
              .filter(other -> !other.automatic())
              .filter(
                  other -> other.descriptor().packages().contains(packageOf(provides.service())))
              .filter(other -> !leadsTo(other, jar.module(), contents, new HashSet<>()))
              .findFirst();
      owner.map(PluginJar::module).ifPresent(owners::add);
    }
    return owners;
  }

  private static boolean leadsTo(
      PluginJar from, String module, FolderContents contents, Set<String> visited) {
    if (from.automatic() || from.module().equals(module)) {
      return true;
    }
    return visited.add(from.module())
        && from.descriptor().requires().stream()
            .flatMap(requires -> contents.jar(requires.name()).stream())
            .anyMatch(next -> leadsTo(next, module, contents, visited));
  }

  static String packageOf(String type) {
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }
}
