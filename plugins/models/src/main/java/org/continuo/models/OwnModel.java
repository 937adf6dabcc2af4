package org.continuo.models;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.continuo.api.model.ModelHub;
import org.continuo.checkpoints.files.KeptFolder;

/**
 * A model among this module's resources. Tokenizer and weights are read from files, so it is copied
 * to a folder that is kept.
 */
record OwnModel(String name, ModelHub.Origin origin) implements EmbeddedModel {
  /** A decoder of 1.3 million parameters for tests, and for work without network. */
  static final OwnModel TINY =
      new OwnModel(
          "tiny",
          new ModelHub.Origin(
              "Continuo, pre-trained by examples/pretrain-tiny.conf", "Apache-2.0"));

  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json");

  @Override
  public Path folder() throws IOException {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (String file : FILES) {
      String resource = "embedded/" + name + "/" + file;
      try (InputStream in =
          Optional.ofNullable(OwnModel.class.getResourceAsStream(resource))
              .orElseThrow(() -> new FileNotFoundException(resource))) {
        contents.put(file, in.readAllBytes());
      }
    }
    return KeptFolder.of(name, contents);
  }
}
