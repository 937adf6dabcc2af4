package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a plugin author has: sources, and the api of the distribution to compile them with. */
final class PluginProject {
  private final Path folder;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();

  PluginProject(Path folder) {
    this.folder = folder;
  }

  /** A source, or what else the jar holds. */
  PluginProject file(String path, String text) {
    files.put(path, text);
    return this;
  }

  PluginProject library(Path... jars) {
    libraries.addAll(List.of(jars));
    return this;
  }

  /**
   * @param members of the class {@code PACKAGE.P}
   */
  PluginProject strategy(String pack, String id, String summary, String members) {
    return file(
        pack.replace('.', '/') + "/P.java",
        """
        package %s;
        import org.continuo.api.learning.Strategy;
        import org.continuo.api.plugin.Plugin;
        public class P implements Plugin<Strategy.Factory, Plugin.NoOptions> {
          public String id() { return "%s"; }
          public String summary() { return %s; }
          public Strategy.Factory create(NoOptions options) { return host -> null; }
          %s
        }
        """
            .formatted(pack, id, summary, members));
  }

  PluginProject module(String name, String version, String declarations) {
    return file("module-info.java", "module " + name + " { " + declarations + " }")
        .file("version", version);
  }

  Path jar(Path file) throws IOException {
    Path sources = folder.resolve("sources").resolve(file.getFileName());
    Path classes = Files.createDirectories(folder.resolve("classes").resolve(file.getFileName()));
    List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none"));
    arguments.addAll(List.of("-d", classes.toString()));
    arguments.add(files.containsKey("module-info.java") ? "-p" : "-cp");
    arguments.add(path());
    for (Map.Entry<String, String> entry : files.entrySet()) {
      boolean source = entry.getKey().endsWith(".java");
      Path path = (source ? sources : classes).resolve(entry.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, entry.getValue());
      if (source) {
        arguments.add(path.toString());
      }
    }
    run("javac", arguments);
    Files.createDirectories(file.getParent());
    List<String> pack = new ArrayList<>(List.of("--create", "--file", file.toString()));
    if (files.containsKey("version")) {
      pack.addAll(List.of("--module-version", files.get("version")));
    }
    pack.addAll(List.of("-C", classes.toString(), "."));
    run("jar", pack);
    return file;
  }

  /** A library comes instead of what the distribution has of the same name. */
  private String path() throws IOException {
    Set<String> own = libraries.stream().map(PluginProject::module).collect(Collectors.toSet());
    try (Stream<Path> host = Files.list(Distribution.MODULE_PATH)) {
      return Stream.concat(libraries.stream(), host.filter(jar -> !own.contains(module(jar))))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static String module(Path jar) {
    return ModuleFinder.of(jar).findAll().iterator().next().descriptor().name();
  }

  private static void run(String tool, List<String> arguments) {
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    int status =
        ToolProvider.findFirst(tool)
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    assertEquals(0, status, () -> tool + " " + Arrays.toString(arguments.toArray()) + messages);
  }
}
