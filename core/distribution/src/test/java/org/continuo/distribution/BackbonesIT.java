package org.continuo.distribution;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Plugin;
import org.continuo.backbone.onnx.testing.BertExport.Variant;
import org.continuo.testkit.BackboneContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The backbones of checkpoints keep to the contract, decoders and encoders, on both engines. */
@ParameterizedClass(name = "{0}")
@MethodSource("checkpoints")
class BackbonesIT extends BackboneContract {
  private static final Path TINY =
      SmallModels.ROOT.resolve(
          "plugins/models/src/main/resources/org/continuo/models/embedded/tiny");

  /** A backbone and its options. */
  record Checkpoint(String plugin, Map<String, Object> options) {
    static Checkpoint pytorch(Path folder) {
      return new Checkpoint("pytorch", Map.of("checkpoint", folder.toString()));
    }

    static Checkpoint onnx(Map<String, Object> more, Variant... variants) {
      Map<String, Object> options = new HashMap<>(more);
      options.put("checkpoint", SmallModels.onnx(variants).toString());
      options.putIfAbsent("cache", Map.of("size", 0));
      return new Checkpoint("onnx", options);
    }
  }

  private final Checkpoint checkpoint;

  BackbonesIT(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  static List<Checkpoint> checkpoints() {
    return List.of(
        Checkpoint.pytorch(TINY),
        Checkpoint.pytorch(SmallModels.fixture("qwen3")),
        Checkpoint.pytorch(SmallModels.fixture("bert")),
        Checkpoint.onnx(Map.of("summary", "first")),
        Checkpoint.onnx(
            Map.of(
                "summary",
                "mean",
                "cache",
                Map.of("size", 16, "folder", SmallModels.MADE.resolve("features").toString()))),
        Checkpoint.onnx(Map.of("output", "sentence_embedding")),
        Checkpoint.onnx(Map.of("output", "logits"), Variant.LOGITS));
  }

  @Override
  protected Plugin<? extends Backbone.Factory, ?> plugin() {
    return Offered.backbone(checkpoint.plugin);
  }

  @Override
  protected Map<String, Object> options() {
    return checkpoint.options;
  }
}
