package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.DataException;

/**
 * {@code modules.json} of the sentence-transformers library: a transformer, how its states are
 * pooled, and what follows.
 *
 * @param folders of the modules, by the last part of their type, in the order they are applied
 */
record SentenceModules(Path root, Map<String, Path> folders) {
  /** The last two leave a vector as it is, but for its length: see {@link Pooling}. */
  private static final Set<String> READ = Set.of("Transformer", "Pooling", "Normalize", "Dropout");

  /** None if there is no such file. */
  static SentenceModules read(Path root) {
    Path file = root.resolve("modules.json");
    Map<String, Path> folders = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      try {
        for (JsonNode module : JsonReader.tree(file)) {
          String type = module.path("type").asText();
          Path folder = root.resolve(module.path("path").asText()).normalize();
          if (!folder.startsWith(root.normalize())) {
            throw new DataException(
                "%s: found path '%s', expected a folder inside this one"
                    .formatted(file, module.path("path").asText()));
          }
          folders.putIfAbsent(type.substring(type.lastIndexOf('.') + 1), folder);
        }
      } catch (IOException e) {
        throw new DataException(
            "%s: cannot be read as JSON (%s); expected a list of modules, each with type and path"
                .formatted(file, e.getMessage().lines().findFirst().orElse("")),
            e);
      }
    }
    return new SentenceModules(root, folders);
  }

  /** The modules that are not read: at the end of them a text is another vector than before. */
  List<String> others() {
    return folders.keySet().stream().filter(type -> !READ.contains(type)).toList();
  }

  /** The folder with the files of the transformer. */
  Path transformer() {
    boolean inPlace = folders.isEmpty() || Files.exists(root.resolve("config.json"));
    return inPlace ? root : folders.getOrDefault("Transformer", root);
  }

  /** The file that says how states are pooled. */
  Optional<Path> pooling() {
    Optional<Path> folder =
        folders.isEmpty()
            ? Optional.of(root.resolve("1_Pooling"))
            : Optional.ofNullable(folders.get("Pooling"));
    return folder.map(f -> f.resolve("config.json")).filter(Files::exists);
  }
}
