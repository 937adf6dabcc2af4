package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java the launcher takes, what it hands over, and what it says when there is none. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class JavaChoiceIT {
  private static final Path LAUNCHER = Distribution.HOME.resolve("bin/continuo");

  @TempDir Path folder;

  @Test
  void handsOverArgumentsProcessAndStatus() throws Exception {
    Path home = FakeJava.home(folder.resolve("jdk of mine"), "17.0.1");
    Shell.Outcome outcome =
        launcher(Map.of("JAVA_HOME", home.toString(), "CONTINUO_JAVA_OPTS", "-Xmx9g -Dfile=*"))
            .run("run", "two words.conf", "");
    assertEquals(42, outcome.status());
    assertEquals("", outcome.err());
    List<String> lines = outcome.lines();
    assertEquals(Long.toString(outcome.process()), lines.get(0), "signals must reach the JVM");
    assertEquals(
        List.of(
            "@" + Distribution.HOME.resolve("jvm.options"),
            "-XX:SharedArchiveFile=" + Distribution.HOME.resolve("continuo.jsa"),
            "-Dcontinuo.home=" + Distribution.HOME,
            "-Donnxruntime.native.path=" + Distribution.HOME.resolve("engines/onnxruntime"),
            "-Xmx9g",
            "-Dfile=*",
            "--module-path",
            Distribution.MODULE_PATH.toString(),
            "--class-path",
            Distribution.CLASS_PATH + "/*:" + Distribution.HOME.resolve("maven") + "/*",
            "--module",
            "org.continuo.cli/org.continuo.cli.Main",
            "run",
            "two words.conf",
            ""),
        lines.subList(1, lines.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.15", "21-ea", "23.0.1"})
  void acceptsEveryJavaFrom17(String version) throws Exception {
    Path home = FakeJava.home(folder.resolve("jdk"), version);
    assertEquals(42, launcher(Map.of("JAVA_HOME", home.toString())).run().status());
  }

  @Test
  void allowsNativeCodeWhereTheJvmAsks() throws Exception {
    Path home = FakeJava.home(folder.resolve("jdk"), "24");
    Shell.Outcome outcome = launcher(Map.of("JAVA_HOME", home.toString())).run();
    assertTrue(
        outcome.lines().contains("@" + Distribution.HOME.resolve("jvm-24.options")), outcome.out());
    assertTrue(Files.isRegularFile(Distribution.HOME.resolve("jvm-24.options")));
  }

  @ParameterizedTest
  @CsvSource({"11.0.2, 11.0.2", "1.8.0_392, 1.8.0_392", "16-ea, 16-ea"})
  void refusesAnOlderJava(String version, String shown) throws Exception {
    Path home = FakeJava.home(folder.resolve("jdk"), version);
    Shell.Outcome outcome = launcher(Map.of("JAVA_HOME", home.toString())).run("--version");
    assertEquals(2, outcome.status());
    assertEquals("", outcome.out());
    assertEquals(
        List.of(
            "continuo: Java is too old",
            "  found:    Java " + shown + " (JAVA_HOME is '" + home + "')",
            "  expected: Java 17 or newer"),
        outcome.err().lines().limit(3).toList());
    assertTrue(outcome.err().contains("  fix:      install a JDK 17 or newer"), outcome.err());
  }

  @Test
  void saysThatJavaIsMissing() throws Exception {
    Shell.Outcome outcome = launcher(Map.of("JAVA_HOME", "")).run("--version");
    assertEquals(2, outcome.status());
    assertEquals("", outcome.out());
    assertEquals(
        List.of(
            "continuo: no Java that runs",
            "  found:    JAVA_HOME is not set; java on the PATH is 'missing'",
            "  expected: Java 17 or newer"),
        outcome.err().lines().limit(3).toList());
    assertTrue(outcome.err().contains("  fix:      install a JDK 17 or newer"), outcome.err());
  }

  @Test
  void saysThatJavaHomeHoldsNone() throws Exception {
    Path home = folder.resolve("nowhere");
    Shell.Outcome outcome = launcher(Map.of("JAVA_HOME", home.toString())).run("--version");
    assertEquals(2, outcome.status());
    assertTrue(outcome.err().contains("JAVA_HOME is '" + home + "'"), outcome.err());
  }

  @Test
  void startsThroughALinkFromAnywhere() throws Exception {
    Path home = FakeJava.home(folder.resolve("jdk"), "17");
    Path link = Files.createSymbolicLink(folder.resolve("continuo"), LAUNCHER);
    Shell.Outcome outcome =
        new Shell(link, folder, Map.of("JAVA_HOME", home.toString())).run("--version");
    assertTrue(outcome.lines().contains(Distribution.MODULE_PATH.toString()), outcome.out());
    Files.delete(link);
  }

  /** With a PATH that holds what the script calls and, unlike most, no Java. */
  private Shell launcher(Map<String, String> environment) throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("dirname", "readlink")) {
      Shell.write(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", tools.toString());
    return new Shell(LAUNCHER, folder, all);
  }
}
