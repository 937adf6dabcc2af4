package org.continuo.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.config.DefaultOptions;
import org.continuo.core.config.OptionDescription;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugin folders that work. */
class DropInsTest {
  private static final String PROVIDES =
      "requires org.continuo.api; provides org.continuo.api.plugin.Plugin with ";

  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void plugins() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
  }

  private PluginRegistry registry() {
    PluginRegistry registry = PluginRegistry.discover(List.of(plugins));
    assertEquals(List.of(), registry.problems());
    return registry;
  }

  private Entry strategy(String id) {
    return strategy(registry(), id);
  }

  private static Entry strategy(PluginRegistry registry, String id) {
    return registry.find(new Kind(Strategy.Factory.class), id).orElseThrow();
  }

  private Path library(String module, String type, String text, boolean explicit, Path file)
      throws IOException {
    int dot = type.lastIndexOf('.');
    String pack = type.substring(0, dot);
    AuthoredJar jar =
        new AuthoredJar()
            .source(
                type.replace('.', '/') + ".java",
                "package %s; public class %s { public static String version() { return \"%s\"; } }"
                    .formatted(pack, type.substring(dot + 1), text));
    return (explicit
            ? jar.module(module, "exports " + pack + ";")
            : jar.manifest("Automatic-Module-Name", module))
        .build(file);
  }

  private static String version(String type) {
    return type + ".version()";
  }

  private static final String LANG = "org.apache.commons.lang3";
  private static final String STRINGS = LANG + ".StringUtils";

  @Test
  void aModuleWithoutOpensBindsItsOptions() throws IOException {
    new AuthoredJar()
        .module("org.example.y", PROVIDES + "org.example.y.P;")
        .version("1.4")
        .source(
            "org/example/y/P.java",
            """
            package org.example.y;
            import org.continuo.api.learning.Strategy;
            import org.continuo.api.plugin.*;
            public class P implements Plugin<Strategy.Factory, P.Options> {
              public record Options(@Option(doc = "how far", value = "3", min = 1) int distance) {}
              public String id() { return "y"; }
              public String summary() { return "a strategy"; }
              public Strategy.Factory create(Options options) { return host -> null; }
            }
            """)
        .build(plugins.resolve("y/y.jar"));
    PluginRegistry registry = registry();
    Entry entry = strategy(registry, "y");
    assertEquals("Options[distance=3]", DefaultOptions.of(entry, registry).toString());
    assertEquals(
        "distance", OptionDescription.of(entry.plugin().options(), registry).get(0).name());
    assertEquals("1.4", entry.version());
    assertEquals(Optional.of(plugins.resolve("y")), entry.folder());
    assertEquals(
        List.of(
            new DropIn(plugins.resolve("y"), DropIn.State.ACTIVE, "1.4", List.of(), "", List.of())),
        registry.dropIns());
  }

  @Test
  void aReportSharesTheResultsOfTheHost() throws IOException {
    new AuthoredJar()
        .module("org.example.r", "requires org.continuo.results; " + PROVIDES + "org.example.r.P;")
        .source(
            "org/example/r/P.java",
            """
            package org.example.r;
            import java.nio.file.Path;
            import org.continuo.api.plugin.Plugin;
            import org.continuo.results.*;
            public class P implements Plugin<Report.Factory, Plugin.NoOptions> {
              public String id() { return "r"; }
              public String summary() { return "a report"; }
              public Class<Report.Factory> makes() { return Report.Factory.class; }
              public Class<NoOptions> options() { return NoOptions.class; }
              public Report.Factory create(NoOptions options) { return Short::new; }
              static class Short implements Report<RunResults> {
                public ResultsFile<RunResults> reads() { return ResultsFile.RUN; }
                public Path write(RunResults run, Path folder) { return folder.resolve(run.name()); }
              }
            }
            """)
        .build(plugins.resolve("r/r.jar"));
    PluginRegistry registry = registry();
    Entry entry = registry.find(new Kind(Report.Factory.class), "r").orElseThrow();
    Report.Factory factory = (Report.Factory) entry.create(DefaultOptions.of(entry, registry));
    assertEquals(ResultsFile.RUN, factory.create().reads());
  }

  @Test
  void aPlainJar() throws IOException {
    new AuthoredJar()
        .plugin("auto.a", "a", "\"plain\"", "")
        .service("auto.a.P")
        .build(plugins.resolve("a/plain-plugin-1.0.jar"));
    Entry entry = strategy("a");
    assertEquals("plain.plugin", entry.module());
    assertEquals("1.0", entry.version());
  }

  @Test
  void aPlainJarUsesLibrariesOfTheHost() throws IOException {
    new AuthoredJar()
        .plugin("auto.c", "c", STRINGS + ".capitalize(\"host\")", "")
        .service("auto.c.P")
        .build(plugins.resolve("c/plain.jar"));
    assertEquals("Host", strategy("c").summary());
  }

  /**
   * Of a library that the host has as an explicit module, and of one it has as an automatic one.
   */
  @Test
  void librariesAreAPluginsOwn() throws IOException {
    int number = 0;
    for (String type :
        List.of(STRINGS, "com.google.common.base.Joiner", "com.typesafe.config.Config")) {
      String module =
          type.startsWith("com.typesafe")
              ? "typesafe.config"
              : type.startsWith("com.google") ? "com.google.common" : LANG;
      assertNotEquals(Optional.empty(), Plugin.class.getModule().getLayer().findModule(module));
      for (boolean explicitLibrary : List.of(true, false)) {
        for (boolean explicitPlugin : List.of(true, false)) {
          String id = "p" + number++;
          Path home = plugins.resolve(id);
          Path library =
              library(module, type, "of " + id, explicitLibrary, home.resolve("lib.jar"));
          AuthoredJar jar =
              new AuthoredJar().plugin("own." + id, id, version(type), "").library(library);
          (explicitPlugin
                  ? jar.module(
                      "own." + id, "requires " + module + "; " + PROVIDES + "own." + id + ".P;")
                  : jar.service("own." + id + ".P"))
              .build(home.resolve(id + ".jar"));
        }
      }
    }
    PluginRegistry registry = registry();
    for (int i = 0; i < number; i++) {
      assertEquals("of p" + i, strategy(registry, "p" + i).summary());
    }
    assertEquals(12, number);
  }

  @Test
  void anExplicitLibraryBesideAnAutomaticOne() throws IOException {
    Path lang = library(LANG, STRINGS, "3.14", true, plugins.resolve("v/lang3.jar"));
    Path other =
        library(
            "some.auto.lib", "sal.S", "auto", false, plugins.resolve("v/some-auto-lib-1.0.jar"));
    new AuthoredJar()
        .module("exp.v", "requires " + LANG + "; requires some.auto.lib; " + PROVIDES + "exp.v.P;")
        .plugin("exp.v", "v", version(STRINGS) + " + " + version("sal.S"), "")
        .library(lang, other)
        .build(plugins.resolve("v/v.jar"));
    assertEquals("3.14auto", strategy("v").summary());
  }

  @Test
  void modulesOfJava() throws IOException {
    new AuthoredJar()
        .module("exp.s", "requires java.sql; requires java.net.http; " + PROVIDES + "exp.s.P;")
        .plugin(
            "exp.s",
            "s",
            "java.sql.Types.class.getModule() + \" \" + java.net.http.HttpClient.class.getModule()",
            "")
        .build(plugins.resolve("s/s.jar"));
    assertEquals("module java.sql module java.net.http", strategy("s").summary());
  }

  @Test
  void aPackageTheHostKeepsToItself() throws IOException {
    new AuthoredJar()
        .module("exp.h2", PROVIDES + "exp.h2.P;")
        .plugin("exp.h2", "h2", "org.continuo.core.run.Mine.class.getModule().getName()", "")
        .source(
            "org/continuo/core/run/Mine.java",
            "package org.continuo.core.run; public class Mine {}")
        .build(plugins.resolve("h2/h2.jar"));
    assertEquals("exp.h2", strategy("h2").summary());
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "checkpoints"})
  void whatContinuoOffersIsPassedOver(String name) throws IOException {
    Path offered =
        new AuthoredJar()
            .module("org.continuo." + name, "")
            .build(plugins.resolve("l/continuo-" + name + "-9.jar"));
    assertEquals(true, Files.exists(offered));
    new AuthoredJar()
        .module("exp.l", PROVIDES + "exp.l.P;")
        .plugin("exp.l", "l", "\"fine\"", "")
        .build(plugins.resolve("l/l.jar"));
    PluginRegistry registry = registry();
    assertEquals("fine", strategy(registry, "l").summary());
    assertEquals(
        List.of(
            "passes over continuo-%1$s-9.jar: Continuo provides org.continuo.%1$s".formatted(name)),
        registry.dropIns().get(0).notes());
  }

  @Test
  void providersOfServicesInsideTheFolder() throws IOException {
    Path words =
        new AuthoredJar()
            .module("words", "exports words; uses words.Word;")
            .source(
                "words/Word.java",
                """
                package words;
                public interface Word {
                  String text();
                  static String all() {
                    return java.util.ServiceLoader.load(Word.class, Word.class.getClassLoader()).stream()
                        .map(word -> word.get().text()).sorted().toList().toString();
                  }
                }
                """)
            .build(plugins.resolve("w/words.jar"));
    new AuthoredJar()
        .module("explicit.word", "requires words; provides words.Word with explicit.W;")
        .source(
            "explicit/W.java",
            "package explicit; public class W implements words.Word { public String text() { return \"explicit\"; } }")
        .library(words)
        .build(plugins.resolve("w/explicit.jar"));
    new AuthoredJar()
        .module("exp.w", "requires words; " + PROVIDES + "exp.w.P;")
        .plugin("exp.w", "w", "words.Word.all()", "")
        .library(words)
        .build(plugins.resolve("w/w.jar"));
    assertEquals("[explicit]", strategy("w").summary());
    new AuthoredJar()
        .source(
            "plain/W.java",
            "package plain; public class W implements words.Word { public String text() { return \"plain\"; } }")
        .resource("META-INF/services/words.Word", "plain.W")
        .library(words)
        .build(plugins.resolve("w/plain-word.jar"));
    assertEquals("[explicit, plain]", strategy("w").summary());
  }

  @Test
  void aPluginBuildsOnAnother() throws IOException {
    Path base =
        new AuthoredJar()
            .module(
                "org.example.base", "exports org.example.base; " + PROVIDES + "org.example.base.P;")
            .version("1.2.3")
            .plugin(
                "org.example.base",
                "base",
                "\"base\"",
                "public static String words() { return \"words of base\"; }")
            .build(plugins.resolve("z-base/base.jar"));
    new AuthoredJar()
        .module("org.example.top", "requires org.example.base; " + PROVIDES + "org.example.top.P;")
        .plugin("org.example.top", "top", "org.example.base.P.words()", "")
        .library(base)
        .build(plugins.resolve("a-top/top.jar"));
    PluginRegistry registry = registry();
    assertEquals("words of base", strategy(registry, "top").summary());
    assertEquals(
        List.of(List.of("org.example.base"), List.of()),
        registry.dropIns().stream().map(DropIn::needs).toList());
  }

  @Test
  void aDisabledFolderIsLeftAlone() throws IOException {
    new AuthoredJar()
        .module("exp.d", PROVIDES + "exp.d.P;")
        .version("2.0")
        .plugin("exp.d", "d", "\"x\"", "")
        .build(plugins.resolve("d/d.jar"));
    Files.createFile(plugins.resolve("d/disabled"));
    Files.createDirectories(plugins.resolve("broken"));
    Files.createFile(plugins.resolve("broken/disabled"));
    PluginRegistry registry = registry();
    assertEquals(List.of(), registry.entries(new Kind(Strategy.Factory.class)));
    assertEquals(
        List.of(DropIn.State.DISABLED, DropIn.State.DISABLED),
        registry.dropIns().stream().map(DropIn::state).toList());
    assertEquals(List.of("", "2.0"), registry.dropIns().stream().map(DropIn::version).toList());
  }

  @Test
  void aProviderMethodIsUsedAsServiceLoaderDoes() throws IOException {
    new AuthoredJar()
        .module("exp.m", PROVIDES + "exp.m.P;")
        .plugin(
            "exp.m",
            "m",
            "word",
            "private final String word; private P(String word) { this.word = word; }"
                + " public static P provider() { return new P(\"made\"); }")
        .build(plugins.resolve("m/m.jar"));
    assertEquals("made", strategy("m").summary());
  }

  @Test
  void onlyTheFirstPreferredIsTakenByDefault() throws IOException {
    for (String id : List.of("one", "two")) {
      new AuthoredJar()
          .module("exp." + id, PROVIDES + "exp." + id + ".P;")
          .plugin("exp." + id, id, "\"x\"", "public boolean preferred() { return true; }")
          .build(plugins.resolve(id + "/p.jar"));
    }
    PluginRegistry registry = registry();
    assertEquals("one", registry.preferred(new Kind(Strategy.Factory.class)).orElseThrow().id());
    assertEquals(
        List.of("strategy 'two' is not taken by default: 'one' is; name it in the file"),
        registry.dropIns().get(1).notes());
  }
}
