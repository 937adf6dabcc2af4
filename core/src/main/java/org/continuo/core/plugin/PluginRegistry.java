package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/**
 * The plugins that are there, by kind and id. What is wrong with one is a line in {@link
 * #problems()} and leaves the others as they are.
 */
public final class PluginRegistry {
  private final List<Entry> entries;
  private final List<DropIn> dropIns;
  private final List<String> problems;

  private PluginRegistry(List<Entry> candidates, List<DropIn> dropIns, List<String> found) {
    this.dropIns = List.copyOf(dropIns);
    List<List<Entry>> duplicates = clashes(candidates, Entry::toString);
    entries =
        candidates.stream()
            .filter(entry -> duplicates.stream().noneMatch(same -> same.contains(entry)))
            .sorted(
                Comparator.comparing((Entry entry) -> entry.kind().name()).thenComparing(Entry::id))
            .toList();
    List<List<Entry>> rivals =
        clashes(entries.stream().filter(Entry::preferred).toList(), entry -> entry.kind().name());
    problems =
        Stream.of(
                found.stream(),
                dropIns.stream().flatMap(folder -> folder.problem().stream()),
                duplicates.stream().map(PluginRegistry::duplicate),
                rivals.stream().map(PluginRegistry::rival))
            .flatMap(part -> part)
            .toList();
  }

  private static String duplicate(List<Entry> same) {
    return same.get(0)
        + " is provided more than once: found "
        + providers(same)
        + ", expected one; none is used until one of the modules is removed or a plugin renamed";
  }

  private static String rival(List<Entry> same) {
    return "two preferred plugins of kind "
        + same.get(0).kind().name()
        + ": found "
        + providers(same)
        + ", expected at most one; none is taken by default until one of the modules is removed";
  }

  /**
   * One plugin, its answers read once.
   *
   * @param preferred what it says itself; {@link PluginRegistry#preferred} knows of clashes
   * @param folder the plugin folder it was found in; empty if it is a part of this program
   */
  public record Entry(
      Kind kind,
      String id,
      String summary,
      boolean preferred,
      Plugin<?, ?> plugin,
      Optional<Path> folder) {
    Entry unpreferred() {
      return new Entry(kind, id, summary, false, plugin, folder);
    }

    /** Name of the module that provides it; on the class path, of its package. */
    public String module() {
      Module module = plugin.getClass().getModule();
      return module.isNamed() ? module.getName() : plugin.getClass().getPackageName();
    }

    /** Version of the module that provides it; {@code unversioned} if it carries none. */
    public String version() {
      return Optional.ofNullable(plugin.getClass().getModule().getDescriptor())
          .flatMap(ModuleDescriptor::rawVersion)
          .orElse("unversioned");
    }

    public Object create(Record options) {
      return create(plugin, options);
    }

    public Set<Capability> needs(Record options) {
      return needs(plugin, options);
    }

    public Set<Capability> uses(Record options) {
      return uses(plugin, options);
    }

    public Set<Capability> offers(Record options) {
      return offers(plugin, options);
    }

    public List<String> conflicts(Record options) {
      return conflicts(plugin, options);
    }

    private static <F, O extends Record> F create(Plugin<F, O> plugin, Record options) {
      return plugin.create(plugin.options().cast(options));
    }

    private static <F, O extends Record> Set<Capability> uses(Plugin<F, O> plugin, Record options) {
      return plugin.uses(plugin.options().cast(options));
    }

    private static <F, O extends Record> Set<Capability> needs(
        Plugin<F, O> plugin, Record options) {
      return plugin.needs(plugin.options().cast(options));
    }

    private static <F, O extends Record> Set<Capability> offers(
        Plugin<F, O> plugin, Record options) {
      return plugin.offers(plugin.options().cast(options));
    }

    private static <F, O extends Record> List<String> conflicts(
        Plugin<F, O> plugin, Record options) {
      return plugin.conflicts(plugin.options().cast(options));
    }

    /** As messages name it: {@code strategy 'ewc'}. */
    @Override
    public String toString() {
      return kind.name() + " '" + id + "'";
    }
  }

