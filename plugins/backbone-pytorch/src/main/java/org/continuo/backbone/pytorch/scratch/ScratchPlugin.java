package org.continuo.backbone.pytorch.scratch;

import java.util.List;
import java.util.Set;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.backbone.pytorch.PytorchBackbonePlugin;

/** Offers a fresh Llama-architecture model as backbone {@code pytorch-scratch}. */
public final class ScratchPlugin implements Plugin<Backbone.Factory, ScratchOptions> {
  @Override
  public String id() {
    return "pytorch-scratch";
  }

  @Override
  public String summary() {
    return "a Llama-architecture model with random weights and a tokenizer learned from the stream, to be pre-trained";
  }

  @Override
  public String source() {
    return "Touvron et al. 2023, LLaMA, arXiv 2302.13971; Sennrich et al. 2016, arXiv 1508.07909";
  }

  @Override
  public List<String> conflicts(ScratchOptions options) {
    return options.conflicts();
  }

  @Override
  public Set<Capability> offers(ScratchOptions options) {
    return PytorchBackbonePlugin.DECODER;
  }

  @Override
  public Backbone.Factory create(ScratchOptions options) {
    return new ScratchFactory(options);
  }
}
