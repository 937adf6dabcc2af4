package org.continuo.suite.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.run.Interrupt;
import org.continuo.core.run.Progress;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;
import org.continuo.results.SuiteResults;
import org.continuo.suite.Cell;
import org.continuo.suite.Point;
import org.continuo.suite.ResolvedRun;
import org.continuo.suite.Row;
import org.continuo.suite.Suite;
import org.continuo.suite.Trial;
import org.continuo.suite.result.Analysis;
import org.continuo.suite.result.MainTable;
import org.continuo.suite.result.RunOutcome;
import org.continuo.suite.result.SuiteDocument;
import org.continuo.suite.result.SuiteOutcome;
import org.continuo.suite.result.SuiteOutcome.CellResult;
import org.continuo.suite.result.SuiteOutcome.TrialResult;
import org.continuo.suite.result.TableForms;

/** A suite in its folder: planned, or run to the end from wherever it stands. */
public final class SuiteRun {
  private static final String NO_TRIAL = "no trial of its search completed";

  private final Suite suite;
  private final Path folder;
  private final WorkerCommand command;
  private final Progress progress;

  /**
   * @param out where the folders of suites go
   * @param plugins folders of plugins that workers need as well
   * @param progress told how far it is
   */
  public SuiteRun(Suite suite, Path out, List<Path> plugins, Progress progress) {
    this.suite = suite;
    this.command = new WorkerCommand(plugins.stream().map(Path::toAbsolutePath).toList());
    this.folder = out.toAbsolutePath().normalize().resolve(suite.name());
    this.progress = progress;
  }

  /** The suite's folder. */
  public Path folder() {
    return folder;
  }

  /**
   * What is left to do. Nothing is created.
   *
   * @param workers empty: as many as the machine carries
   * @throws InvalidInput with everything that speaks against one of the runs
   */
  public SuitePlan plan(OptionalInt workers) {
    return new SuitePlanner(suite, folder, progress).plan(workers);
  }

  /**
   * Runs what is missing or has failed, and writes what the whole says.
   *
   * @param finish what else to do with it, before the process may end
   * @return whether it was interrupted
   */
  public boolean run(int workers, Consumer<Analysis> finish) {
    try (Interrupt interrupt = Interrupt.onShutdown();
        SuiteFolder opened = SuiteFolder.open(folder)) {
      WorkerPool pool = new WorkerPool(opened, command, workers, interrupt, progress);
      Analysis analysis = new Analysis(outcome(pool));
      write(analysis);
      finish.accept(analysis);
      return interrupt.requested();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the suite's folder " + folder, e);
    }
  }

  private SuiteOutcome outcome(WorkerPool pool) throws IOException {
    List<Trial> trials = suite.trials();
    Map<String, RunOutcome> tried = make(pool, "search", trials.stream().map(Trial::run).toList());
    Map<Row, Point> chosen = new LinkedHashMap<>();
    Map<Row, RunOutcome> without = new LinkedHashMap<>();
    Choice choice = new Choice(suite);
    for (Row row : suite.rows()) {
      List<Trial> own = trials.stream().filter(trial -> trial.row().equals(row)).toList();
      boolean ended =
          own.stream()
              .noneMatch(
                  trial ->
                      tried.get(trial.run().hash()).status() == SuiteResults.RunStanding.MISSING);
      Optional<Point> point =
          own.isEmpty()
              ? Optional.of(Point.NONE)
              : choice.best(own, run -> tried.get(run.hash()).results()).filter(any -> ended);
      point.ifPresentOrElse(
          found -> chosen.put(row, found),
          () -> without.put(row, ended ? RunOutcome.failed(NO_TRIAL) : RunOutcome.MISSING));
    }
    List<Cell> cells = suite.cells(chosen);
    Map<String, RunOutcome> made = make(pool, "runs", cells.stream().map(Cell::run).toList());
    return new SuiteOutcome(
        suite,
        trials.stream()
            .map(trial -> new TrialResult(trial, tried.get(trial.run().hash())))
            .toList(),
        chosen,
        inSequence(cells, made, without));
  }

  /** Cells of all rows, those that could not be chosen for among them. */
  private List<CellResult> inSequence(
      List<Cell> cells, Map<String, RunOutcome> made, Map<Row, RunOutcome> without) {
    Map<Row, Point> unchosen = new LinkedHashMap<>();
    without.keySet().forEach(row -> unchosen.put(row, Point.NONE));
    List<CellResult> results = new ArrayList<>();
    cells.forEach(cell -> results.add(new CellResult(cell, made.get(cell.run().hash()))));
    suite
        .cells(unchosen)
        .forEach(cell -> results.add(new CellResult(cell, without.get(cell.row()))));
    List<Row> rows = suite.rows();
    return results.stream()
        .sorted(Comparator.comparingInt(each -> rows.indexOf(each.cell().row())))
        .toList();
  }

  /** Those that are there stay; the others are made. Equal runs are made once. */
  private Map<String, RunOutcome> make(WorkerPool pool, String what, List<ResolvedRun> runs)
      throws IOException {
    Map<String, RunOutcome> states = new LinkedHashMap<>();
    Map<String, ResolvedRun> left = new LinkedHashMap<>();
    for (ResolvedRun run : runs) {
      Optional<RunResults> results = SuiteFolder.completed(folder, run.hash());
      results.ifPresentOrElse(
          found -> states.put(run.hash(), RunOutcome.completed(found)),
          () -> left.putIfAbsent(run.hash(), run));
    }
    if (!left.isEmpty()) {
      states.putAll(pool.make(what, left.values()));
    }
    return states;
  }

  private void write(Analysis analysis) throws IOException {
    ResultsFile.SUITE.write(SuiteDocument.of(analysis), folder);
    TableForms forms = new TableForms(new MainTable(analysis));
    Files.writeString(folder.resolve("table.csv"), forms.csv());
    Files.writeString(folder.resolve("table.tex"), forms.latex());
    Files.write(folder.resolve("table.md"), forms.markdown());
  }
}
