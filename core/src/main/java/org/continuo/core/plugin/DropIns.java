package org.continuo.core.plugin;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.core.plugin.DropIn.State;
import org.continuo.core.plugin.FolderGraph.Need;
import org.continuo.core.plugin.PluginRegistry.Entry;

/**
 * Brings up plugin folders, those that others need before them. A folder is all there or not at
 * all; one that fails costs a line, and those that need it theirs.
 */
final class DropIns {
  private final HostModules host;
  private final List<Entry> entries;
  private final Map<Path, DropIn> states = new LinkedHashMap<>();
  private final Map<Path, FolderContents> contents = new LinkedHashMap<>();
  private final Map<Path, FolderGraph> graphs = new LinkedHashMap<>();
  private final Map<String, Path> owners = new LinkedHashMap<>();
  private final Map<Path, LoadedFolder> loaded = new LinkedHashMap<>();

  private DropIns(HostModules host, List<Entry> builtIn) {
    this.host = host;
    this.entries = new ArrayList<>(builtIn);
  }

  /**
   * @param entries of the host and of the folders
   * @param folders in the order they were found
   * @param problems of places that hold folders
   */
  record Outcome(List<Entry> entries, List<DropIn> folders, List<String> problems) {}

  /**
   * @param places folders of plugin folders
   */
  static Outcome load(List<Path> places, ModuleLayer layer, List<Entry> builtIn) {
    DropIns dropIns = new DropIns(new HostModules(layer), builtIn);
    List<Path> folders = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    new LinkedHashSet<>(places).forEach(place -> find(place, folders, problems));
    folders.forEach(dropIns::read);
    if (!dropIns.graphs.isEmpty()) {
      initialiseDjl(dropIns.host.loader());
    }
    folders.forEach(dropIns::bringUp);
    return new Outcome(
        dropIns.entries, folders.stream().map(dropIns.states::get).toList(), problems);
  }

