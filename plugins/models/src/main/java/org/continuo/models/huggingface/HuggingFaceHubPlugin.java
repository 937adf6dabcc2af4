package org.continuo.models.huggingface;

import org.continuo.api.model.ModelHub;
import org.continuo.api.plugin.Plugin;

/** Models of the Hugging Face hub. */
public final class HuggingFaceHubPlugin implements Plugin<ModelHub.Factory, Plugin.NoOptions> {
  @Override
  public String id() {
    return "hf";
  }

  @Override
  public String summary() {
    return "the Hugging Face hub, as hf://OWNER/NAME or hf://OWNER/NAME@REVISION: its local cache first, else downloaded into it";
  }

  @Override
  public ModelHub.Factory create(NoOptions options) {
    return () -> new HuggingFaceHub(HubSettings.of(System.getenv()), Waiting.USUAL, Linker.LINKS);
  }
}
