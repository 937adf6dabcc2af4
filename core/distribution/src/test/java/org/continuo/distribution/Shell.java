package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a script in a folder, with some environment variables set or (empty) removed. */
record Shell(Path script, Path folder, Map<String, String> environment) {
  private static final long PATIENCE_SECONDS = 300;

  record Outcome(long process, int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  record Started(Process process, Path out, Path err) {
    Outcome end() throws IOException, InterruptedException {
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "still running");
      return new Outcome(
          process.pid(), process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /** The launcher of an installation; one thread: models are small, and a build has other work. */
  static Shell continuo(Path home, Path folder) {
    return new Shell(
        home.resolve("bin/continuo"),
        folder,
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "CONTINUO_JAVA_OPTS",
            "-Dai.djl.pytorch.num_threads=1"));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).end();
  }

  Started start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    Path out = Files.createTempFile("shell", ".out");
    Path err = Files.createTempFile("shell", ".err");
    out.toFile().deleteOnExit();
    err.toFile().deleteOnExit();
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Started(process, out, err);
  }

  static Path write(Path script, String text) throws IOException {
    Files.createDirectories(script.getParent());
    Files.writeString(script, text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }
}
