package org.continuo.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.plugin.DropIn.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugin folders that fail: each costs the line that is written here, and nothing else. */
class BrokenPluginsTest {
  private static final String PROVIDES =
      "requires org.continuo.api; provides org.continuo.api.plugin.Plugin with ";

  @TempDir private Path folder;
  private Path plugins;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void oneThatWorks() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    module("exp.fine").build(plugins.resolve("fine/fine.jar"));
  }

  /** A line belongs to the folder it begins with; {@code ~} stands for where the folders are. */
  private void costs(String... expected) {
    lines.addAll(List.of(expected));
  }

  @AfterEach
  void theLinesAndNothingElse() {
    PluginRegistry registry = PluginRegistry.discover(List.of(plugins));
    assertEquals(
        String.join("\n", lines),
        String.join("\n", registry.problems()).replace(plugins.toString(), "~"));
    assertEquals(
        List.of("fine"),
        registry.entries(new Kind(Strategy.Factory.class)).stream()
            .map(PluginRegistry.Entry::id)
            .filter(id -> !id.startsWith("ok"))
            .toList());
  }

  /** A module of a plugin, both named alike. */
  private static AuthoredJar module(String name, String... requires) {
    return moduleWith("", name, requires);
  }

  private static AuthoredJar moduleWith(String members, String name, String... requires) {
    StringBuilder declarations = new StringBuilder();
    Arrays.stream(requires).forEach(r -> declarations.append("requires ").append(r).append("; "));
    return new AuthoredJar()
        .module(name, declarations + "exports " + name + "; " + PROVIDES + name + ".P;")
        .plugin(name, name.substring(name.lastIndexOf('.') + 1), "\"x\"", members);
  }

  private static AuthoredJar library(String name, String pack, String type) {
    return new AuthoredJar()
        .module(name, "exports " + pack + ";")
        .source(
            pack.replace('.', '/') + "/" + type + ".java",
            "package " + pack + "; public class " + type + " {}");
  }

  @Test
  void missingModule() throws IOException {
    Path foo = library("foo.bar", "foo.bar", "X").build(folder.resolve("foo.jar"));
    moduleWith("foo.bar.X x;", "exp.e", "foo.bar").library(foo).build(plugins.resolve("e/e.jar"));
    costs(
        "~/e is left out: found no module foo.bar, which e.jar requires, in this folder, in"
            + " Continuo or in another plugin; add its jar, or install the plugin it is");
  }

  @Test
  void packageInTwoLibrariesThatThePluginReads() throws IOException {
    Path one = library("f.lib1", "dup", "C1").build(plugins.resolve("f/lib1.jar"));
    Path two = library("f.lib2", "dup2", "C2").build(folder.resolve("lib2.jar"));
    module("exp.f", "f.lib1", "f.lib2").library(one, two).build(plugins.resolve("f/f.jar"));
    library("f.lib2", "dup", "C2").build(plugins.resolve("f/lib2.jar"));
    costs(
        "~/f is left out: found package dup in both lib1.jar and lib2.jar, expected it in one;"
            + " delete one of them");
  }

  @Test
  void packageThatTwoLibrariesKeepToThemselves() throws IOException {
    List<Path> libraries = new ArrayList<>();
    for (String name : List.of("g1", "g2")) {
      libraries.add(
          library(name, name, "G")
              .source("dup/C.java", "package dup; public class C {}")
              .build(plugins.resolve("g/" + name + ".jar")));
    }
    module("exp.g", "g1", "g2")
        .library(libraries.toArray(Path[]::new))
        .build(plugins.resolve("g/g.jar"));
    costs(
        "~/g is left out: found package dup in both g1.jar and g2.jar, expected it in one; delete"
            + " one of them");
  }

  @Test
  void packageOfTheApi() throws IOException {
    Path jar = module("exp.h").build(plugins.resolve("h/h.jar"));
    Path extra =
        new AuthoredJar()
            .source(
                "org/continuo/api/plugin/Extra.java",
                "package org.continuo.api.plugin; public class Extra {}")
            .build(folder.resolve("extra.jar"));
    try (FileSystem from = FileSystems.newFileSystem(extra);
        FileSystem to = FileSystems.newFileSystem(jar)) {
      String name = "/org/continuo/api/plugin/Extra.class";
      Files.createDirectories(to.getPath(name).getParent());
      Files.copy(from.getPath(name), to.getPath(name));
    }
    costs(
        "~/h is left out: found package org.continuo.api.plugin in h.jar, expected it in"
            + " org.continuo.api only, which is Continuo's; build the jar without it");
  }

  @Test
  void oneModuleInTwoJars() throws IOException {
    module("exp.i").build(plugins.resolve("i/i-1.0.jar"));
    Files.copy(plugins.resolve("i/i-1.0.jar"), plugins.resolve("i/i-1.1.jar"));
    costs(
        "~/i is left out: found module exp.i in both i-1.0.jar and i-1.1.jar, expected it once;"
            + " delete one of them");
  }

  /** An api of another time, with members that this one lacks and without some that it has. */
  private static AuthoredJar api(String members) {
    return new AuthoredJar()
        .module(
            "org.continuo.api",
            "exports org.continuo.api.plugin; exports org.continuo.api.learning;")
        .source(
            "org/continuo/api/plugin/Plugin.java",
            """
            package org.continuo.api.plugin;
            public interface Plugin<F, O extends Record> {
              String id();
              %s
              F create(O options);
              record NoOptions() {}
            }
            """
                .formatted(members))
        .source(
            "org/continuo/api/learning/Strategy.java",
            """
            package org.continuo.api.learning;
            public interface Strategy {
              interface Factory { Strategy create(Host host); }
            }
            """)
        .source(
            "org/continuo/api/learning/Host.java",
            "package org.continuo.api.learning; public interface Host {}");
  }

  @Test
  void builtForAnotherApi() throws IOException {
    moduleWith("public P() { throw new Error(\"must not run\"); }", "exp.j")
        .library(api("String summary();").version("2.0").build(folder.resolve("api.jar")))
        .ownApi()
        .build(plugins.resolve("j/j.jar"));
    costs(
        "~/j is left out: found org.continuo.api VERSION, expected 2.0 or later, before 3, as j.jar is"
            + " built with that; install a version of the plugin for this Continuo, or another"
            + " Continuo");
    lines.set(0, lines.get(0).replace("VERSION", apiVersion()));
  }

  private static String apiVersion() {
    return Plugin.class.getModule().getDescriptor().rawVersion().orElseThrow();
  }

  /** Without a version to compare, only its running tells. */
  @Test
  void callsWhatTheApiLacks() throws IOException {
    moduleWith("public P() { Plugin.newThing(); }", "exp.k")
        .library(
            api("String summary(); static void newThing() {}").build(folder.resolve("api.jar")))
        .ownApi()
        .build(plugins.resolve("k/k.jar"));
    costs(
        "~/k is left out: plugin exp.k.P in k.jar: NoSuchMethodError: 'void"
            + " org.continuo.api.plugin.Plugin.newThing()'; it may be built against another"
            + " version: update the module");
  }

  @Test
  void lacksWhatTheApiCalls() throws IOException {
    module("exp.k")
        .source(
            "exp/k/P.java",
            """
            package exp.k;
            import org.continuo.api.learning.Strategy;
            import org.continuo.api.plugin.Plugin;
            public class P implements Plugin<Strategy.Factory, Plugin.NoOptions> {
              public String id() { return "k"; }
              public Strategy.Factory create(NoOptions options) { return host -> null; }
            }
            """)
        .library(api("").build(folder.resolve("api.jar")))
        .ownApi()
        .build(plugins.resolve("k/k.jar"));
    costs(
        "~/k is left out: plugin exp.k.P in k.jar: found a plugin without summary, which"
            + " org.continuo.api asks for; build it against the version of this Continuo");
  }

  @Test
  void builtForALaterJava() throws IOException {
    Path jar = module("exp.m").build(plugins.resolve("m/m.jar"));
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path descriptor = files.getPath("module-info.class");
      byte[] bytes = Files.readAllBytes(descriptor);
      bytes[7] = (byte) (44 + 99);
      Files.write(descriptor, bytes);
    }
    costs(
        "~/m is left out: found m.jar built for Java 99, expected Java NOW or older; start Continuo"
            + " with Java 99, or build it with --release NOW");
    lines.set(0, lines.get(0).replace("NOW", String.valueOf(Runtime.version().feature())));
  }

  @Test
  void constructorThrows() throws IOException {
    moduleWith("public P() { throw new IllegalStateException(\"no licence key\"); }", "exp.n")
        .build(plugins.resolve("n/n.jar"));
    costs(
        "~/n is left out: plugin exp.n.P in n.jar: IllegalStateException: no licence key; update"
            + " the module or remove it");
  }

  @Test
  void anAnswerThatFails() throws IOException {
    new AuthoredJar()
        .module("exp.a", PROVIDES + "exp.a.P;")
        .plugin("exp.a", "a", "fail()", "String fail() { throw new AssertionError(\"never\"); }")
        .build(plugins.resolve("a/a.jar"));
    costs(
        "~/a is left out: plugin exp.a.P in a.jar: AssertionError: never; update the module or"
            + " remove it");
  }

  @Test
  void optionsOfATypeThatIsNotThere() throws IOException {
    Path foo = library("foo.bar", "foo.bar", "X").build(folder.resolve("foo.jar"));
    new AuthoredJar()
        .source(
            "auto/b/P.java",
            """
            package auto.b;
            import org.continuo.api.learning.Strategy;
            import org.continuo.api.plugin.*;
            public class P implements Plugin<Strategy.Factory, P.Options> {
              public record Options(@Option(doc = "x") java.util.List<foo.bar.X> x) {}
              public String id() { return "b"; }
              public String summary() { return "x"; }
              public Strategy.Factory create(Options options) { return host -> null; }
            }
            """)
        .service("auto.b.P")
        .library(foo)
        .build(plugins.resolve("b/plain-b.jar"));
    costs(
        "~/b is left out: plugin auto.b.P in plain-b.jar: ClassNotFoundException: foo.bar.X; update"
            + " the module or remove it");
  }

  @Test
  void serviceFileNamesNoClass() throws IOException {
    new AuthoredJar()
        .plugin("auto.o", "o", "\"x\"", "")
        .service("auto.o.Missing")
        .build(plugins.resolve("o/plain-o-1.0.jar"));
    costs(
        "~/o is left out: plugin auto.o.Missing in plain-o-1.0.jar: found no such class; mend"
            + " META-INF/services or the build");
  }

  @Test
  void corruptJar() throws IOException {
    byte[] whole = Files.readAllBytes(plugins.resolve("fine/fine.jar"));
    Files.createDirectories(plugins.resolve("p"));
    Files.write(plugins.resolve("p/x.jar"), Arrays.copyOf(whole, whole.length / 2));
    costs(
        "~/p is left out: found no readable jar in x.jar (zip END header not found); copy it here"
            + " again");
  }

  @Test
  void noPlugin() throws IOException {
    library("foo.bar", "foo.bar", "X").build(plugins.resolve("q/foo.jar"));
    costs(
        "~/q is left out: found no plugin in foo.jar, expected one; add 'provides"
            + " org.continuo.api.plugin.Plugin with CLASS;' to its module-info.java, or a file"
            + " META-INF/services/org.continuo.api.plugin.Plugin to a plain jar");
  }

  @Test
  void nativeCodeWithoutAModuleName() throws IOException {
    module("exp.r").build(plugins.resolve("r/r.jar"));
    new AuthoredJar()
        .manifest("Automatic-Module-Name", "org.example.native_linux-x86_64")
        .resource("linux/x.so", "")
        .build(plugins.resolve("r/native-linux.jar"));
    costs(
        "~/r is left out: found no module name in native-linux.jar (Automatic-Module-Name:"
            + " org.example.native_linux-x86_64), expected Java identifiers joined by dots; mend its"
            + " manifest, or delete it if it holds native code only");
  }

  @Test
  void emptyFolder() throws IOException {
    Files.createDirectories(plugins.resolve("s"));
    costs(
        "~/s is left out: found no jar, expected the plugin's jar and those of its libraries; copy"
            + " them there");
  }

  @Test
  void fileNameThatGivesNoModuleName() throws IOException {
    new AuthoredJar()
        .plugin("auto.t", "t", "\"x\"", "")
        .service("auto.t.P")
        .build(plugins.resolve("t/1-plugin.jar"));
    costs(
        "~/t is left out: found no module name in 1-plugin.jar, expected Java identifiers joined by"
            + " dots; rename the file to NAME-VERSION.jar, or delete it if it holds native code"
            + " only");
  }

  @Test
  void djlOfItsOwn() throws IOException {
    module("exp.u").build(plugins.resolve("u/u.jar"));
    new AuthoredJar()
        .manifest("Automatic-Module-Name", "ai.djl.api")
        .build(plugins.resolve("u/api-0.35.1.jar"));
    new AuthoredJar()
        .manifest("Automatic-Module-Name", "ai.djl.pytorch_native_cpu_linux-x86_64")
        .build(plugins.resolve("u/pytorch-native-cpu.jar"));
    String cure =
        ", expected none: Continuo has loaded it, and its native libraries load once; delete this"
            + " jar, or give what brings it the scope 'provided'";
    costs(
        "~/u is left out: found DJL in api-0.35.1.jar"
            + cure
            + "; also found DJL in pytorch-native-cpu.jar"
            + cure);
  }

  @Test
  void jarBesideTheFolders() throws IOException {
    module("exp.loose").build(plugins.resolve("loose.jar"));
    costs(
        "~: found loose.jar beside the plugin folders, expected each plugin in a folder with its"
            + " libraries; move it to ~/NAME");
  }

  @Test
  void pluginsThatNeedEachOther() throws IOException {
    Path foreign = folder.resolve("before");
    Path a = module("cycle.a").build(foreign.resolve("a.jar"));
    Path b = module("cycle.b", "cycle.a").library(a).build(plugins.resolve("b/b.jar"));
    Path c = module("cycle.c").build(foreign.resolve("c.jar"));
    module("cycle.c", "cycle.b").library(a, b).build(plugins.resolve("c/c.jar"));
    module("cycle.a", "cycle.c").library(c).build(plugins.resolve("a/a.jar"));
    module("cycle.d", "cycle.a").library(a).build(plugins.resolve("d/d.jar"));
    String cure = ", expected an order; move what both need into a plugin of its own";
    costs(
        "~/a is left out: found plugins that need each other (a -> c -> b -> a)" + cure,
        "~/b is left out: found plugins that need each other (b -> a -> c -> b)" + cure,
        "~/c is left out: found plugins that need each other (c -> b -> a -> c)" + cure,
        "~/d is left out: found ~/a left out itself, expected it active, as d.jar requires module"
            + " cycle.a of it; mend it first");
  }

  @Test
  void anotherPluginThatIsNotThere() throws IOException {
    Path base = module("exp.base").build(plugins.resolve("base/base.jar"));
    module("exp.top", "exp.base").library(base).build(plugins.resolve("top/top.jar"));
    Files.createFile(plugins.resolve("base/disabled"));
    costs(
        "~/top is left out: found ~/base disabled, expected it active, as top.jar requires module"
            + " exp.base of it; delete ~/base/disabled");
  }

  @Test
  void namesThatAreTaken() throws IOException {
    module("exp.fine").build(plugins.resolve("same/same.jar"));
    new AuthoredJar()
        .module("exp.other", PROVIDES + "exp.other.P;")
        .plugin("exp.other", "fine", "\"x\"", "")
        .build(plugins.resolve("twice/twice.jar"));
    costs(
        "~/same is left out: found module exp.fine in same.jar, which ~/fine has already; delete or"
            + " disable one of them",
        "~/twice is left out: plugin exp.other.P in twice.jar: found strategy 'fine', which ~/fine"
            + " has already; rename it");
  }

  @Test
  void aClassThatIsNoPlugin() throws IOException {
    new AuthoredJar()
        .plugin("auto.c", "c", "\"x\"", "public static class Bare {} public P(int needed) {}")
        .service("auto.c.P\nauto.c.P$Bare")
        .build(plugins.resolve("c/plain-c.jar"));
    costs(
        "~/c is left out: plugin auto.c.P in plain-c.jar: found no public constructor without"
            + " parameters, expected one; add it to a public class");
  }

  @Test
  void allTogether() throws IOException {
    jarBesideTheFolders();
    missingModule();
    constructorThrows();
    corruptJar();
    noPlugin();
    emptyFolder();
    Map<State, Long> states =
        PluginRegistry.discover(List.of(plugins)).dropIns().stream()
            .collect(Collectors.groupingBy(DropIn::state, Collectors.counting()));
    assertEquals(Map.of(State.ACTIVE, 1L, State.FAILED, 5L), states);
  }
}
