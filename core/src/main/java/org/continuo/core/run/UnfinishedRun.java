package org.continuo.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.continuo.core.config.Bound;
import org.continuo.core.config.ExperimentFile;
import org.continuo.core.config.Fingerprint;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.results.Event;
import org.continuo.results.EventLog;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;

/** A run that was interrupted, killed or failed, as its folder holds it. */
public final class UnfinishedRun {
  private static final String DEFAULT_COMMAND = "run";

  private final Path folder;
  private final Bound<Experiment> experiment;
  private final Optional<Checkpoint> checkpoint;
  private final String command;

  private UnfinishedRun(Path folder, Bound<Experiment> experiment, Optional<Checkpoint> checkpoint)
      throws IOException {
    this.folder = folder;
    this.command = command(folder);
    this.experiment = experiment;
    this.checkpoint = checkpoint;
  }

  /**
   * Changes nothing.
   *
   * @throws InvalidInput if there is no run to go on with, or if its experiment is no longer the
   *     one of its checkpoint
   * @throws org.continuo.api.data.DataException if its checkpoint is damaged
   */
  public static UnfinishedRun read(Path folder, PluginRegistry registry) {
    Path file = folder.resolve("experiment.conf");
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput(
          folder
              + ": found no "
              + (Files.isDirectory(folder) ? "experiment.conf in it" : "such folder")
              + ", expected the folder of a run; give one of those under runs/");
    }
    try {
      requireUnfinished(folder);
      Bound<Experiment> experiment = ExperimentFile.read(file, List.of(), registry);
      Optional<Checkpoint> checkpoint = Checkpoint.latest(folder);
      if (checkpoint.isPresent()) {
        requireSame(experiment, file, checkpoint.get());
      }
      return new UnfinishedRun(folder, experiment, checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run in " + folder, e);
    }
  }

  /** As the first event tells it, if there is one. */
  private static String command(Path folder) throws IOException {
    return EventLog.first(folder)
        .map(
            event ->
                event instanceof Event.RunStarted started ? started.command() : DEFAULT_COMMAND)
        .orElse(DEFAULT_COMMAND);
  }

  private static void requireUnfinished(Path folder) {
    if (ResultsFile.RUN.find(folder).filter(RunResults::completed).isPresent()) {
      throw new InvalidInput(
          "%s: found a run that has completed, expected one that was interrupted, killed or failed; its results are in %s, 'continuo run %s' makes it once more"
              .formatted(folder, ResultsFile.RUN.in(folder), folder.resolve("experiment.conf")));
    }
  }

  private static void requireSame(Bound<Experiment> experiment, Path file, Checkpoint checkpoint)
      throws IOException {
    if (!Fingerprint.of(experiment).equals(checkpoint.state().fingerprint())) {
      throw new InvalidInput(
          "%s: found another experiment than that of the checkpoint %s (%s), expected the same; undo the change, or run it as one of its own: continuo run %s"
              .formatted(
                  file,
                  checkpoint.folder(),
                  String.join("; ", Fingerprint.differences(experiment, checkpoint.experiment())),
                  file));
    }
  }

  public Path folder() {
    return folder;
  }

  /** The command that began it: {@code run}, {@code pretrain}. */
  public String command() {
    return command;
  }

  public Bound<Experiment> experiment() {
    return experiment;
  }

  /** Tasks that need not be trained again, in their order. */
  public List<String> learned() {
    return checkpoint.map(each -> each.state().learned().tasks()).orElse(List.of());
  }

  Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }
}
