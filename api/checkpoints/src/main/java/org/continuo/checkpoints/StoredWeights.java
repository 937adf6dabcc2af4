package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.StoredTensor;

/** The weight files of a folder, one or several, as one map of tensors. */
@Stability(Stability.Level.EVOLVING)
public final class StoredWeights {
  private final Path described;
  private final SortedMap<String, SafetensorsFile> files;
  private final SortedMap<String, SafetensorsFile> byTensor = new TreeMap<>();

  private StoredWeights(Path described, SortedMap<String, SafetensorsFile> files) {
    this.described = described;
    this.files = files;
    files.values().forEach(f -> f.tensors().keySet().forEach(name -> byTensor.put(name, f)));
  }

  /** Reads the headers; empty, and problems, if there is no complete set of files. */
  public static Optional<StoredWeights> open(CheckpointFolder folder, Problems problems) {
    if (Files.exists(folder.weightIndex()) && !Files.exists(folder.weights())) {
      return JsonReader.open(folder.weightIndex(), problems)
          .flatMap(json -> sharded(folder, json, problems));
    }
    if (!Files.exists(folder.weights())) {
      problems.add(folder.weights(), missing(folder));
      return Optional.empty();
    }
    return file(folder.weights(), problems)
        .map(
            file ->
                new StoredWeights(
                    folder.weights(), new TreeMap<>(Map.of("model.safetensors", file))));
  }

  private static String missing(CheckpointFolder folder) {
    if (Files.isSymbolicLink(folder.weights())) {
      return "a link to a file that is not there; fetch the model again";
    }
    return "no such file, and no model.safetensors.index.json"
        + ForeignWeights.in(folder.path())
            .map(
                found ->
                    "; found %s, which is not read: %s".formatted(found.file(), found.remedy()))
            .orElse("");
  }

  private static Optional<StoredWeights> sharded(
      CheckpointFolder folder, JsonReader json, Problems problems) {
    JsonNode map = json.object("weight_map").root();
    SortedMap<String, SafetensorsFile> files = new TreeMap<>();
    boolean complete = !map.isEmpty();
    if (map.isEmpty()) {
      json.problem("weight_map", "holds no tensors, expected their names with a file each");
    }
    SortedMap<String, String> wanted = new TreeMap<>();
    map.properties().forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asText()));
    List<String> missing = new ArrayList<>();
    SortedSet<String> shards = new TreeSet<>(wanted.values());
    for (String name : shards) {
      if (!name.equals(String.valueOf(Path.of(name).getFileName()))) {
        json.problem("weight_map", "found '" + name + "', expected names of files beside it");
        complete = false;
        continue;
      }
      if (!Files.exists(folder.path().resolve(name))) {
        missing.add(name);
        continue;
      }
      Optional<SafetensorsFile> file = file(folder.path().resolve(name), problems);
      file.ifPresent(f -> files.put(name, f));
      complete &= file.isPresent();
    }
    if (!missing.isEmpty()) {
      json.problem(
          "weight_map",
          "names %d files, of which %s are not there; fetch them into this folder"
              .formatted(shards.size(), missing));
      complete = false;
    }
    for (Map.Entry<String, String> entry : wanted.entrySet()) {
      SafetensorsFile file = files.get(entry.getValue());
      if (file != null && !file.tensors().containsKey(entry.getKey())) {
        json.problem(
            "weight_map",
            "gives '%s' for tensor '%s', which is not in that file"
                .formatted(entry.getValue(), entry.getKey()));
      }
    }
    return complete
        ? Optional.of(new StoredWeights(folder.weightIndex(), files))
        : Optional.empty();
  }

  private static Optional<SafetensorsFile> file(Path path, Problems problems) {
    try {
      return Optional.of(SafetensorsFile.open(path));
    } catch (DataException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }

  /** The file that describes the set: the only one, or the index. */
  public Path described() {
    return described;
  }

  public boolean has(String tensor) {
    return byTensor.containsKey(tensor);
  }

  public Collection<String> names() {
    return Collections.unmodifiableCollection(byTensor.keySet());
  }

  public SafetensorsFile file(String tensor) {
    return byTensor.get(tensor);
  }

  public StoredTensor tensor(String name) {
    return byTensor.get(name).tensors().get(name);
  }

  /** Whether two tensors are the same bytes of the same form. */
  public boolean equal(String one, String other) {
    StoredTensor first = tensor(one);
    StoredTensor second = tensor(other);
    return first.type() == second.type()
        && first.shape().equals(second.shape())
        && file(one).sha256(one).equals(file(other).sha256(other));
  }

  /** The types on disk, joined if there are several. */
  public String types() {
    return byTensor.keySet().stream()
        .map(name -> tensor(name).type().name())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Over the bytes of all files, in the order of their names: of one file, its own digest. */
  public String sha256() {
    Sha256 digest = new Sha256();
    try {
      for (SafetensorsFile file : files.values()) {
        digest.add(file.path());
      }
      return digest.hex();
    } catch (IOException e) {
      throw new UncheckedIOException(described + ": cannot be read", e);
    }
  }
}
