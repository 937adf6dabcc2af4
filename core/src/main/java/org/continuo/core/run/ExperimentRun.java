package org.continuo.core.run;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Choice;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plan.Plan;
import org.continuo.core.plan.Planner;
import org.continuo.core.terminal.Progress;
import org.continuo.core.train.Interruption;

/** One experiment file, bound: planned, or run in an injector of its own. */
public final class ExperimentRun {
  private final Bound<Experiment> file;
  private final Progress progress;

  public ExperimentRun(Bound<Experiment> file, PrintStream messages) {
    this.file = file;
    this.progress = Progress.on(messages);
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

  /**
   * Runs it, in a new folder under {@code out}. Nothing is created if the plan does not stand.
   *
   * @param finish what to do with a run that completed or was interrupted, before the process may
   *     end
   * @throws DataException with all problems, if the run cannot be planned
   * @throws RunFailed if it breaks later
   */
  public Outcome run(Path out, Finish finish) {
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
            Outcome outcome = run(assembly, out, listener);
            finish.finished(outcome, assembly.part(Backbone.class));
            return outcome;
          });
    }
  }

  private Outcome run(RunAssembly assembly, Path out, RunListener listener) {
    Execution execution = assembly.part(Execution.class);
    try (RunFolder folder = RunFolder.create(out, file.options().name())) {
      folder.experiment(file.text());
      listener.writeTo(folder);
      return execution.run(strategy(), folder, listener, progress);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the run's folder under " + out, e);
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
