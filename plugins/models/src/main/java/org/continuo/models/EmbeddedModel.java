package org.continuo.models;

import java.io.IOException;
import java.nio.file.Path;
import org.continuo.api.model.ModelHub;

/** A model of the hub. */
sealed interface EmbeddedModel permits OwnModel, PublishedEncoder {
  String name();

  ModelHub.Origin origin();

  /**
   * A Hugging Face folder, kept for all processes of the user.
   *
   * @throws org.continuo.api.data.DataException if it cannot be had
   */
  Path folder() throws IOException;
}
