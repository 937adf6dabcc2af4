package org.continuo.baselines.olora;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link OLora} as strategy {@code o-lora}. */
public final class OLoraPlugin implements Plugin<Strategy.Factory, OLora.Options> {
  @Override
  public String id() {
    return "o-lora";
  }

  @Override
  public String summary() {
    return "a new LoRA for each task, orthogonal to those of earlier tasks, all of them summed";
  }

  @Override
  public String source() {
    return "Wang et al. 2023, O-LoRA, arXiv 2310.14152, eq. 7 to 10";
  }

  @Override
  public Set<Capability> needs(OLora.Options options) {
    Set<Capability> needs = Projection.needs(options.sites());
    if (options.active() == OLora.Active.OWN) {
      needs.add(Capability.TASK_ID_AT_TEST);
    }
    return needs;
  }

  @Override
  public Set<Capability> offers(OLora.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public Strategy.Factory create(OLora.Options options) {
    return host -> new OLora(options, host);
  }
}
