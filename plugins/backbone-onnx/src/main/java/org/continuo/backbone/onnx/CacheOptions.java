package org.continuo.backbone.onnx;

import ai.djl.util.Utils;
import java.nio.file.Path;
import java.util.Optional;
import org.continuo.api.plugin.Option;

/** Where features are kept. */
record CacheOptions(
    @Option(
            doc =
                "folder of kept features, for all models and processes; none: continuo/features"
                    + " below the folder of DJL")
        Optional<Path> folder,
    @Option(
            doc =
                "most that the folder may hold, what was used longest ago goes first; 0: none is kept",
            value = "4096",
            unit = "MiB",
            min = 0)
        long size) {

  private static final long MEBIBYTE = 1L << 20;

  boolean kept() {
    return size > 0;
  }

  long bytes() {
    return size * MEBIBYTE;
  }

  Path root() {
    return folder.orElseGet(() -> Utils.getCacheDir().resolve("continuo").resolve("features"));
  }
}
