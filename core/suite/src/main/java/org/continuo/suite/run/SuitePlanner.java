package org.continuo.suite.run;

import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Inputs;
import org.continuo.core.plan.Plan;
import org.continuo.core.run.ExperimentRun;
import org.continuo.core.run.Progress;
import org.continuo.core.train.SeedTree;
import org.continuo.results.Cost;
import org.continuo.results.RunResults;
import org.continuo.suite.Cell;
import org.continuo.suite.Point;
import org.continuo.suite.ResolvedRun;
import org.continuo.suite.Row;
import org.continuo.suite.Suite;
import org.continuo.suite.Trial;

/** Looks at what is there and what is left, opens every stream, and has each row planned once. */
final class SuitePlanner {
  /** Starting a process and loading the engine. */
  private static final double START_SECONDS = 3;

  /** Java, the engine and the data, beside the model. */
  private static final long BASE_BYTES = 1L << 30;

  /** The model, its gradients and what is kept of passes, in copies of the model. */
  private static final int MODEL_COPIES = 4;

  private final Suite suite;
  private final Path folder;
  private final Progress progress;
  private final List<String> problems = new ArrayList<>();
  private long bytesEach;

  /**
   * @param folder of the suite, which need not exist
   */
  SuitePlanner(Suite suite, Path folder, Progress progress) {
    this.suite = suite;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * @param workers empty: as many as the machine carries
   * @throws InvalidInput with everything that speaks against one of the runs
   */
  SuitePlan plan(OptionalInt workers) {
    WorkerCommand.computeAlike();
    Map<Row, Point> unsearched = new LinkedHashMap<>();
    suite.rows().forEach(row -> unsearched.put(row, Point.NONE));
    List<Trial> trials = suite.trials();
    Map<Row, Point> chosen = new Choice(suite).of(trials, this::completed);
    unsearched.putAll(chosen);
    List<Cell> cells = suite.cells(unsearched);
    openStreams(
        Stream.concat(trials.stream().map(Trial::run), cells.stream().map(Cell::run))
            .filter(run -> completed(run).isEmpty())
            .toList());
    List<SuitePlan.RowPlan> rows = new ArrayList<>();
    for (Row row : suite.rows()) {
      List<ResolvedRun> tried =
          trials.stream().filter(trial -> trial.row().equals(row)).map(Trial::run).toList();
      boolean known = tried.isEmpty() || chosen.containsKey(row);
      List<ResolvedRun> compared =
          cells.stream().filter(cell -> cell.row().equals(row)).map(Cell::run).toList();
      int present = known ? present(compared) : 0;
      boolean anyLeft = present < compared.size() || present(tried) < tried.size();
      double seconds = anyLeft && problems.isEmpty() ? seconds(row, compared) : 0;
      rows.add(
          new SuitePlan.RowPlan(
              row, tried.size(), present(tried), compared.size(), present, seconds));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.stream().distinct().toList());
    }
    int left = rows.stream().mapToInt(SuitePlan.RowPlan::left).sum();
    int carried = workers.orElseGet(() -> Machine.workers(bytesEach, left));
    double total = rows.stream().mapToDouble(row -> row.left() * row.secondsEach()).sum();
    return new SuitePlan(rows, carried, total / Math.max(1, Math.min(carried, left)));
  }

  private Optional<RunResults> completed(ResolvedRun run) {
    return SuiteFolder.completed(folder, run.hash());
  }

  private int present(List<ResolvedRun> runs) {
    return (int) runs.stream().filter(run -> completed(run).isPresent()).count();
  }

  /** One for every distinct stream: names of tasks, files and labels are the user's to mend. */
  private void openStreams(List<ResolvedRun> runs) {
    Set<ConfigValue> opened = new HashSet<>();
    for (ResolvedRun run : runs) {
      Experiment experiment = run.experiment().options();
      if (opened.add(run.experiment().resolved().getValue("experiment.stream"))) {
        try {
          experiment.stream().open(new SeedTree(experiment).seed(SeedTree.Purpose.DATA));
        } catch (DataException e) {
          problems.addAll(e.problems());
        }
      }
      if (opened.add(run.experiment().resolved().getValue("experiment.backbone"))) {
        problems.addAll(Inputs.problems(experiment.backbone()));
      }
    }
  }

  /** Of one cell: as measured by those that ran, else as the first is planned. */
  private double seconds(Row row, List<ResolvedRun> runs) {
    List<Cost> measured =
        runs.stream().flatMap(run -> completed(run).stream()).map(RunResults::cost).toList();
    if (!measured.isEmpty()) {
      bytesEach = measured.stream().mapToLong(Cost::peakMemoryBytes).reduce(bytesEach, Math::max);
      return START_SECONDS
          + measured.stream().mapToDouble(cost -> cost.seconds().total()).average().orElseThrow();
    }
    try {
      Plan plan = new ExperimentRun(runs.get(0).experiment(), progress).plan();
      plan.problems().forEach(problem -> problems.add(row.label() + ": " + problem));
      long model = plan.backbone().parameters() * Float.BYTES;
      bytesEach = Math.max(bytesEach, BASE_BYTES + MODEL_COPIES * model);
      return START_SECONDS + plan.secondsEstimated().orElse(0);
    } catch (DataException e) {
      e.problems().forEach(problem -> problems.add(row.label() + ": " + problem));
      return 0;
    }
  }
}
