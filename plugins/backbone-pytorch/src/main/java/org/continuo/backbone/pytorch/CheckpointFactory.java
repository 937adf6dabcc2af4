package org.continuo.backbone.pytorch;

import java.util.Optional;
import java.util.function.Supplier;
import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Parameters;
import org.continuo.backbone.pytorch.checkpoint.CheckpointConfig;
import org.continuo.backbone.pytorch.checkpoint.CheckpointExport;
import org.continuo.backbone.pytorch.checkpoint.CheckpointFolder;
import org.continuo.backbone.pytorch.checkpoint.CheckpointTokenizer;
import org.continuo.backbone.pytorch.checkpoint.CheckpointWeights;
import org.continuo.backbone.pytorch.checkpoint.Problems;
import org.continuo.backbone.pytorch.network.Network;
import org.continuo.backbone.pytorch.network.TransformerBackbone;

/** Opens a checkpoint: all its files are looked at before anything is reported. */
public record CheckpointFactory(
    Supplier<CheckpointFolder> checkpoint, SummaryChoice summary, CheckpointExport.Type exportType)
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
    Optional<Network> network = weights.map(w -> Network.of(config.orElseThrow(), w::param));
    weights.ifPresent(CheckpointWeights::complete);
    Optional<Backbone.Summary> read = config.map(c -> summary.of(folder, c.family(), problems));
    problems.check();
    return new TransformerBackbone(
        folder,
        network.orElseThrow(),
        weights.orElseThrow(),
        tokenizer.orElseThrow(),
        read.orElseThrow(),
        exportType);
  }
}
