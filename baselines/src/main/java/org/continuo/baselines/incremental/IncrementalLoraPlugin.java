package org.continuo.baselines.incremental;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link IncrementalLora} as strategy {@code incremental-lora}. */
public final class IncrementalLoraPlugin
    implements Plugin<Strategy.Factory, IncrementalLora.Options> {
  @Override
  public String id() {
    return "incremental-lora";
  }

  @Override
  public String summary() {
    return "a new LoRA for each task, added to the frozen ones of earlier tasks";
  }

  @Override
  public String source() {
    return "IncLoRA in Wang et al. 2023, arXiv 2310.14152";
  }

  @Override
  public Set<Capability> needs(IncrementalLora.Options options) {
    return Projection.needs(options.sites());
  }

  @Override
  public Set<Capability> offers(IncrementalLora.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(IncrementalLora.Options options) {
    return host -> new IncrementalLora(options, host);
  }
}
