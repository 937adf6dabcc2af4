package org.continuo.heads;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers label scoring as head {@code label-scoring}. */
public final class LabelScoringPlugin implements Plugin<Head.Factory, LabelScoring.Options> {
  static final String ID = "label-scoring";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "the language-model head scores the task's labels as answers to the prompt";
  }

  @Override
  public Set<Capability> needs(LabelScoring.Options options) {
    return EnumSet.of(Capability.LANGUAGE_MODEL);
  }

  @Override
  public Head.Factory create(LabelScoring.Options options) {
    return new Head.Factory() {
      @Override
      public Head create(Host host) {
        return LabelScoring.create(options, host);
      }

      @Override
      public String score(String task) {
        return LabelChoice.ACCURACY;
      }
    };
  }
}
