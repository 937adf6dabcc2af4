package org.continuo.backbone.pytorch;

import java.util.Optional;
import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Parameters;
import org.continuo.backbone.pytorch.checkpoint.CheckpointConfig;
import org.continuo.backbone.pytorch.checkpoint.CheckpointFolder;
import org.continuo.backbone.pytorch.checkpoint.CheckpointTokenizer;
import org.continuo.backbone.pytorch.checkpoint.CheckpointWeights;
import org.continuo.backbone.pytorch.checkpoint.Problems;
import org.continuo.backbone.pytorch.network.Network;
import org.continuo.backbone.pytorch.network.TransformerBackbone;

/** Opens a checkpoint: all its files are looked at before anything is reported. */
record CheckpointFactory(PytorchBackbonePlugin.Options options) implements Backbone.Factory {
  @Override
  public String engine() {
    return "PyTorch";
  }

  @Override
  public Backbone load(Parameters parameters) {
    CheckpointFolder folder = CheckpointFolder.resolve(options.checkpoint());
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
    problems.check();
    return new TransformerBackbone(
        folder,
        network.orElseThrow(),
        weights.orElseThrow(),
        tokenizer.orElseThrow(),
        options.exportDtype());
  }
}