  private static void find(Path place, List<Path> folders, List<String> problems) {
    try (Stream<Path> files = Files.list(place)) {
      List<Path> all = files.filter(file -> !name(file).startsWith(".")).sorted().toList();
      all.stream().filter(Files::isDirectory).forEach(folders::add);
      List<Path> jars = all.stream().filter(file -> name(file).endsWith(".jar")).toList();
      if (!jars.isEmpty()) {
        problems.add(
            "%s: found %s beside the plugin folders, expected each plugin in a folder with its libraries; move it to %s"
                .formatted(
                    place,
                    jars.stream().map(DropIns::name).collect(Collectors.joining(", ")),
                    place.resolve("NAME")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the plugins in " + place, e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** The first plugin whose stack it happens on would be held for good, and its loader asked. */
  private static void initialiseDjl(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Engine.getAllEngines();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void read(Path folder) {
    boolean disabled = Files.exists(folder.resolve(DropIn.SWITCH));
    try {
      FolderContents read = FolderContents.read(folder);
      contents.put(folder, read);
      if (!disabled) {
        requireNewNames(read);
      }
      read.mains().forEach(jar -> owners.putIfAbsent(jar.module(), folder));
      if (!disabled) {
        graphs.put(folder, new FolderGraph(read));
      }
    } catch (Unusable | RuntimeException e) {
      if (!disabled) {
        fail(folder, reason(e));
      }
    }
    if (disabled) {
      states.put(
          folder, new DropIn(folder, State.DISABLED, version(folder), List.of(), "", List.of()));
    }
  }

  private void requireNewNames(FolderContents read) throws Unusable {
    for (PluginJar jar : read.mains()) {
      Path owner = owners.get(jar.module());
      boolean enabled = owner != null && !states.containsKey(owner);
      if (host.has(jar.module()) || enabled) {
        throw new Unusable(
            "found module %s in %s, which %s already; delete or disable one of them"
                .formatted(
                    jar.module(), jar.name(), enabled ? owner + " has" : "Continuo has itself"));
      }
      owners.remove(jar.module());
    }
  }

  private void fail(Path folder, String why) {
    List<String> needs = graphs.containsKey(folder) ? others(graphs.get(folder)) : List.of();
    states.put(folder, DropIn.failed(folder, version(folder), needs, why));
  }

  private String version(Path folder) {
    return contents.containsKey(folder) ? contents.get(folder).version() : "";
  }

  private List<String> others(FolderGraph graph) {
    return graph.needs(host).stream().map(Need::module).distinct().toList();
  }

  private void bringUp(Path folder) {
    if (states.containsKey(folder)) {
      return;
    }
    try {
      requireNoCircle(folder);
      List<LoadedFolder> needs = needs(folder);
      LoadedFolder made = FolderLayer.define(graphs.get(folder), contents.get(folder), needs, host);
      List<String> notes = new ArrayList<>(contents.get(folder).notes());
      List<Entry> offered = plugins(made, notes);
      loaded.put(folder, made);
      entries.addAll(offered);
      states.put(
          folder,
          new DropIn(folder, State.ACTIVE, version(folder), others(graphs.get(folder)), "", notes));
    } catch (Unusable | RuntimeException | LinkageError e) {
      fail(folder, reason(e));
    }
  }

  /** Whatever the jars of strangers may provoke costs their folder a line and no other. */
  private static String reason(Throwable error) {
    return error instanceof Unusable ? error.getMessage() : Unusable.of(error).getMessage();
  }

  private void requireNoCircle(Path folder) throws Unusable {
    List<Path> circle = circle(folder, folder, new LinkedHashSet<>());
    if (!circle.isEmpty()) {
      throw new Unusable(
          "found plugins that need each other ("
              + Stream.concat(circle.stream(), Stream.of(folder))
                  .map(DropIns::name)
                  .collect(Collectors.joining(" -> "))
              + "), expected an order; move what both need into a plugin of its own");
    }
  }

  private List<Path> circle(Path from, Path to, Set<Path> path) {
    path.add(from);
    for (Path next : neededFolders(from)) {
      if (next.equals(to)) {
        return List.copyOf(path);
      }
      if (!path.contains(next)) {
        List<Path> circle = circle(next, to, path);
        if (!circle.isEmpty()) {
          return circle;
        }
      }
    }
    path.remove(from);
    return List.of();
  }

  private List<Path> neededFolders(Path folder) {
    return graphs.containsKey(folder)
        ? graphs.get(folder).needs(host).stream()
            .flatMap(need -> Optional.ofNullable(owners.get(need.module())).stream())
            .distinct()
            .toList()
        : List.of();
  }

  /** The folders it needs, brought up. */
  private List<LoadedFolder> needs(Path folder) throws Unusable {
    Set<LoadedFolder> needs = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>(graphs.get(folder).strangers(host));
    for (Need need : graphs.get(folder).needs(host)) {
      Optional<Path> owner = Optional.ofNullable(owners.get(need.module()));
      if (owner.isPresent()) {
        needed(need, owner.get(), problems).ifPresent(needs::add);
      } else if (!need.optional()) {
        problems.add(
            "found no module %s, which %s requires, in this folder, in Continuo or in another plugin; add its jar, or install the plugin it is"
                .formatted(need.module(), need.by().name()));
      }
    }
    if (!problems.isEmpty()) {
      throw new Unusable(String.join("; also ", problems));
    }
    return List.copyOf(needs);
  }

  private Optional<LoadedFolder> needed(Need need, Path owner, List<String> problems) {
    bringUp(owner);
    DropIn state = states.get(owner);
    if (state.state() != State.ACTIVE && need.optional()) {
      return Optional.empty();
    }
    if (state.state() != State.ACTIVE) {
      boolean failed = state.state() == State.FAILED;
      problems.add(
          "found %s %s, expected it active, as %s requires module %s of it; %s"
              .formatted(
                  owner,
                  failed ? "left out itself" : "disabled",
                  need.by().name(),
                  need.module(),
                  failed ? "mend it first" : "delete " + owner.resolve(DropIn.SWITCH)));
      return Optional.empty();
    }
    return Optional.of(loaded.get(owner));
  }

  private List<Entry> plugins(LoadedFolder folder, List<String> notes) throws Unusable {
    List<Entry> offered = new ArrayList<>();
    for (PluginJar jar : folder.contents().mains()) {
      Module module = folder.layer().findModule(jar.module()).orElseThrow();
      for (String type : jar.plugins()) {
        try {
          Entry entry =
              PluginReader.read(
                  () -> PluginReader.create(module, type), Optional.of(folder.contents().folder()));
          requireNewId(entry, offered);
          offered.add(preferredOnce(entry, notes));
        } catch (Unusable e) {
          throw new Unusable("plugin " + type + " in " + jar.name() + ": " + e.getMessage());
        }
      }
    }
    return offered;
  }

  private void requireNewId(Entry entry, List<Entry> offered) throws Unusable {
    Optional<Entry> other =
        Stream.concat(entries.stream(), offered.stream())
            .filter(known -> known.toString().equals(entry.toString()))
            .findFirst();
    if (other.isPresent()) {
      throw new Unusable(
          "found %s, which %s already; rename it"
              .formatted(
                  entry,
                  other
                      .get()
                      .folder()
                      .map(folder -> folder + " has")
                      .orElse("module " + other.get().module() + " has")));
    }
  }

  /** What files mean that name no type does not change with what is dropped in. */
  private Entry preferredOnce(Entry entry, List<String> notes) {
    Optional<Entry> other =
        entries.stream()
            .filter(known -> known.preferred() && known.kind().name().equals(entry.kind().name()))
            .findFirst();
    if (entry.preferred() && other.isPresent()) {
      notes.add(
          entry + " is not taken by default: '" + other.get().id() + "' is; name it in the file");
      return entry.unpreferred();
    }
    return entry;
  }
}
