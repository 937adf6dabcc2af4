package org.continuo.backbone.pytorch;

import java.util.Optional;
import java.util.function.Supplier;
import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.continuo.backbone.pytorch.checkpoint.CheckpointWeights;
import org.continuo.backbone.pytorch.network.Network;
import org.continuo.backbone.pytorch.network.TransformerBackbone;
import org.continuo.backbone.pytorch.network.WeightSource;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.CheckpointTokenizer;
import org.continuo.checkpoints.Pooling;
import org.continuo.checkpoints.Problems;

/** Opens a checkpoint: all its files are looked at before anything is reported. */
public record CheckpointFactory(
    Supplier<CheckpointFolder> checkpoint,
    Optional<Backbone.Summary> summary,
    CheckpointExport.Type exportType)
    implements Backbone.Factory {
  @Override
  public String engine() {
    return "PyTorch";
  }

  @Override
  public Backbone load(Parameters parameters) {
    CheckpointFolder folder = checkpoint.get();
    Problems problems = new Problems();
    Optional<CheckpointConfig> config = CheckpointConfig.read(folder, problems);
    Optional<CheckpointTokenizer> tokenizer = CheckpointTokenizer.open(folder, config, problems);
    if (config.isEmpty()) {
      CheckpointWeights.checkFiles(folder, problems);
    }
    Optional<CheckpointWeights> weights =
        config.flatMap(c -> CheckpointWeights.open(folder, c, parameters, problems));
    Optional<Network> network = weights.map(w -> Network.of(w.config(), source(w)));
    weights.ifPresent(CheckpointWeights::complete);
    Optional<Backbone.Summary> read = config.map(c -> summary(folder, c, problems));
    problems.check();
    return new TransformerBackbone(
        folder,
        network.orElseThrow(),
        weights.orElseThrow(),
        tokenizer.orElseThrow(),
        read.orElseThrow(),
        longest(config.orElseThrow(), tokenizer.orElseThrow()),
        exportType);
  }

  private static WeightSource source(CheckpointWeights weights) {
    return new WeightSource() {
      @Override
      public Param param(String name, long... shape) {
        return weights.param(name, shape);
      }

      @Override
      public boolean holds(String name) {
        return weights.holds(name);
      }
    };
  }

  private static int longest(CheckpointConfig config, CheckpointTokenizer tokenizer) {
    return Math.min(
        config.maximumLength(), tokenizer.maximumLength().orElse(config.maximumLength()));
  }

  /** As the file says; else as the folder pools; else as heads of such a model read it. */
  private Backbone.Summary summary(
      CheckpointFolder folder, CheckpointConfig config, Problems problems) {
    return summary.orElseGet(
        () -> summary(Pooling.read(folder, problems).orElse(config.pooling())));
  }

  private static Backbone.Summary summary(Pooling pooling) {
    return switch (pooling) {
      case MEAN -> Backbone.Summary.MEAN;
      case FIRST -> Backbone.Summary.FIRST;
      case LAST -> Backbone.Summary.LAST;
    };
  }
}
