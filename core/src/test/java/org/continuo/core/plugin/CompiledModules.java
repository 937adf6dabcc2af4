package org.continuo.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.continuo.api.plugin.Plugin;

/** Modules made from source while a test runs: what a plugin author's build would give. */
public final class CompiledModules {
  private final Path folder;
  private final List<String> names = new ArrayList<>();

  public CompiledModules(Path folder) {
    this.folder = folder;
  }

  /**
   * @param sources by path inside the module, {@code module-info.java} included
   */
  public CompiledModules add(String name, Map<String, String> sources) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xlint:all,-requires-automatic", "-Werror"));
    arguments.addAll(List.of("-proc:none", "--module-version", "1.2.3"));
    arguments.addAll(List.of("-p", modulePath(), "-d", classes(name).toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("source").resolve(name).resolve(source.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    assertEquals(0, status, messages::toString);
    names.add(name);
    return this;
  }

  /** All of them in a layer on top of the one the tests run in. */
  private ModuleLayer layer() {
    ModuleLayer boot = Plugin.class.getModule().getLayer();
    ModuleFinder finder = ModuleFinder.of(names.stream().map(this::classes).toArray(Path[]::new));
    Configuration configuration =
        boot.configuration().resolve(finder, ModuleFinder.of(), Set.copyOf(names));
    return ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(boot), Plugin.class.getClassLoader())
        .layer();
  }

  /** The plugins they provide. */
  public PluginRegistry discover() {
    return PluginRegistry.discover(layer());
  }

  private Path classes(String name) {
    return folder.resolve("classes").resolve(name);
  }

  private static String modulePath() {
    return Plugin.class.getModule().getLayer().configuration().modules().stream()
        .map(ResolvedModule::reference)
        .map(reference -> reference.location())
        .flatMap(Optional::stream)
        .filter(location -> location.getScheme().equals("file"))
        .map((URI location) -> Path.of(location).toString())
        .filter(path -> !path.contains("junit"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
