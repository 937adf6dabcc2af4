package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugin folders side by side, working and broken, as the launcher of an installation meets them.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class DropInIT {
  private static final Set<String> NOT_LINKED = Set.of("bin", "plugins", "continuo.jsa");

  private static final String PROVIDES =
      "requires org.continuo.api; provides org.continuo.api.plugin.Plugin with ";

  /** A real strategy: an expert trained on, with options of its own. */
  private static final String TOP =
      """
      package org.example.top;
      import java.util.List;
      import java.util.Optional;
      import java.util.Set;
      import org.continuo.api.data.Task;
      import org.continuo.api.learning.*;
      import org.continuo.api.model.*;
      import org.continuo.api.plugin.*;
      public class P implements Plugin<Strategy.Factory, P.Options> {
        public record Options(
            @Option(doc = "what trains") Expert.Factory expert,
            @Option(doc = "where", value = "[up, down]") List<Projection> sites) {}
        public String id() { return "top"; }
        public String summary() { return org.example.base.P.words(); }
        public Set<Capability> offers(Options options) { return Set.of(Capability.WIRING); }
        public Strategy.Factory create(Options options) {
          return host -> {
            Expert one = host.expert("one", options.expert(), host.backbone().linear(options.sites()));
            return new Strategy() {
              public Optional<Wiring> wiring(Optional<String> task) {
                return Optional.of(Wiring.of(Mixture.sum(List.of(one))));
              }
              public Contribution contribute(Task task) {
                return Contribution.builder().train(one.params()).build();
              }
            };
          };
        }
      }
      """;

  private static final String SMALL =
      """
      experiment {
        stream { type = content-review, order = [video-comments], train-size = 32, dev-size = 16,
                 test-size = 16 }
        strategy { type = top, sites = [down] }
        training { epochs = 1, maximum-length = 64 }
      }
      """;

  @TempDir private Path folder;
  private Path home;
  private Path places;

  /**
   * The distribution, by links, so that it gets plugins of its own. Without its class archive,
   * which knows the jars by where the links lead to, and Java seals packages by place.
   */
  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.resolve("installation")).toRealPath();
    places = Files.createDirectories(folder.resolve("more plugins")).toRealPath();
    try (Stream<Path> files = Files.list(Distribution.HOME)) {
      for (Path file : files.filter(f -> !NOT_LINKED.contains("" + f.getFileName())).toList()) {
        Files.createSymbolicLink(home.resolve(file.getFileName()), file.toRealPath());
      }
    }
    Files.createDirectories(home.resolve("bin"));
    try (Stream<Path> files = Files.list(Distribution.HOME.resolve("bin"))) {
      for (Path file : files.toList()) {
        Files.copy(file, home.resolve("bin").resolve(file.getFileName()));
      }
    }
    home.resolve("bin/continuo").toFile().setExecutable(true);
  }

  /** JUnit warns of links that lead out of what it deletes. */
  @AfterEach
  void unlink() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private PluginProject project() throws IOException {
    return new PluginProject(Files.createTempDirectory(folder, "project"));
  }

  /** Another version of a library that Continuo has itself. */
  private Path lang3(String version, Path home) throws IOException {
    return project()
        .module("org.apache.commons.lang3", version, "exports org.apache.commons.lang3;")
        .file(
            "org/apache/commons/lang3/StringUtils.java",
            """
            package org.apache.commons.lang3;
            public class StringUtils { public static String version() { return "lang3 %s"; } }
            """
                .formatted(version))
        .jar(home.resolve("commons-lang3-" + version + ".jar"));
  }

  private void lang3User(String id, String version) throws IOException {
    String name = "org.example." + id;
    project()
        .module(name, version, "requires org.apache.commons.lang3; " + PROVIDES + name + ".P;")
        .strategy(name, id, "org.apache.commons.lang3.StringUtils.version()", "")
        .library(lang3(version, places.resolve(id)))
        .jar(places.resolve(id).resolve(id + ".jar"));
  }

  private void working() throws IOException {
    lang3User("early", "3.1");
    lang3User("late", "4.0");
    project()
        .strategy("org.example.plain", "plain", "\"a plain jar\"", "")
        .file("META-INF/services/org.continuo.api.plugin.Plugin", "org.example.plain.P")
        .jar(home.resolve("plugins/plain/plain-strategy-1.5.jar"));
    project()
        .module(
            "org.example.names",
            "1.0",
            "requires org.continuo.checkpoints; " + PROVIDES + "org.example.names.P;")
        .strategy(
            "org.example.names",
            "names",
            "org.continuo.checkpoints.WeightNames.of(org.continuo.checkpoints.Family.BERT)"
                + ".tensor(\"layers.0.attention.query.weight\")",
            "")
        .jar(places.resolve("names/names.jar"));
    Path base =
        project()
            .module(
                "org.example.base",
                "2.1",
                "exports org.example.base; " + PROVIDES + "org.example.base.P;")
            .strategy(
                "org.example.base",
                "base",
                "\"base\"",
                "public static String words() { return \"on base\"; }")
            .jar(home.resolve("plugins/base/base.jar"));
    project()
        .module(
            "org.example.top",
            "1.0",
            "requires org.example.base; " + PROVIDES + "org.example.top.P;")
        .file("org/example/top/P.java", TOP)
        .library(base)
        .jar(places.resolve("top/top.jar"));
  }

  private void broken() throws IOException {
    Files.createDirectories(home.resolve("plugins/empty"));
    Files.createDirectories(places.resolve("corrupt"));
    Files.writeString(places.resolve("corrupt/x.jar"), "no jar");
    project()
        .module("org.example.thrower", "1.0", PROVIDES + "org.example.thrower.P;")
        .strategy(
            "org.example.thrower",
            "thrower",
            "\"\"",
            "public P() { throw new IllegalStateException(\"no licence\"); }")
        .jar(places.resolve("thrower/thrower.jar"));
    Files.createDirectories(places.resolve("engine"));
    try (Stream<Path> jars = Files.list(Distribution.MODULE_PATH)) {
      for (Path jar :
          jars.filter(j -> j.getFileName().toString().startsWith("pytorch-engine")).toList()) {
        Files.copy(jar, places.resolve("engine/pytorch-engine.jar"));
      }
    }
    Files.createDirectories(places.resolve("resting"));
    Files.writeString(places.resolve("resting/disabled"), "");
  }

  @Test
  void allSideBySide() throws Exception {
    working();
    broken();
    Shell.Outcome outcome = continuo(Map.of()).run("plugins", "--plugins", places.toString());
    assertEquals(0, outcome.status(), outcome.err());
    assertEquals("", outcome.err());
    List<String> table =
        outcome.out().lines().dropWhile(line -> !line.startsWith("FOLDER")).skip(1).toList();
    String djl =
        "found DJL in pytorch-engine.jar, expected none: Continuo has loaded it, and its native"
            + " libraries load once; delete this jar, or give what brings it the scope 'provided'";
    assertEquals(
        List.of(
            "HOME/plugins/base  active  2.1  strategy 'base'",
            "HOME/plugins/empty  failed  found no jar, expected the plugin's jar and those of its"
                + " libraries; copy them there",
            "HOME/plugins/plain  active  1.5  strategy 'plain'",
            "MORE/corrupt  failed  found no readable jar in x.jar (zip END header not found); copy it"
                + " here again",
            "MORE/early  active  3.1  strategy 'early'",
            "MORE/engine  failed  " + djl,
            "MORE/late  active  4.0  strategy 'late'",
            "MORE/names  active  1.0  strategy 'names'",
            "MORE/resting  disabled  nothing until MORE/resting/disabled is deleted",
            "MORE/thrower  failed  1.0  plugin org.example.thrower.P in thrower.jar:"
                + " IllegalStateException: no licence; update the module or remove it",
            "MORE/top  active  1.0  org.example.base  strategy 'top'"),
        table.stream()
            .map(
                line ->
                    line.replace(home.toString(), "HOME")
                        .replace(places.toString(), "MORE")
                        .replaceAll(" {2,}", "  "))
            .toList());
    for (String summary :
        List.of(
            "lang3 3.1",
            "lang3 4.0",
            "a plain jar",
            "on base",
            "encoder.layer.0.attention.self.query.weight")) {
      assertTrue(outcome.out().contains("  " + summary), summary + " in " + outcome.out());
    }
  }

  @Test
  void aRunWithADropInCostsALineForEachBrokenOne() throws Exception {
    working();
    broken();
    Files.writeString(folder.resolve("small.conf"), SMALL);
    Map<String, String> environment = Map.of("CONTINUO_PLUGINS", places.toString());
    Shell.Outcome valid = continuo(environment).run("validate", "small.conf");
    assertEquals(0, valid.status(), valid.err());
    assertEquals(
        List.of("empty", "corrupt", "engine", "thrower"),
        valid
            .err()
            .lines()
            .map(line -> line.replaceFirst(".*/(\\w+) is left out: .*", "$1"))
            .toList());
    Shell.Outcome run = continuo(environment).run("run", "small.conf", "--out", "runs");
    assertEquals(0, run.status(), run.err());
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      String results = Files.readString(runs.toList().get(0).resolve("results.json"));
      assertTrue(results.contains("\"completed\"") && results.contains("\"top\""), results);
    }
  }

  @Test
  void aSuiteComparesADropInWithWhatIsBuiltIn() throws Exception {
    working();
    Files.writeString(
        folder.resolve("suite.conf"),
        SMALL.replaceFirst("strategy .*", "")
            + "suite { name = small, reference = sequential,"
            + " strategies { sequential {}, top { sites = [down] } } }");
    Shell.Outcome suite =
        continuo(Map.of())
            .run("suite", "suite.conf", "--plugins", places.toString(), "--out", "runs");
    assertEquals(0, suite.status(), suite.out() + suite.err());
    assertTrue(suite.out().contains("top"), suite.out());
  }

  /** Its code, and with a record of options its reflection. */
  @Test
  void aStrategyOfAStrangerUsesTheLibraryOfMethods() throws Exception {
    project()
        .module(
            "org.example.rehearsal",
            "1.0",
            "requires org.continuo.methods; opens org.example.rehearsal; "
                + PROVIDES
                + "org.example.rehearsal.P;")
        .file(
            "org/example/rehearsal/P.java",
            """
            package org.example.rehearsal;
            import java.util.List;
            import org.continuo.api.learning.Strategy;
            import org.continuo.api.plugin.Option;
            import org.continuo.api.plugin.Plugin;
            import org.continuo.methods.memory.Memory;
            import org.continuo.methods.pool.Tasks;
            public class P implements Plugin<Strategy.Factory, P.Options> {
              public record Options(@Option(doc = "what is kept") Memory.Options memory) {}
              public String id() { return "rehearsal"; }
              public String summary() { return "past tasks: " + Tasks.upTo("a", List.of()); }
              public Strategy.Factory create(Options options) {
                return host -> null;
              }
            }
            """)
        .jar(places.resolve("rehearsal/rehearsal.jar"));
    Shell.Outcome described =
        continuo(Map.of()).run("plugins", "describe", "rehearsal", "--plugins", places.toString());
    assertEquals(0, described.status(), described.err());
    assertEquals("", described.err());
    assertTrue(described.out().contains("past tasks: []"), described.out());
    assertTrue(described.out().contains("class-balanced"), described.out());
    Files.writeString(
        folder.resolve("small.conf"),
        SMALL.replaceFirst(
            "strategy .*",
            "strategy { type = rehearsal, memory { select = herding, budget = 0 } }"));
    Shell.Outcome refused =
        continuo(Map.of()).run("validate", "small.conf", "--plugins", places.toString());
    assertEquals(2, refused.status(), refused.out());
    assertTrue(refused.err().contains("budget"), refused.err());
  }

  @Test
  void aPlaceThatIsNotThereIsTheUsersMistake() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("plugins", "--plugins", "nowhere");
    assertEquals(2, outcome.status());
    assertEquals(
        "--plugins: found nothing at nowhere, expected a folder that holds plugin folders; create it"
            + " or correct the path\n",
        outcome.err());
  }

  private Shell continuo(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("CONTINUO_JAVA_OPTS", "-Dai.djl.pytorch.num_threads=1");
    return new Shell(home.resolve("bin/continuo"), folder, all);
  }
}
