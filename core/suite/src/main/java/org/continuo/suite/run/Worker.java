package org.continuo.suite.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;
import org.continuo.results.RunStatus;
import org.continuo.suite.ResolvedRun;
import org.continuo.suite.result.RunOutcome;

/** A process that makes one run, and ends with this one: it holds the other end of its input. */
final class Worker {
  /** The command ended because it was given something wrong. */
  private static final int INVALID = 2;

  private static final String ERRORS = "errors.txt";

  /** What a system reports of a process that a signal ended is above this. */
  private static final int SIGNAL = 128;

  /** SIGKILL: also what a system sends when memory runs out. */
  private static final int KILL = 9;

  /** A report takes a while after the results; a process that does not end after it hangs. */
  private static final Duration LINGERING = Duration.ofMinutes(5);

  private final ResolvedRun run;
  private final Path work;
  private final Process process;
  private Optional<Instant> resultsSeen = Optional.empty();

  private Worker(ResolvedRun run, Path work, Process process) {
    this.run = run;
    this.work = work;
    this.process = process;
  }

  /**
   * @param work a folder for it: empty, or with a checkpoint to go on from
   */
  static Worker start(ResolvedRun run, Path work, WorkerCommand command) throws IOException {
    Process process =
        new ProcessBuilder(command.of(arguments(run, work)))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(work.resolve(ERRORS).toFile())
            .start();
    return new Worker(run, work, process);
  }

  private static List<String> arguments(ResolvedRun run, Path work) throws IOException {
    if (SuiteFolder.resumable(work)) {
      if (ResultsFile.RUN.find(work).filter(RunResults::completed).isEmpty()) {
        // that it was interrupted is no longer so
        Files.deleteIfExists(ResultsFile.RUN.in(work));
      }
      return List.of("resume", work.toString(), "--while-input");
    }
    Path experiment = work.resolve("experiment.conf");
    Files.writeString(experiment, run.experiment().text());
    return List.of("run", experiment.toString(), "--into", work.toString(), "--while-input");
  }

  ResolvedRun run() {
    return run;
  }

  Path work() {
    return work;
  }

  /** Also one that has written its results long ago: it is ended then. */
  boolean ended() throws InterruptedException {
    if (!process.isAlive()) {
      return true;
    }
    if (resultsSeen.isEmpty() && ResultsFile.RUN.isIn(work)) {
      resultsSeen = Optional.of(Instant.now());
    }
    boolean hangs =
        resultsSeen.filter(at -> at.plus(LINGERING).isBefore(Instant.now())).isPresent();
    if (hangs) {
      end(0);
    }
    return hangs;
  }

  /** Whether a signal ended it before it could say how its run stands. */
  boolean killed() {
    return process.exitValue() > SIGNAL && !ResultsFile.RUN.isIn(work);
  }

  /** Asks it to end; it finishes its step and writes what it has. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // it has ended by itself
    }
  }

  /** Waits for an end, and makes one if it does not come. */
  void end(long patienceSeconds) throws InterruptedException {
    if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** How its run stands, now that it has ended; missing if it was interrupted. */
  RunOutcome state() {
    Optional<RunResults> results = ResultsFile.RUN.find(work);
    if (results.filter(RunResults::completed).isPresent()) {
      return RunOutcome.completed(results.get());
    }
    if (results.filter(each -> each.status() == RunStatus.INTERRUPTED).isPresent()) {
      return RunOutcome.MISSING;
    }
    return RunOutcome.failed(
        results
            .flatMap(RunResults::failure)
            .map(RunResults.Failure::message)
            .orElseGet(() -> message(process.exitValue())));
  }

  private String message(int status) {
    List<String> lines = errors();
    if (status == INVALID && !lines.isEmpty()) {
      return lines.stream().collect(Collectors.joining("; "));
    }
    String last = lines.isEmpty() ? "it wrote nothing" : lines.get(lines.size() - 1);
    return "its process ended with status " + status + signal(status) + ": " + last;
  }

  private static String signal(int status) {
    if (status <= SIGNAL) {
      return "";
    }
    return status - SIGNAL == KILL
        ? " (signal 9: killed from outside, by the system if memory ran out: start with fewer --workers)"
        : " (signal " + (status - SIGNAL) + ")";
  }

  private List<String> errors() {
    try {
      return Files.readAllLines(work.resolve(ERRORS), StandardCharsets.UTF_8).stream()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
