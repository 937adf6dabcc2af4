package org.continuo.baselines.mocl;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link Mocl} as strategy {@code mocl}. */
public final class MoclPlugin implements Plugin<Strategy.Factory, Mocl.Options> {
  private static final Set<Projection> IN_BLOCKS = EnumSet.range(Projection.GATE, Projection.DOWN);

  @Override
  public String id() {
    return "mocl";
  }

  @Override
  public String summary() {
    return "one expert and one task vector per task; each text weighs all experts by similarity";
  }

  @Override
  public String source() {
    return "Wang et al. 2024, MoCL, arXiv 2402.18344";
  }

  @Override
  public Set<Capability> needs(Mocl.Options options) {
    Set<Capability> needs = Projection.needs(options.sites());
    if (options.composed() == Mocl.Composed.UP_TO_OWN) {
      needs.add(Capability.TASK_ID_AT_TEST);
    }
    if (options.mix() == Mocl.Mix.BLOCK) {
      needs.add(Capability.BLOCK_MIXING);
    }
    return needs;
  }

  @Override
  public Set<Capability> offers(Mocl.Options options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public List<String> conflicts(Mocl.Options options) {
    List<Projection> outside =
        options.sites().stream().filter(site -> !IN_BLOCKS.contains(site)).toList();
    return options.mix() == Mocl.Mix.BLOCK && !outside.isEmpty()
        ? List.of(
            "mix = block and sites %s outside the feed-forward blocks; expected sites = [gate, up, down] or fewer"
                .formatted(outside.stream().map(Projection::part).toList()))
        : List.of();
  }

  @Override
  public Strategy.Factory create(Mocl.Options options) {
    return host -> new Mocl(options, host);
  }
}
