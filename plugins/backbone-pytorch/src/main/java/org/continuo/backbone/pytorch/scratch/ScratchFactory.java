package org.continuo.backbone.pytorch.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.model.Backbone;
import org.continuo.api.tensor.Parameters;
import org.continuo.backbone.pytorch.CheckpointFactory;
import org.continuo.backbone.pytorch.scratch.bpe.BytePairEncoding;
import org.continuo.backbone.pytorch.scratch.bpe.BytePairTrainer;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.files.TemporaryFolder;

/** Writes the fresh model as a checkpoint folder, then loads it as any other. */
record ScratchFactory(ScratchOptions options) implements Backbone.FromScratch {
  @Override
  public String engine() {
    return "PyTorch";
  }

  @Override
  public Backbone create(Parameters parameters, Stream<String> texts, long seed) {
    List<String> all = texts.toList();
    BytePairEncoding encoding =
        all.isEmpty()
            ? new BytePairEncoding(List.of())
            : BytePairTrainer.train(all, options.vocabulary());
    try {
      Path folder = TemporaryFolder.create("continuo-scratch-");
      new ScratchCheckpoint(options, encoding).write(folder, seed);
      // half precision: a model this small is shipped, not trained further in place
      return new CheckpointFactory(
              () -> new CheckpointFolder("scratch", folder),
              Optional.of(Backbone.Summary.LAST),
              CheckpointExport.Type.F16)
          .load(parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the fresh checkpoint", e);
    }
  }
}
