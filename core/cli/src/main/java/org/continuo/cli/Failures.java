package org.continuo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.continuo.api.data.DataException;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.run.Reason;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
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

  /**
   * @param thrown an error comes wrapped, as {@link #wrapped} does it
   */
  int ofExecution(Exception thrown, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    Throwable e = thrown.getCause() instanceof Error error ? error : thrown;
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
    err.println(
        "failed: "
            + Reason.of(e)
            + " ("
            + e.getClass().getSimpleName()
            + ")"
            + (stacktrace.getAsBoolean() ? "" : "; add --stacktrace to see where"));
    trace(e, err);
    return ExitStatus.FAILED;
  }

  /** Picocli hands exceptions to {@link #ofExecution}, but lets errors end the program. */
  static int wrapped(ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      List<CommandLine> commands = parsed.asCommandLineList();
      throw new ExecutionException(commands.get(commands.size() - 1), "an error", e);
    }
  }

  private static Optional<List<String>> problems(Throwable e) {
    if (e instanceof InvalidInput invalid) {
      return Optional.of(invalid.problems());
    }
    return e instanceof DataException data ? Optional.of(data.problems()) : Optional.empty();
  }

  private void trace(Throwable e, PrintWriter err) {
    if (stacktrace.getAsBoolean()) {
      e.printStackTrace(err);
    }
  }
}
