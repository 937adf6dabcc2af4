package org.continuo.core.run;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.tensor.Tensors;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.core.checkpoint.CheckpointFolders;
import org.continuo.core.files.Json;

/**
 * One checkpoint of a run: {@code run.json}, the trained parameters, what strategies keep, and the
 * experiment that it belongs to.
 */
record Checkpoint(Path folder, Snapshot snapshot) {
  private static final int FORM = 1;
  private static final String RUN = "run.json";
  private static final String EXPERIMENT = "experiment.conf";
  private static final String PARAMETERS = "parameters.safetensors";
  private static final String KEPT = "kept.safetensors";

  /** What is written, besides the snapshot. */
  record Content(String experiment, Tensors parameters, Tensors kept) {}

  static void write(Path folder, Snapshot snapshot, Content content) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schemaVersion", FORM);
    json.putAll(SnapshotJson.of(snapshot));
    Json.write(folder.resolve(RUN), json);
    Files.writeString(folder.resolve(EXPERIMENT), content.experiment);
    SafetensorsWriter.write(folder.resolve(PARAMETERS), content.parameters);
    SafetensorsWriter.write(folder.resolve(KEPT), content.kept);
  }

  /**
   * The latest of a run, verified.
   *
   * @throws DataException if it is damaged, or in a form this version cannot read
   */
  static Optional<Checkpoint> latest(Path run) throws IOException {
    Optional<Path> folder = new CheckpointFolders(run).latest();
    return folder.isPresent() ? Optional.of(open(folder.get())) : Optional.empty();
  }

  private static Checkpoint open(Path folder) throws IOException {
    CheckpointFolders.verify(folder);
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(folder.resolve(RUN).toFile());
    } catch (JsonProcessingException e) {
      throw new DataException("%s: found no JSON in %s".formatted(folder, RUN), e);
    }
    int form = json.path("schemaVersion").asInt();
    if (form != FORM) {
      throw new DataException(
          "%s: found a checkpoint of form %d, expected form %d; resume it with the version that wrote it, or run its experiment anew"
              .formatted(folder, form, FORM));
    }
    return new Checkpoint(folder, SnapshotJson.read(json));
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
