package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.plugin.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as its user starts it: the only tests that see the real module graph. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherIT {
  private static final Path LAUNCHER = Distribution.HOME.resolve("bin/continuo");

  @TempDir Path folder;

  @Test
  void tellsItsVersion() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("--version");
    assertEquals("", outcome.err());
    assertTrue(outcome.out().startsWith("continuo "), outcome.out());
    assertEquals(0, outcome.status());
  }

  @Test
  void listsEveryPluginOfItsModules() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("plugins", "list");
    assertEquals(0, outcome.status(), outcome.err());
    Set<String> listed =
        outcome
            .out()
            .lines()
            .skip(1)
            .map(LauncherIT::secondWord)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(providedIds(), listed, outcome.out());
  }

  @Test
  void refusesAnUnknownCommand() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("tarin");
    assertEquals(2, outcome.status());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("tarin"), outcome.err());
  }

  @Test
  void findsTheMachineHealthy() throws Exception {
    Shell.Outcome outcome = continuo(Map.of()).run("doctor");
    assertEquals(0, outcome.status(), () -> outcome.out() + outcome.err());
    assertEquals("", outcome.err());
  }

  @Test
  void placesAMistypedOptionAndCreatesNothing() throws Exception {
    Path file = folder.resolve("typo.conf");
    Files.writeString(file, "experiment {\n  name = typo\n  trainign { epochs = 1 }\n}\n");
    Shell.Outcome outcome = continuo(Map.of()).run("validate", "typo.conf");
    assertEquals(2, outcome.status());
    assertTrue(
        outcome.err().lines().anyMatch(l -> l.contains("typo.conf:3") && l.contains("trainign")),
        outcome.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void startsFromTheClassArchive() throws Exception {
    Shell.Outcome outcome =
        continuo(Map.of("CONTINUO_JAVA_OPTS", "-Xlog:class+load:stdout")).run("--version");
    assertTrue(
        outcome
            .out()
            .lines()
            .anyMatch(
                line ->
                    line.contains("org.continuo.core.cli.Main ")
                        && line.contains("shared objects file (top)")),
        outcome.out());
  }

  private static String secondWord(String line) {
    return Pattern.compile("\\S+")
        .matcher(line)
        .results()
        .skip(1)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no second word in '" + line + "'"))
        .group();
  }

  private static Set<String> providedIds() throws ReflectiveOperationException {
    Set<String> ids = new TreeSet<>();
    for (var module : Distribution.rooms()) {
      for (String name : Distribution.provided(module)) {
        Object plugin = Class.forName(name).getConstructor().newInstance();
        ids.add(assertInstanceOf(Plugin.class, plugin).id());
      }
    }
    return ids;
  }

  /** Maven may have been started with another Java than the one that it runs on. */
  private Shell continuo(Map<String, String> environment) throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    return new Shell(LAUNCHER, folder, all);
  }
}
