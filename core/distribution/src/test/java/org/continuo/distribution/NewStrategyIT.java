package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The walkthrough of {@code examples/custom-strategy}, step by step. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class NewStrategyIT {
  private static final Path ROOT = Path.of(System.getProperty("continuo.root"));
  private static final Path LAUNCHER = Distribution.HOME.resolve("bin/continuo").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void theWalkthroughEndsInAStrategyThatRuns() throws Exception {
    succeeds(shell(LAUNCHER, folder).run("new", "strategy", "si"));
    Path project = folder.resolve("si");
    Path strategy = project.resolve("src/main/java/org/example/si/Si.java");
    assertTrue(Files.readString(strategy).contains("final class Si implements Strategy"));
    List<String> code = codeOfTheWalkthrough();
    assertTrue(code.size() < 90, code.size() + " lines");
    Files.write(strategy, code);

    succeeds(shell(project.resolve("mvnw"), project).run("-q", "-B", "package"));
    assertTrue(
        Files.exists(project.resolve("target/surefire-reports/TEST-org.example.si.SiTest.xml")));
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Path dropped = Files.createDirectories(plugins.resolve("si"));
    try (Stream<Path> built = Files.list(project.resolve("target/plugin"))) {
      for (Path file : built.toList()) {
        Files.copy(file, dropped.resolve(file.getFileName()));
      }
    }
    try (Stream<Path> jars = Files.list(dropped)) {
      assertEquals(List.of(dropped.resolve("si-1.0.0.jar")), jars.toList(), "nothing of the host");
    }

    Shell.Outcome run =
        shell(LAUNCHER, folder)
            .run(
                "run",
                "--plugins",
                plugins.toString(),
                "--set",
                "experiment.strategy.type=si",
                "--set",
                "stream.train-size=32",
                "--set",
                "stream.dev-size=16",
                "--set",
                "stream.test-size=16",
                "--set",
                "training.epochs=1",
                ROOT.resolve("examples/quickstart.conf").toString());
    succeeds(run);
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      JsonNode results =
          new ObjectMapper()
              .readTree(runs.findFirst().orElseThrow().resolve("results.json").toFile());
      assertEquals("si", results.path("strategy").asText());
      assertEquals("completed", results.path("status").asText());
    }
    Shell.Outcome described =
        shell(LAUNCHER, folder).run("plugins", "describe", "si", "--plugins", plugins.toString());
    assertTrue(described.out().contains("damping xi of eq. 5"), described.out());
  }

  /** What the walkthrough has one put into Si.java. */
  private static List<String> codeOfTheWalkthrough() throws IOException {
    List<String> code =
        Files.readAllLines(ROOT.resolve("examples/custom-strategy/README.md")).stream()
            .dropWhile(line -> !line.equals("```java"))
            .skip(1)
            .takeWhile(line -> !line.equals("```"))
            .toList();
    assertEquals("package org.example.si;", code.get(0));
    return code;
  }

  @Test
  void refusesNamesThatGiveNoProject() throws Exception {
    Files.createDirectories(folder.resolve("there"));
    Map<String, String> refused =
        Map.of(
            "MyStrategy",
            "name: found 'MyStrategy', expected words of lower-case letters and digits joined by hyphens, a letter first, such as 'my-strategy'",
            "switch",
            "name: found 'switch', a word of the Java language that no package can be called; add a word to it",
            "expert",
            "name: found 'expert', but the class Expert is one that every strategy works with; add a word to it",
            "ewc",
            "name: found 'ewc', which is a strategy of org.continuo.baselines already; choose another",
            "there",
            "found something at %s already, expected nothing; remove it or choose another name"
                .formatted(folder.resolve("there").toAbsolutePath()));
    for (String name : refused.keySet()) {
      Shell.Outcome outcome = shell(LAUNCHER, folder).run("new", "strategy", name);
      assertEquals(2, outcome.status(), name);
      assertEquals(refused.get(name), outcome.err().strip());
      assertFalse(Files.exists(folder.resolve(name).resolve("pom.xml")), name);
    }
  }

  private static void succeeds(Shell.Outcome outcome) {
    assertEquals(0, outcome.status(), () -> outcome.out() + outcome.err());
  }

  private static Shell shell(Path script, Path folder) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("CONTINUO_JAVA_OPTS", "-Dai.djl.pytorch.num_threads=1");
    // Maven runs this test, with settings of its own
    Stream.of("MAVEN_OPTS", "MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS")
        .collect(Collectors.toMap(name -> name, name -> ""))
        .forEach(environment::put);
    return new Shell(script, folder, environment);
  }
}
