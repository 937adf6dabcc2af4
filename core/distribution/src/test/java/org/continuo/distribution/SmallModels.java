package org.continuo.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.continuo.backbone.onnx.testing.BertExport;

/** Checkpoints of a few hundred thousand parameters, for each engine the same. */
final class SmallModels {
  static final Path ROOT = Path.of(System.getProperty("continuo.root"));
  static final Path MADE = ROOT.resolve("core/distribution/target/small-models");

  private SmallModels() {}

  static Path fixture(String name) {
    return ROOT.resolve("plugins/backbone-pytorch/src/test/fixtures").resolve(name);
  }

  /** The fixture {@code bert} as an ONNX model. */
  static synchronized Path onnx(BertExport.Variant... variants) {
    Path folder = MADE.resolve("bert" + Arrays.toString(variants).replaceAll("[^A-Z_]+", "-"));
    try {
      Files.createDirectories(folder);
      for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
        Files.write(folder.resolve(name), Files.readAllBytes(fixture("bert").resolve(name)));
      }
      return BertExport.write(fixture("bert"), folder.resolve("model.onnx"), variants).getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
