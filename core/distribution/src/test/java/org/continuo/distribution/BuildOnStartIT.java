package org.continuo.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When the launcher of a clone builds. Maven's place is taken by a script that counts its calls.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class BuildOnStartIT {
  private static final Path ROOT = Path.of(System.getProperty("continuo.root"));
  private static final String SOURCE = "api/src/main/java/org/continuo/api/Task.java";
  private static final String FIND_JAVA = "core/distribution/src/main/launcher/bin/find-java.sh";
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >>builds
      if [ -e meanwhile ]; then sleep 1; . ./meanwhile; fi
      if [ -e broken ]; then echo '[ERROR] cannot find symbol'; exit 1; fi
      mkdir -p core/distribution/target/continuo/bin
      cat >core/distribution/target/continuo/bin/continuo <<'END'
      #!/bin/sh
      pwd
      printf '%s\\n' "$@"
      exit 7
      END
      chmod +x core/distribution/target/continuo/bin/continuo
      touch core/distribution/target/continuo/continuo.jsa
      """;

  @TempDir Path temporary;
  private Path clone;
  private Path elsewhere;

  @BeforeEach
  void aCloneThatWasNeverBuilt() throws IOException {
    Path real = temporary.toRealPath();
    clone = Files.createDirectories(real.resolve("my clone"));
    elsewhere = Files.createDirectories(real.resolve("else where"));
    for (String file : List.of("continuo", FIND_JAVA)) {
      Files.createDirectories(clone.resolve(file).getParent());
      Files.copy(ROOT.resolve(file), clone.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Shell.write(clone.resolve("mvnw"), MAVEN);
    for (String file :
        List.of(
            "pom.xml",
            "api/pom.xml",
            SOURCE,
            "api/src/test/java/TaskTest.java",
            "core/src/main/resources/logback.xml",
            "plugins/lora/pom.xml",
            "baselines/README.md")) {
      Files.createDirectories(clone.resolve(file).getParent());
      Files.writeString(clone.resolve(file), "");
    }
    age();
  }

  @Test
  void buildsOnFirstUseAndRunsInTheFolderOfItsUser() throws Exception {
    Shell.Outcome outcome = launcher().run("run", "two words.conf");
    assertEquals(7, outcome.status());
    assertEquals(List.of(elsewhere.toString(), "run", "two words.conf"), outcome.lines());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("continuo: building"), outcome.err());
    assertEquals(
        List.of("-B -ntp -Dmaven.test.skip=true -pl core/distribution -am package"), builds());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api/src/test/java/TaskTest.java",
        "baselines/README.md",
        "api/target/classes/Task.class",
        "api/src/main/java/org/continuo/api/.DS_Store",
        "runs/1/results.json"
      })
  void staysBuiltWhenNothingThatIsBuiltChanged(String changed) throws Exception {
    Files.createDirectories(clone.resolve(changed).getParent());
    Files.writeString(clone.resolve(changed), "");
    launcher().run();
    age();
    Files.writeString(clone.resolve(changed), "changed");
    Shell.Outcome outcome = launcher().run();
    assertEquals("", outcome.err());
    assertEquals(7, outcome.status());
    assertEquals(1, builds().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "plugins/lora/pom.xml",
        SOURCE,
        "core/src/main/resources/logback.xml",
        "plugins/new/src/main/java/New.java"
      })
  void buildsAgainAfterAChange(String changed) throws Exception {
    launcher().run();
    age();
    Files.createDirectories(clone.resolve(changed).getParent());
    Files.writeString(clone.resolve(changed), "changed");
    Shell.Outcome outcome = launcher().run();
    assertTrue(outcome.err().startsWith("continuo: building"), outcome.err());
    assertEquals(2, builds().size());
    assertEquals("", launcher().run().err());
    assertEquals(2, builds().size());
  }

  @Test
  void buildsAgainAfterAFileWasDeleted() throws Exception {
    launcher().run();
    age();
    Files.delete(clone.resolve(SOURCE));
    launcher().run();
    assertEquals(2, builds().size());
  }

  @Test
  void noticesAChangeMadeWhileItBuilt() throws Exception {
    Files.writeString(clone.resolve("meanwhile"), "echo changed >" + SOURCE + "; rm meanwhile");
    launcher().run();
    launcher().run();
    assertEquals(2, builds().size());
    assertEquals("", launcher().run().err());
  }

  @Test
  void reportsAFailedBuildAndTriesAgain() throws Exception {
    Files.writeString(clone.resolve("broken"), "");
    Shell.Outcome failed = launcher().run("--version");
    assertEquals(1, failed.status());
    assertEquals("", failed.out());
    Path log = clone.resolve("core/distribution/target/build.log");
    assertEquals(
        List.of(
            "continuo: the build failed",
            "  found:    [ERROR] cannot find symbol",
            "  expected: a build without errors",
            "  fix:      mend what " + log + " reports, then start again"),
        failed.err().lines().skip(1).toList());
    assertTrue(Files.readString(log).contains("cannot find symbol"));
    assertNoLockIsLeft();

    Files.delete(clone.resolve("broken"));
    assertEquals(7, launcher().run().status());
    assertEquals(2, builds().size());
  }

  @Test
  void simultaneousFirstStartsBuildOnce() throws Exception {
    Files.writeString(clone.resolve("meanwhile"), "sleep 1");
    List<Shell.Started> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(launcher().start("start", Integer.toString(i)));
    }
    for (int i = 0; i < 4; i++) {
      Shell.Outcome outcome = starts.get(i).end();
      assertEquals(7, outcome.status(), outcome.err());
      assertEquals(List.of(elsewhere.toString(), "start", Integer.toString(i)), outcome.lines());
    }
    assertEquals(1, builds().size());
    assertNoLockIsLeft();
  }

  @Test
  void simultaneousStartsDiscardTheLockOfADeadProcessOnce() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = clone.resolve("core/distribution/target/build.lock");
    Files.createDirectories(lock.getParent());
    Files.writeString(lock, hostName() + " " + dead.pid() + "\n");
    List<Shell.Started> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(launcher().start());
    }
    for (Shell.Started start : starts) {
      assertEquals(7, start.end().status());
    }
    assertEquals(1, builds().size());
    assertNoLockIsLeft();
  }

  @Test
  void waitsForTheLockOfALiveProcess() throws Exception {
    Process alive = new ProcessBuilder("sleep", "3").start();
    Path lock = clone.resolve("core/distribution/target/build.lock");
    Files.createDirectories(lock.getParent());
    Files.writeString(lock, hostName() + " " + alive.pid() + "\n");
    Shell.Outcome outcome = launcher().run();
    assertFalse(alive.isAlive());
    assertEquals(7, outcome.status());
    assertTrue(
        outcome.err().startsWith("continuo: waiting for another start that is building"),
        outcome.err());
  }

  @Test
  void asksForAJdkWhereThereIsOnlyARuntime() throws Exception {
    Path home = FakeJava.home(temporary.resolve("jre"), "17.0.1");
    Shell.Outcome outcome =
        new Shell(clone.resolve("continuo"), elsewhere, Map.of("JAVA_HOME", home.toString())).run();
    assertEquals(2, outcome.status());
    assertTrue(outcome.err().startsWith("continuo: no Java compiler"), outcome.err());
    assertTrue(Files.notExists(clone.resolve("builds")));
    assertNoLockIsLeft();
  }

  @Test
  void startsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("ct"), clone.resolve("continuo"));
    Shell.Outcome outcome = new Shell(link, elsewhere, java()).run();
    assertEquals(7, outcome.status(), outcome.err());
    assertEquals(1, builds().size());
  }

  private Shell launcher() {
    return new Shell(clone.resolve("continuo"), elsewhere, java());
  }

  private static Map<String, String> java() {
    return Map.of("JAVA_HOME", System.getProperty("java.home"));
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(clone.resolve("builds"));
  }

  private void assertNoLockIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(clone.resolve("core/distribution/target"))) {
      assertEquals(
          List.of(),
          left.filter(f -> f.getFileName().toString().startsWith("build.lock")).toList());
    }
  }

  /** Everything is as it was an hour ago, and the build is a little younger. */
  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(clone)) {
      for (Path file : files.toList()) {
        boolean build = file.endsWith("continuo.jsa");
        Files.setLastModifiedTime(
            file, build ? FileTime.from(Instant.now().minusSeconds(60)) : longAgo());
      }
    }
  }

  private static FileTime longAgo() {
    return FileTime.from(Instant.now().minusSeconds(3600));
  }

  private static String hostName() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("uname", "-n").start();
    String name = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return name;
  }
}
