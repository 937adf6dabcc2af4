package org.continuo.core.plugin;

import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the modules of one plugin folder, in a layer of their own above the host's. */
final class FolderLayer {
  private final FolderContents contents;
  private final Collection<PluginJar> used;
  private final List<LoadedFolder> needs;
  private final HostModules host;
  private final Set<String> packages;

  private FolderLayer(
      FolderGraph graph, FolderContents contents, List<LoadedFolder> needs, HostModules host) {
    this.contents = contents;
    this.used = graph.used();
    this.needs = needs;
    this.host = host;
    this.packages = contents.packages();
  }

  /**
   * @param needs the folders that have what its jars require from outside
   */
  static LoadedFolder define(
      FolderGraph graph, FolderContents contents, List<LoadedFolder> needs, HostModules host)
      throws Unusable {
    FolderLayer folder = new FolderLayer(graph, contents, needs, host);
    folder.requirePackagesOfItsOwn();
    return new LoadedFolder(contents, needs, folder.define());
  }

  /** The module system would say so too, for the first of them and without the jars. */
  private void requirePackagesOfItsOwn() throws Unusable {
    List<String> problems = new ArrayList<>();
    Map<String, PluginJar> owners = new TreeMap<>();
    for (PluginJar jar : used) {
      for (String name : new TreeSet<>(jar.descriptor().packages())) {
        PluginJar other = owners.putIfAbsent(name, jar);
        if (other != null) {
          problems.add(
              "found package %s in both %s and %s, expected it in one; delete one of them"
                  .formatted(name, other.name(), jar.name()));
        }
      }
    }
    Set<Module> read = new HashSet<>(host.readBy(HostModules.API));
    used.stream()
        .filter(jar -> !jar.automatic())
        .forEach(jar -> read.addAll(HostReads.of(jar, contents, needs, host).named()));
    Map<String, String> hostOwners = new TreeMap<>();
    read.forEach(
        module -> HostModules.exported(module).forEach(p -> hostOwners.put(p, module.getName())));
    owners.forEach(
        (name, jar) -> {
          if (hostOwners.containsKey(name)) {
            problems.add(
                "found package %s in %s, expected it in %s only, which is Continuo's; build the jar without it"
                    .formatted(name, jar.name(), hostOwners.get(name)));
          }
        });
    if (!problems.isEmpty()) {
      throw new Unusable(String.join("; also ", problems));
    }
  }

  private ModuleLayer define() throws Unusable {
    // the host first: what another folder has for itself is not for this one
    List<ModuleLayer> parents = new ArrayList<>(List.of(host.layer()));
    needs.forEach(folder -> parents.add(folder.layer()));
    Map<String, ModuleReference> modules = new LinkedHashMap<>();
    used.forEach(jar -> modules.put(jar.module(), module(jar)));
    try {
      Configuration configuration =
          Configuration.resolve(
              new Found(modules),
              parents.stream().map(ModuleLayer::configuration).toList(),
              ModuleFinder.of(),
              modules.keySet());
      ModuleLayer.Controller controller =
          ModuleLayer.defineModulesWithOneLoader(configuration, parents, host.loader());
      used.forEach(jar -> link(jar, controller));
      return controller.layer();
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new Unusable(
          "found modules that do not go together ("
              + e.getMessage()
              + "); compare the versions of the jars, or ship fewer");
    }
  }

  private ModuleReference module(PluginJar jar) {
    return jar.automatic()
        ? FolderModule.plain(jar, contents, host)
        : FolderModule.explicit(jar, this::told, this::known);
  }

  private boolean told(Requires requires) {
    String module = requires.name();
    boolean elsewhere =
        needs.stream().anyMatch(folder -> folder.contents().jar(module).isPresent());
    return contents.jar(module).isPresent() || (host.has(module) ? !host.leaky(module) : elsewhere);
  }

  private boolean known(String servicePackage) {
    return packages.contains(servicePackage)
        || host.layer().modules().stream()
            .filter(module -> module.getPackages().contains(servicePackage))
            .noneMatch(module -> host.leaky(module.getName()));
  }

  private void link(PluginJar jar, ModuleLayer.Controller controller) {
    ModuleLayer layer = controller.layer();
    Module module = layer.findModule(jar.module()).orElseThrow();
    Module core = FolderLayer.class.getModule();
    if (jar.automatic()) {
      host.layer().modules().stream()
          .filter(other -> other.getPackages().stream().noneMatch(packages::contains))
          .forEach(other -> controller.addReads(module, other));
      layer.modules().forEach(other -> controller.addReads(module, other));
      return;
    }
    HostReads reads = HostReads.of(jar, contents, needs, host);
    reads.all(packages).forEach(other -> controller.addReads(module, other));
    if (reads.readsAutomatic()) {
      used.stream()
          .filter(PluginJar::automatic)
          .map(other -> layer.findModule(other.module()).orElseThrow())
          .forEach(other -> controller.addReads(module, other));
    }
    // what 'opens' is for in a module of the host: plugins and records of options are made here
    if (!module.getDescriptor().isOpen()) {
      module.getPackages().forEach(name -> controller.addOpens(module, name, core));
    }
  }

  private record Found(Map<String, ModuleReference> modules) implements ModuleFinder {
    @Override
    public Optional<ModuleReference> find(String name) {
      return Optional.ofNullable(modules.get(name));
    }

    @Override
    public Set<ModuleReference> findAll() {
      return Set.copyOf(modules.values());
    }
  }
}
