package org.continuo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.continuo.cli.terminal.TerminalProgress;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.text.TextTable;
import org.continuo.results.ResultsFile;
import org.continuo.results.SuiteResults;
import org.continuo.suite.Suite;
import org.continuo.suite.result.Analysis;
import org.continuo.suite.result.MainTable;
import org.continuo.suite.result.TableForms;
import org.continuo.suite.run.SuitePlan;
import org.continuo.suite.run.SuiteRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares strategies over orders and seeds, from one file. */
@Command(
    name = "suite",
    description = {
      "Run what a suite of experiments lacks, side by side, and compare.",
      "Start it again after an interruption or a failure: what has completed stays,",
      "and a run that was interrupted goes on from its last checkpoint."
    })
final class SuiteCommand implements Callable<Integer> {
  private final Supplier<PluginRegistry> plugins;
  private final Supplier<List<Path>> places;

  @Parameters(
      paramLabel = "FILE",
      description = "Suite file (HOCON): the blocks experiment and suite.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Override an option of either block, as often as needed:",
        "--set training.epochs=2 --set 'suite.seeds=[1, 2]'."
      })
  private List<String> sets = new ArrayList<>();

  @Option(names = "--dry-run", description = "Say what would run and how long it takes.")
  private boolean dryRun;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Runs side by side; default: as many as cores and memory allow.")
  private Optional<Integer> workers = Optional.empty();

  @Mixin private OutputArguments output;
  @Spec private CommandSpec spec;

  /**
   * @param places of plugins that were given
   */
  SuiteCommand(Supplier<PluginRegistry> plugins, Supplier<List<Path>> places) {
    this.plugins = plugins;
    this.places = places;
  }

  @Override
  public Integer call() {
    if (workers.filter(number -> number < 1).isPresent()) {
      throw new InvalidInput(
          "--workers: found " + workers.get() + ", expected at least 1; give a number");
    }
    PluginRegistry registry = plugins.get();
    Suite suite = Suite.read(file, sets, registry);
    SuiteRun run =
        new SuiteRun(suite, output.folder(), places.get(), TerminalProgress.on(System.err));
    SuitePlan plan = run.plan(workers.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    PrintWriter out = spec.commandLine().getOut();
    tell(plan, out);
    if (dryRun) {
      return ExitStatus.DONE;
    }
    List<SuiteResults.Status> outcome = new ArrayList<>();
    boolean interrupted =
        run.run(
            plan.workers(),
            analysis -> {
              outcome.add(analysis.outcome().status());
              tell(analysis, run.folder(), out);
              new Reports(registry, spec.commandLine().getErr())
                  .write(run.folder(), ResultsFile.SUITE, out);
              out.flush();
            });
    if (interrupted) {
      return ExitStatus.INTERRUPTED;
    }
    return outcome.equals(List.of(SuiteResults.Status.COMPLETED))
        ? ExitStatus.DONE
        : ExitStatus.FAILED;
  }

  private static void tell(SuitePlan plan, PrintWriter out) {
    boolean searches = plan.rows().stream().anyMatch(row -> row.trials() > 0);
    TextTable table =
        searches
            ? new TextTable("ROW", "TRIALS", "THERE", "RUNS", "THERE", "SECONDS EACH")
            : new TextTable("ROW", "RUNS", "THERE", "SECONDS EACH");
    for (SuitePlan.RowPlan row : plan.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.row().label()));
      if (searches) {
        cells.add(String.valueOf(row.trials()));
        cells.add(String.valueOf(row.trialsPresent()));
      }
      cells.add(String.valueOf(row.cells()));
      cells.add(String.valueOf(row.cellsPresent()));
      cells.add(
          row.secondsEach() == 0
              ? "-"
              : String.format(Locale.ROOT, "about %.0f", row.secondsEach()));
      table.row(cells.toArray(String[]::new));
    }
    table.plain().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "%n%d runs left, %d side by side, about %s%n%n",
        plan.runsLeft(),
        plan.workers(),
        PlanCommand.duration(plan.secondsEstimated()));
    out.flush();
  }

  private static void tell(Analysis analysis, Path folder, PrintWriter out) {
    new TableForms(new MainTable(analysis)).text().forEach(out::println);
    out.println();
    out.println(ResultsFile.SUITE.in(folder));
    out.flush();
  }
}
