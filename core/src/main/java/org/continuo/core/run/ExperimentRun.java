package org.continuo.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Plan;
import org.continuo.core.plan.Planner;
import org.continuo.core.train.Interruption;

/** One experiment file, bound: planned, or run in an injector of its own. */
public final class ExperimentRun {
  private final Bound<Experiment> file;
  private final Progress progress;
  private final String command;

  public ExperimentRun(Bound<Experiment> file, Progress progress) {
    this(file, progress, "run");
  }

  /**
   * @param command by which it was asked for: whoever resumes it has to know what comes at the end
   */
  public ExperimentRun(Bound<Experiment> file, Progress progress, String command) {
    this.file = file;
    this.progress = progress;
    this.command = command;
  }

  /**
   * What the run would do.
   *
   * @throws DataException with all problems, if the run cannot be planned
   */
  public Plan plan() {
    requireCapabilities();
    RunListener listener = new RunListener(progress);
    return within(listener, () -> false, assembly -> assembly.part(Planner.class).plan(strategy()));
  }

  /** Runs it, in a new folder under {@code out}; see {@link #run(RunFolder.Place, Finish)}. */
  public Outcome run(Path out, Finish finish) {
    return run(RunFolder.Place.under(out), finish);
  }

  /**
   * Runs it. Nothing is created if the plan does not stand.
   *
   * @param finish what to do with a run that completed or was interrupted, before the process may
   *     end
   * @throws DataException with all problems, if the run cannot be planned
   * @throws RunFailed if it breaks later
   */
  public Outcome run(RunFolder.Place place, Finish finish) {
    return run(place, Optional.empty(), finish);
  }

  /**
   * Goes on with a run in its folder: from its checkpoint, or from the beginning if it has none.
   *
   * @param progress told how far it is
   * @throws DataException with all problems, if the run cannot be planned, or if data or model are
   *     no longer those it began with
   * @throws RunFailed if it breaks later
   */
  public static Outcome resume(UnfinishedRun from, Progress progress, Finish finish) {
    return new ExperimentRun(from.experiment(), progress, from.command())
        .run(RunFolder.Place.of(from), from.checkpoint(), finish);
  }

  private Outcome run(RunFolder.Place place, Optional<Checkpoint> from, Finish finish) {
    requireCapabilities();
    try (Interrupt interrupt = Interrupt.onShutdown()) {
      RunListener listener = new RunListener(progress);
      return within(
          listener,
          interrupt,
          assembly -> {
            List<String> refusals = assembly.part(Planner.class).refusals();
            if (!refusals.isEmpty()) {
              throw new DataException(refusals);
            }
            Outcome outcome = run(assembly, place, from, listener);
            finish.finished(outcome, assembly.part(Backbone.class));
            return outcome;
          });
    }
  }

  private Outcome run(
      RunAssembly assembly,
      RunFolder.Place place,
      Optional<Checkpoint> from,
      RunListener listener) {
    Execution execution = assembly.part(Execution.class);
    List<String> changed = from.map(execution::refusals).orElse(List.of());
    if (!changed.isEmpty()) {
      throw new DataException(changed);
    }
    try (RunFolder folder = place.open(file.options().name().value())) {
      folder.experiment(file.text());
      listener.writeTo(folder);
      return execution.run(new Execution.Job(command, strategy(), file, folder, listener, from));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the run's folder: " + Reason.of(e), e);
    }
  }

  /** Called when a run has written its results. */
  @FunctionalInterface
  public interface Finish {
    void finished(Outcome outcome, Backbone backbone);
  }

  private void requireCapabilities() {
    List<String> problems = Planner.capabilityProblems(file);
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }

  private <R> R within(
      RunListener listener, Interruption interruption, Function<RunAssembly, R> body) {
    try (RunAssembly run = new RunAssembly(file.options(), strategy(), listener, interruption)) {
      return body.apply(run);
    } finally {
      progress.close();
    }
  }

  private String strategy() {
    return file.choices().stream()
        .filter(choice -> choice.path().equals("experiment.strategy"))
        .map((Choice choice) -> choice.plugin().id())
        .findFirst()
        .orElseThrow();
  }
}
