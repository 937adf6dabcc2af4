package org.continuo.core.train;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.plugin.Capability;
import org.continuo.core.experiment.Evaluation;
import org.continuo.core.experiment.Experiment;

/** Gives each plugin its host; holds the parts of the run that hosts show. */
@Singleton
public final class Hosts {
  private final Backbone backbone;
  private final Provider<Head> head;
  private final Provider<Passes> passes;
  private final Scopes scopes;
  private final SeedTree seeds;
  private final ParameterStore store;
  private final Keepsakes keepsakes;
  private final Gradients gradients;
  private final PromptEncoder encoder;
  private final Progression progression;
  private final Set<Capability> protocol = EnumSet.noneOf(Capability.class);
  private final Map<String, Expert> experts = new HashMap<>();

  @Inject
  Hosts(
      Experiment experiment,
      Backbone backbone,
      Provider<Head> head,
      Provider<Passes> passes,
      Scopes scopes,
      SeedTree seeds,
      ParameterStore store,
      Keepsakes keepsakes,
      Gradients gradients,
      PromptEncoder encoder,
      Progression progression) {
    this.backbone = backbone;
    this.head = head;
    this.passes = passes;
    this.scopes = scopes;
    this.seeds = seeds;
    this.store = store;
    this.keepsakes = keepsakes;
    this.gradients = gradients;
    this.encoder = encoder;
    this.progression = progression;
    if (experiment.evaluation().taskId() == Evaluation.TaskId.GIVEN) {
      protocol.add(Capability.TASK_ID_AT_TEST);
    }
    if (experiment.protocol().pastData()) {
      protocol.add(Capability.PAST_DATA);
    }
    if (experiment.protocol().futureData()) {
      protocol.add(Capability.FUTURE_DATA);
    }
  }

  /** The host of one plugin; {@code prefix} keeps its names apart from others'. */
  public Host of(String prefix) {
    return of(prefix, prefix);
  }

  /**
   * @param seedPrefix stands for the prefix where seeds are derived from names
   */
  public Host of(String prefix, String seedPrefix) {
    return new RunHost(prefix, seedPrefix, this);
  }

  Backbone backbone() {
    return backbone;
  }

  Head head() {
    return head.get();
  }

  Passes passes() {
    return passes.get();
  }

  Scopes scopes() {
    return scopes;
  }

  SeedTree seeds() {
    return seeds;
  }

  ParameterStore store() {
    return store;
  }

  Keepsakes keepsakes() {
    return keepsakes;
  }

  Gradients gradients() {
    return gradients;
  }

  PromptEncoder encoder() {
    return encoder;
  }

  /** What the protocol offers strategies. */
  Set<Capability> protocol() {
    return protocol;
  }

  Progression progression() {
    return progression;
  }

  Map<String, Expert> experts() {
    return experts;
  }
}
