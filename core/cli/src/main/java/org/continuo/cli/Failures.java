package org.continuo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.continuo.api.data.DataException;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.files.FileErrors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is printed when a command does not succeed, and the exit status. */
final class Failures {
  private final BooleanSupplier stacktrace;

  Failures(BooleanSupplier stacktrace) {
    this.stacktrace = stacktrace;
  }

  int ofArguments(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'");
    trace(e, err);
    return ExitStatus.INVALID;
  }

  int ofExecution(Exception e, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    Optional<List<String>> problems = problems(e);
    if (problems.isPresent()) {
      problems.get().forEach(err::println);
      trace(e, err);
      return ExitStatus.INVALID;
    }
    if (e instanceof InterruptedException || e instanceof CancellationException) {
      err.println("interrupted");
      trace(e, err);
      return ExitStatus.INTERRUPTED;
    }
    String message = Optional.ofNullable(e.getMessage()).orElse("no message");
    err.println(
        "failed: "
            + message
            + FileErrors.behind(e)
                .filter(why -> !message.contains(why))
                .map(why -> ": " + why)
                .orElse("")
            + " ("
            + e.getClass().getSimpleName()
            + ")"
            + (stacktrace.getAsBoolean() ? "" : "; add --stacktrace to see where"));
    trace(e, err);
    return ExitStatus.FAILED;
  }

  private static Optional<List<String>> problems(Exception e) {
    if (e instanceof InvalidInput invalid) {
      return Optional.of(invalid.problems());
    }
    return e instanceof DataException data ? Optional.of(data.problems()) : Optional.empty();
  }

  private void trace(Exception e, PrintWriter err) {
    if (stacktrace.getAsBoolean()) {
      e.printStackTrace(err);
    }
  }
}
