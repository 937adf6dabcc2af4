package org.continuo.core.run;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.continuo.api.tensor.Tensors;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.core.checkpoint.CheckpointFolders;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunState;

/**
 * One checkpoint of a run: {@code run.json}, the trained parameters, what strategies keep, and the
 * experiment that it belongs to.
 */
record Checkpoint(Path folder, RunState state) {
  private static final String EXPERIMENT = "experiment.conf";
  private static final String PARAMETERS = "parameters.safetensors";
  private static final String KEPT = "kept.safetensors";

  /** What is written, besides the state. */
  record Content(String experiment, Tensors parameters, Tensors kept) {}

  static void write(Path folder, RunState state, Content content) throws IOException {
    ResultsFile.STATE.write(state, folder);
    Files.writeString(folder.resolve(EXPERIMENT), content.experiment);
    SafetensorsWriter.write(folder.resolve(PARAMETERS), content.parameters);
    SafetensorsWriter.write(folder.resolve(KEPT), content.kept);
  }

  /**
   * The latest of a run, verified.
   *
   * @throws org.continuo.api.data.DataException if it is damaged, or in a form this version cannot
   *     read
   */
  static Optional<Checkpoint> latest(Path run) throws IOException {
    Optional<Path> folder = new CheckpointFolders(run).latest();
    return folder.isPresent() ? Optional.of(open(folder.get())) : Optional.empty();
  }

  private static Checkpoint open(Path folder) throws IOException {
    CheckpointFolders.verify(folder);
    RunState state = ResultsFile.STATE.read(folder);
    CheckpointFolders.require(folder, List.of(EXPERIMENT, PARAMETERS, KEPT));
    return new Checkpoint(folder, state);
  }

  /** The experiment it belongs to, resolved. */
  String experiment() throws IOException {
    return Files.readString(folder.resolve(EXPERIMENT));
  }

  Tensors parameters(NDManager scope) {
    return SafetensorsFile.open(folder.resolve(PARAMETERS)).read(scope);
  }

  Tensors kept(NDManager scope) {
    return SafetensorsFile.open(folder.resolve(KEPT)).read(scope);
  }
}
