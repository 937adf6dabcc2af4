package org.continuo.api.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;

/**
 * All that is attached to the backbone for one pass.
 *
 * <p>Plain data, compared by value: rows with equal wirings share a batch, and what a backbone has
 * prepared for a request serves all that are equal to it. Asked for the same task again, a strategy
 * answers with an equal wiring, so its experts, routers and prompts are the same objects or equal
 * by value.
 */
@Stability(Stability.Level.STABLE)
public record Wiring(List<Mixture> mixtures, List<Prompts> prompts) {
  public static final Wiring NONE = new Wiring(List.of(), List.of());

  public Wiring {
    mixtures = List.copyOf(mixtures);
    prompts = List.copyOf(prompts);
  }

  public static Wiring of(Mixture... mixtures) {
    return new Wiring(List.of(mixtures), List.of());
  }

  /** Every parameter reached: of experts, routers and prompts. */
  public List<Param> params() {
    Set<Param> all = new LinkedHashSet<>();
    for (Mixture mixture : mixtures) {
      mixture.experts().forEach(expert -> all.addAll(expert.params()));
      all.addAll(mixture.router().params());
    }
    prompts.forEach(prompt -> all.addAll(prompt.params()));
    return List.copyOf(all);
  }
}
