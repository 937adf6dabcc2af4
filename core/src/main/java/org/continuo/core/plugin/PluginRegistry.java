package org.continuo.core.plugin;

import java.lang.module.ModuleDescriptor;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/**
 * The plugins that are there, by kind and id. What is wrong with one is a line in {@link
 * #problems()} and leaves the others as they are.
 */
public final class PluginRegistry {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  private final List<Entry> entries;
  private final List<String> problems;

  private PluginRegistry(List<Entry> candidates, List<String> found) {
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
   */
  public record Entry(
      Kind kind, String id, String summary, boolean preferred, Plugin<?, ?> plugin) {
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

    public Set<Capability> offers(Record options) {
      return offers(plugin, options);
    }

    public List<String> conflicts(Record options) {
      return conflicts(plugin, options);
    }

    private static <F, O extends Record> F create(Plugin<F, O> plugin, Record options) {
      return plugin.create(plugin.options().cast(options));
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

  /** The plugins of the modules this program was started with. */
  public static PluginRegistry discover() {
    Module core = PluginRegistry.class.getModule();
    if (!core.isNamed()) {
      return new PluginRegistry(
          List.of(),
          List.of(
              "no plugin can be found: Continuo was started on the class path, but plugins are"
                  + " declared in module-info only; start it with the continuo launcher, or with"
                  + " java --module-path LIBRARIES --add-modules ALL-MODULE-PATH -m"
                  + " org.continuo.core/org.continuo.core.cli.Main"));
    }
    return discover(core.getLayer());
  }

  /** The plugins of the modules of {@code layer} and of those below it. */
  static PluginRegistry discover(ModuleLayer layer) {
    List<Entry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    var providers = ServiceLoader.load(layer, Plugin.class).stream().iterator();
    boolean more = true;
    while (more) {
      try {
        more = providers.hasNext();
        if (more) {
          var provider = providers.next();
          read(provider.type().getName(), provider.type().getModule(), provider::get)
              .addTo(entries, problems);
        }
      } catch (ServiceConfigurationError error) {
        problems.add("a plugin could not be found: " + cause(error));
      }
    }
    return new PluginRegistry(entries, problems);
  }

  /** Exactly these plugins, for tests. */
  public static PluginRegistry of(List<? extends Plugin<?, ?>> plugins) {
    List<Entry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    plugins.forEach(
        plugin ->
            read(plugin.getClass().getName(), plugin.getClass().getModule(), () -> plugin)
                .addTo(entries, problems));
    return new PluginRegistry(entries, problems);
  }

  /** All that can be used, sorted by kind and id. */
  public List<Entry> entries() {
    return entries;
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

  private interface Source {
    Plugin<?, ?> get();
  }

  /** Exactly one of the two. */
  private record Reading(Optional<Entry> entry, Optional<String> problem) {
    void addTo(List<Entry> entries, List<String> problems) {
      entry.ifPresent(entries::add);
      problem.ifPresent(problems::add);
    }
  }

  private static Reading read(String type, Module module, Source source) {
    String who = "plugin " + type + (module.isNamed() ? " of module " + module.getName() : "");
    try {
      Plugin<?, ?> plugin = source.get();
      String id = plugin.id();
      if (!ID.matcher(id).matches()) {
        return failed(who, "found the id '" + id + "', expected [a-z][a-z0-9-]*; rename it");
      }
      if (!plugin.options().isRecord()) {
        return failed(
            who, "found options of " + plugin.options().getName() + ", expected a record");
      }
      Kind kind = new Kind(plugin.makes());
      return new Reading(
          Optional.of(new Entry(kind, id, plugin.summary(), plugin.preferred(), plugin)),
          Optional.empty());
    } catch (RuntimeException | ServiceConfigurationError | LinkageError error) {
      return failed(who, cause(error));
    }
  }

  private static Reading failed(String who, String why) {
    return new Reading(Optional.empty(), Optional.of(who + " is left out: " + why));
  }

  private static String cause(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text =
        root instanceof ServiceConfigurationError
            ? root.getMessage()
            : root.getClass().getSimpleName()
                + Optional.ofNullable(root.getMessage()).map(message -> ": " + message).orElse("");
    return root instanceof LinkageError
        ? text + "; it may be built against another version: update the module"
        : text + "; update the module or remove it";
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