  /**
   * The plugins of the modules this program was started with, and of plugin folders.
   *
   * @param places folders that hold plugin folders, the more important first
   */
  public static PluginRegistry discover(List<Path> places) {
    Module core = PluginRegistry.class.getModule();
    if (!core.isNamed()) {
      return new PluginRegistry(
          List.of(),
          List.of(),
          List.of(
              "no plugin can be found: Continuo was started on the class path, but plugins are"
                  + " declared in module-info only; start it with the continuo launcher, or with"
                  + " java --module-path LIBRARIES --add-modules ALL-MODULE-PATH -m"
                  + " org.continuo.cli/org.continuo.cli.Main"));
    }
    List<Entry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    provided(core.getLayer(), entries, problems);
    DropIns.Outcome all = DropIns.load(places, core.getLayer(), entries);
    problems.addAll(all.problems());
    return new PluginRegistry(all.entries(), all.folders(), problems);
  }

  /** The plugins of the modules of {@code layer} and of those below it. */
  static PluginRegistry discover(ModuleLayer layer) {
    List<Entry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    provided(layer, entries, problems);
    return new PluginRegistry(entries, List.of(), problems);
  }

  private static void provided(ModuleLayer layer, List<Entry> entries, List<String> problems) {
    var providers = ServiceLoader.load(layer, Plugin.class).stream().iterator();
    boolean more = true;
    while (more) {
      try {
        more = providers.hasNext();
        if (more) {
          var provider = providers.next();
          add(provider.type(), provider::get, entries, problems);
        }
      } catch (ServiceConfigurationError error) {
        problems.add("a plugin could not be found: " + Unusable.of(error).getMessage());
      }
    }
  }

  /** Exactly these plugins, for tests. */
  public static PluginRegistry of(List<? extends Plugin<?, ?>> plugins) {
    List<Entry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    plugins.forEach(plugin -> add(plugin.getClass(), () -> plugin, entries, problems));
    return new PluginRegistry(entries, List.of(), problems);
  }

  private static void add(
      Class<?> type, PluginReader.Source source, List<Entry> entries, List<String> problems) {
    try {
      entries.add(PluginReader.read(source, Optional.empty()));
    } catch (Unusable e) {
      Module module = type.getModule();
      problems.add(
          "plugin "
              + type.getName()
              + (module.isNamed() ? " of module " + module.getName() : "")
              + " is left out: "
              + e.getMessage());
    }
  }

  /** All that can be used, sorted by kind and id. */
  public List<Entry> entries() {
    return entries;
  }

  /** The plugin folders that were found, whatever became of them. */
  public List<DropIn> dropIns() {
    return dropIns;
  }

  /** What is wrong with plugins that were found, one line each. */
  public List<String> problems() {
    return problems;
  }

  /** Those that can stand where {@code kind} is asked for, sorted by id. */
  public List<Entry> entries(Kind kind) {
    return entries.stream().filter(entry -> kind.accepts(entry.kind())).toList();
  }

  public Optional<Entry> find(Kind kind, String id) {
    return entries(kind).stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /**
   * @throws IllegalArgumentException if the plugin is not one of this registry
   */
  public Entry entry(Plugin<?, ?> plugin) {
    return entries.stream()
        .filter(entry -> entry.plugin() == plugin)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "plugin " + plugin.getClass().getName() + " is not registered"));
  }

  /** What is taken where a file names none; empty if none is preferred or two are. */
  public Optional<Entry> preferred(Kind kind) {
    List<Entry> all =
        entries.stream()
            .filter(entry -> entry.preferred() && entry.kind().name().equals(kind.name()))
            .toList();
    return all.size() == 1 && kind.accepts(all.get(0).kind())
        ? Optional.of(all.get(0))
        : Optional.empty();
  }

  private static List<List<Entry>> clashes(List<Entry> entries, Function<Entry, String> key) {
    Map<String, List<Entry>> groups =
        entries.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    return groups.values().stream().filter(same -> same.size() > 1).toList();
  }

  private static String providers(List<Entry> same) {
    return same.stream()
        .map(entry -> "'" + entry.id() + "' of module " + entry.module())
        .sorted()
        .collect(Collectors.joining(" and "));
  }
}
