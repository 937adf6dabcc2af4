package org.continuo.backbone.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ModelHub;
import org.continuo.api.model.ModelLocation;
import org.continuo.checkpoints.CheckpointFolder;

/**
 * The file a checkpoint means, and the folder that describes it.
 *
 * @param model the ONNX file
 * @param folder with its {@code config.json} and {@code tokenizer.json}, as far as there are any
 */
record ModelFile(Path model, CheckpointFolder folder) {
  /** Where exporters put models beside the other files of a folder. */
  private static final String SUBFOLDER = "onnx";

  private static final String ENDING = ".onnx";

  /**
   * @param file of a folder with several
   * @throws DataException if there is none, or which one is meant cannot be told
   */
  static ModelFile find(ModelLocation checkpoint, Optional<String> file) {
    ModelHub.Model found = checkpoint.model();
    Path model =
        Files.isRegularFile(found.path()) ? found.path() : in(found.path(), checkpoint, file);
    Path here = model.toAbsolutePath().getParent();
    boolean below = here.endsWith(SUBFOLDER) && !Files.exists(here.resolve("config.json"));
    Path described = below ? here.getParent() : here;
    return new ModelFile(
        model, new CheckpointFolder(checkpoint.text(), described, described, found.origin()));
  }

  private static Path in(Path path, ModelLocation checkpoint, Optional<String> file) {
    List<Path> found = models(path);
    if (file.isPresent()) {
      Path named = path.resolve(file.get()).normalize();
      if (!named.startsWith(path) || !Files.isRegularFile(named)) {
        throw new DataException(
            "checkpoint '%s': file = '%s' is not there, available: %s"
                .formatted(checkpoint, file.get(), names(path, found)));
      }
      return named;
    }
    if (found.size() != 1) {
      throw new DataException(
          found.isEmpty()
              ? "checkpoint '%s': found no .onnx file in it or in its folder onnx, expected one; export the model to ONNX, or read it with backbone { type = pytorch }"
                  .formatted(checkpoint)
              : "checkpoint '%s': found %s, expected one model; choose with file = '%s'"
                  .formatted(
                      checkpoint, names(path, found), path.relativize(found.get(0)).toString()));
    }
    return found.get(0);
  }

  private static List<Path> models(Path folder) {
    return Stream.of(folder, folder.resolve(SUBFOLDER)).flatMap(ModelFile::in).sorted().toList();
  }

  private static Stream<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(ENDING)).toList().stream();
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static List<String> names(Path folder, List<Path> files) {
    return files.stream().map(file -> folder.relativize(file).toString()).toList();
  }
}
