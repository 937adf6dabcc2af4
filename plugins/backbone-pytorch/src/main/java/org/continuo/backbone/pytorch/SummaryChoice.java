package org.continuo.backbone.pytorch;

import org.continuo.api.model.Backbone.Summary;
import org.continuo.backbone.pytorch.checkpoint.CheckpointFolder;
import org.continuo.backbone.pytorch.checkpoint.Family;
import org.continuo.backbone.pytorch.checkpoint.Problems;
import org.continuo.backbone.pytorch.checkpoint.SentencePooling;

/** Where the summary of a row is read, as the experiment file says it. */
public enum SummaryChoice {
  /**
   * As the checkpoint's pooling says, else at the first token of encoders and the last of others.
   */
  AUTO,
  FIRST,
  LAST,
  MEAN;

  Summary of(CheckpointFolder folder, Family family, Problems problems) {
    return switch (this) {
      case AUTO ->
          SentencePooling.read(folder, problems)
              .orElse(family.decoder() ? Summary.LAST : Summary.FIRST);
      case FIRST -> Summary.FIRST;
      case LAST -> Summary.LAST;
      case MEAN -> Summary.MEAN;
    };
  }
}
