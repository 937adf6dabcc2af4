package org.continuo.moecl;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link MoeCl} as strategy {@code moe-cl}. */
public final class MoeClPlugin implements Plugin<Strategy.Factory, MoeClOptions> {
  private static final Set<Projection> IN_BLOCKS =
      EnumSet.of(Projection.GATE, Projection.UP, Projection.DOWN);

  @Override
  public String id() {
    return "moe-cl";
  }

  @Override
  public String summary() {
    return "a shared and a dedicated expert per feed-forward block, a token router, an adversary";
  }

  @Override
  public String source() {
    return "MoE-CL, arXiv 2509.18133 (WWW 2026), and the authors' code";
  }

  @Override
  public Set<Capability> needs(MoeClOptions options) {
    return EnumSet.of(Capability.GRADIENTS, Capability.LINEAR_SITES, Capability.BLOCK_MIXING);
  }

  /** Told the task, it takes that task's expert; else it identifies the task. */
  @Override
  public Set<Capability> uses(MoeClOptions options) {
    EnumSet<Capability> uses = EnumSet.of(Capability.TASK_ID_AT_TEST);
    uses.addAll(needs(options));
    return uses;
  }

  @Override
  public Set<Capability> offers(MoeClOptions options) {
    return EnumSet.of(Capability.WIRING);
  }

  @Override
  public List<String> conflicts(MoeClOptions options) {
    return options.sites().stream().anyMatch(IN_BLOCKS::contains)
        ? List.of()
        : List.of(
            "sites = %s lies outside the feed-forward blocks, which are what is mixed; expected at least one of gate, up and down; add one"
                .formatted(options.sites().stream().map(Projection::part).toList()));
  }

  @Override
  public Strategy.Factory create(MoeClOptions options) {
    return host -> new MoeCl(options, host);
  }
}
