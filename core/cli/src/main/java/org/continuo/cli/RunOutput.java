package org.continuo.cli;

import java.io.PrintWriter;
import org.continuo.cli.terminal.MatrixTable;
import org.continuo.cli.terminal.MetricTable;
import org.continuo.core.run.Outcome;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunStatus;

/** What a run says at its end. */
final class RunOutput {
  private final Reports reports;
  private final PrintWriter out;
  private final PrintWriter err;

  RunOutput(Reports reports, PrintWriter out, PrintWriter err) {
    this.reports = reports;
    this.out = out;
    this.err = err;
  }

  /** Called before the process may end: an interrupted one ends soon. */
  void tell(Outcome outcome) {
    MatrixTable.of(outcome.matrix()).forEach(out::println);
    out.println();
    MatrixTable.metrics(outcome.matrix()).forEach(out::println);
    out.println();
    MetricTable.of(outcome.metrics())
        .forEach(
            table -> {
              table.forEach(out::println);
              out.println();
            });
    out.println(ResultsFile.RUN.in(outcome.folder()));
    reports.write(outcome.folder(), ResultsFile.RUN, out);
    out.flush();
    tellHowToGoOn(outcome, err);
  }

  static void tellHowToGoOn(Outcome outcome, PrintWriter err) {
    if (outcome.status() == RunStatus.INTERRUPTED) {
      err.println("interrupted; to go on: continuo resume " + outcome.folder());
      err.flush();
    }
  }

  static int status(Outcome outcome) {
    return outcome.status() == RunStatus.INTERRUPTED ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
  }
}
