package org.continuo.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.plugin.Plugin;

/** A jar made from source while a test runs, as its author's build would make it. */
final class AuthoredJar {
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();
  private final Manifest manifest = new Manifest();
  private Optional<String> version = Optional.empty();
  private boolean ownApi;

  AuthoredJar() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /** A module; one with {@code requires} and so on between the braces. */
  AuthoredJar module(String name, String declarations) {
    return source("module-info.java", "module " + name + " { " + declarations + " }");
  }

  /** A class {@code P} that offers a strategy of the id {@code id}. */
  AuthoredJar plugin(String pack, String id, String summary, String members) {
    return source(
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

  AuthoredJar source(String path, String text) {
    sources.put(path, text);
    return this;
  }

  AuthoredJar resource(String path, String text) {
    resources.put(path, text);
    return this;
  }

  /** Names {@code P} as a plain jar does. */
  AuthoredJar service(String type) {
    return resource("META-INF/services/" + Plugin.class.getName(), type);
  }

  AuthoredJar manifest(String key, String value) {
    manifest.getMainAttributes().putValue(key, value);
    return this;
  }

  AuthoredJar version(String number) {
    version = Optional.of(number);
    return this;
  }

  /** What it is compiled with, besides what the host has. */
  AuthoredJar library(Path... jars) {
    libraries.addAll(List.of(jars));
    return this;
  }

  /** Compiled with another api, which is among the libraries. */
  AuthoredJar ownApi() {
    ownApi = true;
    return this;
  }

  Path build(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    Path work = Files.createTempDirectory(jar.getParent(), ".build");
    Path classes = Files.createDirectories(work.resolve("classes"));
    compile(work.resolve("source"), classes);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        entries.putNextEntry(new JarEntry(resource.getKey()));
        entries.write(resource.getValue().getBytes(StandardCharsets.UTF_8));
      }
      for (Path file : files(classes)) {
        entries.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, entries);
      }
    }
    delete(work);
    return jar;
  }

  private void compile(Path folder, Path classes) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-implicit:none"));
    boolean module = sources.containsKey("module-info.java");
    arguments.addAll(List.of(module ? "-p" : "-cp", path(), "-d", classes.toString()));
    version.ifPresent(number -> arguments.addAll(List.of("--module-version", number)));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    if (sources.isEmpty()) {
      return;
    }
    StringWriter messages = new StringWriter();
    PrintWriter writer = new PrintWriter(messages);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    assertEquals(0, status, messages::toString);
  }

  private String path() {
    Predicate<String> wanted = ownApi ? name -> !name.equals(HostModules.API) : name -> true;
    Stream<Path> host =
        Plugin.class.getModule().getLayer().configuration().modules().stream()
            .filter(module -> wanted.test(module.name()) && !module.name().contains("junit"))
            .map(ResolvedModule::reference)
            .flatMap(reference -> reference.location().stream())
            .filter(location -> location.getScheme().equals("file"))
            .map(Path::of)
            .filter(file -> libraries.stream().noneMatch(own -> module(own).equals(module(file))));
    return Stream.concat(libraries.stream(), host)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String module(Path file) {
    return ModuleFinder.of(file).findAll().iterator().next().descriptor().name();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
