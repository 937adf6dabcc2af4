package org.continuo.backbone.pytorch.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.continuo.api.data.DataException;
import org.continuo.backbone.pytorch.safetensors.SafetensorsFile;
import org.continuo.backbone.pytorch.safetensors.StoredTensor;

/** The weight files of a folder, one or several, as one map of tensors. */
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
  static Optional<StoredWeights> open(CheckpointFolder folder, Problems problems) {
    if (Files.exists(folder.weightIndex()) && !Files.exists(folder.weights())) {
      return JsonReader.open(folder.weightIndex(), problems)
          .flatMap(json -> sharded(folder, json, problems));
    }
    if (!Files.exists(folder.weights())) {
      boolean pickled = Files.exists(folder.path().resolve("pytorch_model.bin"));
      problems.add(
          folder.weights(),
          "no such file, and no model.safetensors.index.json"
              + (pickled
                  ? "; found pytorch_model.bin, which is not read: save it with safe_serialization=True"
                  : ""));
      return Optional.empty();
    }
    return file(folder.weights(), problems)
        .map(
            file ->
                new StoredWeights(
                    folder.weights(), new TreeMap<>(Map.of("model.safetensors", file))));
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
    for (String name : new TreeMap<>(invert(wanted)).keySet()) {
      if (!name.equals(String.valueOf(Path.of(name).getFileName()))) {
        json.problem("weight_map", "found '" + name + "', expected names of files beside it");
        complete = false;
        continue;
      }
      Optional<SafetensorsFile> file = file(folder.path().resolve(name), problems);
      file.ifPresent(f -> files.put(name, f));
      complete &= file.isPresent();
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

  private static Map<String, Long> invert(Map<String, String> wanted) {
    return wanted.values().stream()
        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
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
  Path described() {
    return described;
  }

  boolean has(String tensor) {
    return byTensor.containsKey(tensor);
  }

  Collection<String> names() {
    return Collections.unmodifiableCollection(byTensor.keySet());
  }

  SafetensorsFile file(String tensor) {
    return byTensor.get(tensor);
  }

  StoredTensor tensor(String name) {
    return byTensor.get(name).tensors().get(name);
  }

  /** The types on disk, joined if there are several. */
  String types() {
    return byTensor.keySet().stream()
        .map(name -> tensor(name).type().name())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Over the bytes of all files, in the order of their names: of one file, its own digest. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[1 << 20];
      for (SafetensorsFile file : files.values()) {
        try (InputStream in = Files.newInputStream(file.path())) {
          for (int count = in.read(block); count >= 0; count = in.read(block)) {
            digest.update(block, 0, count);
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(described + ": cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
