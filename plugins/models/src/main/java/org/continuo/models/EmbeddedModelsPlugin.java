package org.continuo.models;

import org.continuo.api.model.ModelHub;
import org.continuo.api.plugin.Plugin;

/** Models that need no download by hand. */
public final class EmbeddedModelsPlugin implements Plugin<ModelHub.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "embedded";
  }

  @Override
  public String summary() {
    return "tiny, which comes with Continuo, and encoders from Maven Central: "
        + String.join(", ", PublishedEncoders.names());
  }

  @Override
  public ModelHub.Factory create(NoOptions options) {
    return EmbeddedHub::new;
  }
}
