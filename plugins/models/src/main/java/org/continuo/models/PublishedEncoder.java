package org.continuo.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ModelHub;
import org.continuo.checkpoints.files.KeptFolder;
import org.continuo.checkpoints.files.Sha256;
import org.continuo.checkpoints.onnx.OnnxGraph;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;

/**
 * An encoder that an artifact of Maven Central carries as ONNX graph and tokenizer.
 *
 * @param artifact its coordinates, {@code group:artifact:version}
 * @param archive SHA-256 of the artifact
 * @param entry name of the graph in it, without {@code .onnx}; the tokenizer's begins the same
 * @param configuration {@code config.json}, which artifacts do not carry
 * @param pooling how it was trained to be read
 * @param graph SHA-256 of {@code onnx/model.onnx}, which other backbones read
 * @param weights SHA-256 of {@code model.safetensors} as it is made here
 * @param tokenizer SHA-256 of {@code tokenizer.json}
 */
record PublishedEncoder(
    String name,
    ModelHub.Origin origin,
    String artifact,
    String archive,
    String entry,
    String configuration,
    Pooled pooling,
    String graph,
    String weights,
    String tokenizer)
    implements EmbeddedModel {
  /** One vector for a text. */
  enum Pooled {
    MEAN,
    FIRST;

    /** {@code 1_Pooling/config.json}. */
    String settings() {
      return "{\"pooling_mode_mean_tokens\": %s, \"pooling_mode_cls_token\": %s}\n"
          .formatted(this == MEAN, this == FIRST);
    }
  }

  private static final String WEIGHTS = "model.safetensors";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String GRAPH = "onnx/model.onnx";

  @Override
  public Path folder() throws IOException {
    SortedMap<String, byte[]> settings = settings();
    SortedMap<String, String> sha256 = new TreeMap<>();
    settings.forEach((file, bytes) -> sha256.put(file, new Sha256().add(bytes).hex()));
    sha256.put(GRAPH, graph);
    sha256.put(WEIGHTS, weights);
    sha256.put(TOKENIZER, tokenizer);
    return KeptFolder.of(
        name,
        sha256,
        folder -> {
          KeptFolder.write(folder, settings);
          convert(MavenRepository.file(artifact, "checkpoint 'embedded:" + name + "'"), folder);
        });
  }

  private SortedMap<String, byte[]> settings() {
    SortedMap<String, byte[]> settings = new TreeMap<>();
    settings.put("config.json", bytes(configuration));
    settings.put("1_Pooling/config.json", bytes(pooling.settings()));
    settings.put(
        "README.md",
        bytes(
            """
            # %s
            Published as %s, licence %s.
            Made from the ONNX graph in the Maven artifact %s (SHA-256 %s).
            """
                .formatted(name, origin.published(), origin.licence(), artifact, archive)));
    return settings;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void convert(Path jar, Path folder) throws IOException {
    String found = new Sha256().add(jar).hex();
    if (!found.equals(archive)) {
      throw new DataException(
          "checkpoint 'embedded:%s': found SHA-256 %s of %s, expected %s of %s; delete the file, and if it comes back ask whoever keeps your Maven mirror"
              .formatted(name, found, jar, archive, artifact));
    }
    Path model = folder.resolve(GRAPH);
    Files.createDirectory(model.getParent());
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      extract(zip, entry + "-tokenizer.json", folder.resolve(TOKENIZER));
      extract(zip, entry + ".onnx", model);
    }
    SafetensorsWriter.write(folder.resolve(WEIGHTS), BertWeights.of(OnnxGraph.read(model)));
  }

  private static void extract(ZipFile zip, String name, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, file);
    }
  }
}
