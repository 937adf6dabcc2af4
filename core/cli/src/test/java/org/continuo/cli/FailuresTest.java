package org.continuo.cli;

import static org.continuo.cli.Console.EXPERIMENT;
import static org.continuo.cli.Console.failing;
import static org.continuo.cli.Console.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.continuo.api.data.DataException;
import org.continuo.cli.Console.Outcome;
import org.continuo.core.config.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
  @TempDir private Path folder;

  @Test
  void wrongInputEndsWithTwoAndWithoutATrace() throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), EXPERIMENT + "\nexperiment.seed = -1");
    assertEquals(
        new Outcome(
            2,
            "",
            file
                + ":2: experiment.seed: out of range: found -1, expected at least 0; choose a value"
                + " in this range\n--set nme=x: experiment.nme: unknown option: found 'nme',"
                + " available: backbone, checkpoints, evaluation, head, name, protocol, seed, seeds, strategy,"
                + " stream, training; did you mean 'name'?\n"),
        run("validate", file.toString(), "--set", "nme=x"));
  }

  @Test
  void wrongDataEndsWithTwo() {
    assertEquals(
        new Outcome(2, "", "a.json: no tasks\nb.json: no labels\n"),
        failing(new DataException(List.of("a.json: no tasks", "b.json: no labels"))));
  }

  @Test
  void whatNobodyExpectedEndsWithOneLineAndOne() {
    assertEquals(
        new Outcome(
            1, "", "failed: broken pipe (IllegalStateException); add --stacktrace to see where\n"),
        failing(new IllegalStateException("broken pipe")));
  }

  @Test
  void whatTheSystemSaysOfAFileIsTold() {
    for (Map.Entry<IOException, String> said :
        Map.of(
                new FileAlreadyExistsException("runs"),
                "runs is there already and is not what is to be written",
                new FileSystemException("runs/a", null, "Read-only file system"),
                "runs/a: Read-only file system",
                new AccessDeniedException("runs"),
                "runs: permission denied",
                new NoSuchFileException("runs"),
                "runs does not exist",
                new IOException("No space left on device"),
                "No space left on device")
            .entrySet()) {
      assertEquals(
          new Outcome(
              1,
              "",
              "failed: cannot write: "
                  + said.getValue()
                  + " (UncheckedIOException); add --stacktrace to see where\n"),
          failing(new UncheckedIOException("cannot write", said.getKey())));
    }
  }

  @Test
  void errorsEndLikeEveryOtherFailure() {
    Outcome deep =
        run(
            () -> {
              throw new StackOverflowError();
            },
            "plugins",
            "list");
    assertEquals(1, deep.status());
    assertTrue(deep.err().startsWith("failed: out of stack: something is nested too deeply;"));
    assertFalse(deep.err().contains("\tat "), deep.err());
    Outcome heap =
        run(
            () -> {
              throw new IllegalStateException("wrapped", new OutOfMemoryError("Java heap space"));
            },
            "plugins",
            "list");
    assertTrue(heap.err().contains("CONTINUO_JAVA_OPTS=-Xmx"), heap.err());
    assertEquals(1, heap.err().lines().count(), heap.err());
  }

  @Test
  void interruptionEndsAsShellsReportIt() {
    assertEquals(new Outcome(130, "", "interrupted\n"), failing(new CancellationException("stop")));
  }

  @Test
  void aStackTraceIsShownOnRequestWhereverTheOptionStands() {
    for (RuntimeException failure :
        List.of(new IllegalStateException("broken"), new InvalidInput("wrong"))) {
      assertFalse(failing(failure).err().contains("\tat "));
      assertTrue(failing(failure, "--stacktrace").err().contains("\tat "));
    }
    Outcome before =
        run(
            () -> {
              throw new IllegalStateException("broken");
            },
            "--stacktrace",
            "plugins",
            "list");
    assertTrue(before.err().contains("\tat "));
  }

  @Test
  void wrongArgumentsEndWithTwo() {
    assertEquals(
        new Outcome(
            2,
            "",
            """
            Unmatched argument at index 0: 'validat'
            Did you mean: continuo validate?
            See 'continuo --help'
            """),
        run("validat"));
    assertEquals(
        new Outcome(2, "", "Missing required parameter: 'FILE'\nSee 'continuo validate --help'\n"),
        run("validate"));
    Outcome none = run();
    assertEquals(2, none.status());
    assertTrue(
        none.err().startsWith("Missing command: found none, available: completion, doctor, "),
        none::err);
  }
}
