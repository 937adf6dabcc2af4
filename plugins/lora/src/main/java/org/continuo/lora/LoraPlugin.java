package org.continuo.lora;

import org.continuo.api.model.Expert;
import org.continuo.api.plugin.Plugin;

/** Offers {@link Lora} as expert {@code lora}. */
public final class LoraPlugin implements Plugin<Expert.LowRank.Factory, Lora.Options> {
  @Override
  public String id() {
    return "lora";
  }

  @Override
  public String summary() {
    return "low-rank update of linear projections: W x + alpha/r B A x";
  }

  @Override
  public String source() {
    return "Hu et al. 2021, LoRA, arXiv 2106.09685, eq. 3";
  }

  @Override
  public boolean preferred() {
    return true;
  }

  @Override
  public Expert.LowRank.Factory create(Lora.Options options) {
    return new Lora.Factory(options);
  }
}
