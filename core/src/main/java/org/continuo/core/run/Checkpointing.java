package org.continuo.core.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.DataException;
import org.continuo.core.checkpoint.CheckpointFolders;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.experiment.Checkpoints;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.train.LearnedState;
import org.continuo.core.train.Scopes;
import org.continuo.results.RunState;

/** Gathers what a checkpoint holds from the parts of a run, and puts it back. */
final class Checkpointing {
  private final Checkpoints kept;
  private final LearnedState learned;
  private final Evaluator evaluator;
  private final Scopes scopes;

  @Inject
  Checkpointing(Experiment experiment, LearnedState learned, Evaluator evaluator, Scopes scopes) {
    this.kept = experiment.checkpoints();
    this.learned = learned;
    this.evaluator = evaluator;
    this.scopes = scopes;
  }

  /**
   * To be called when a task was learned, before anything is made of it.
   *
   * @throws org.continuo.core.train.TrainingDiverged if what a checkpoint would hold is not finite
   */
  void requireFinite() {
    scopes.within(learned::requireFinite);
  }

  /** What belongs to a checkpoint and is no state. */
  record Frame(String fingerprint, String experiment, Map<String, String> environment) {}

  /**
   * Writes one, unless none are kept.
   *
   * @param name of the stage
   */
  void write(
      RunFolder folder,
      String name,
      Frame frame,
      RunState.Scores scores,
      RunState.Spent spent,
      List<String> warnings)
      throws IOException {
    if (kept == Checkpoints.NONE) {
      return;
    }
    RunState state =
        new RunState(
            frame.fingerprint,
            frame.environment,
            folder.eventBytes(),
            scores,
            spent,
            warnings,
            evaluator.known(),
            learned.facts());
    CheckpointFolders checkpoints = folder.checkpoints();
    scopes.within(
        () -> {
          Checkpoint.Content content =
              new Checkpoint.Content(frame.experiment, learned.parameters(), learned.kept());
          try {
            checkpoints.add(name, into -> Checkpoint.write(into, state, content));
          } catch (IOException e) {
            throw new UncheckedIOException(
                "cannot write checkpoint %s into %s".formatted(name, checkpoints.path()), e);
          }
        });
    if (kept != Checkpoints.ALL) {
      checkpoints.keepLatest();
    }
  }

  /** The run has completed. */
  void completed(RunFolder folder) throws IOException {
    if (kept == Checkpoints.UNFINISHED) {
      folder.checkpoints().clear();
    }
  }

  /** Puts every part of a run that has done nothing yet where the checkpoint has it. */
  void restore(Checkpoint checkpoint, RunListener listener) {
    RunState state = checkpoint.state();
    RunState.Spent spent = state.spent();
    try {
      scopes.within(
          () ->
              learned.restore(
                  state.learned(),
                  checkpoint.parameters(scopes.current()),
                  checkpoint.kept(scopes.current())));
    } catch (ArithmeticException e) {
      throw new DataException(
          "%s: %s, expected finite numbers alone; delete the folder: 'continuo resume' then goes on from the one before, or from the beginning"
              .formatted(checkpoint.folder(), e.getMessage()),
          e);
    }
    evaluator.resume(state.tested(), spent.evaluationSeconds(), spent.evaluationTokens());
    listener.resume(spent.trainable(), state.warnings(), spent.trainTokens());
  }

  /** Why the run cannot go on: data or model are not those it began with. */
  static List<String> refusals(Checkpoint checkpoint, Map<String, String> environment) {
    List<String> refusals = new ArrayList<>();
    differences(checkpoint, environment, true)
        .forEach(
            difference ->
                refusals.add(
                    "%s: found %s; expected what the run began with; put it back, or run %s as one of its own"
                        .formatted(
                            checkpoint.folder(),
                            difference,
                            checkpoint.folder().resolve("experiment.conf"))));
    return refusals;
  }

  /** What differs of the machine and may move last bits, for people. */
  static List<String> warnings(Checkpoint checkpoint, Map<String, String> environment) {
    List<String> differences = differences(checkpoint, environment, false);
    return differences.isEmpty()
        ? List.of()
        : List.of(
            "resumed with %s: numbers may differ in their last digits from those of a run that was not interrupted"
                .formatted(String.join(", ", differences)));
  }

  private static List<String> differences(
      Checkpoint checkpoint, Map<String, String> environment, boolean whatIsRead) {
    Map<String, String> before = checkpoint.state().environment();
    return environment.entrySet().stream()
        .filter(fact -> fact.getKey().startsWith(RunState.WHAT_IS_READ) == whatIsRead)
        .filter(fact -> !fact.getValue().equals(before.getOrDefault(fact.getKey(), "")))
        .map(
            fact ->
                "%s = %s, was %s"
                    .formatted(
                        fact.getKey(),
                        fact.getValue(),
                        before.getOrDefault(fact.getKey(), "not there")))
        .toList();
  }
}
