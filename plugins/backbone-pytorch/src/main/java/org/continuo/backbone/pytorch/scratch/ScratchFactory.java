package org.continuo.backbone.pytorch.scratch;

import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Parameters;
import org.continuo.backbone.pytorch.PytorchBackbonePlugin;
import org.continuo.backbone.pytorch.checkpoint.CheckpointExport;

/** Writes the checkpoint, then opens it as any other. */
record ScratchFactory(PytorchScratchPlugin.Options options) implements Backbone.Factory {
  @Override
  public String engine() {
    return "PyTorch";
  }

  @Override
  public Backbone load(Parameters parameters) {
    FreshCheckpoint.write(options);
    return new PytorchBackbonePlugin()
        .create(
            new PytorchBackbonePlugin.Options(
                options.folder().toString(), CheckpointExport.Type.F32))
        .load(parameters);
  }
}
