package org.continuo.heads;

import java.util.EnumSet;
import java.util.Set;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;

/** Offers {@link FreeTextHead} as head {@code free-text}. */
public final class FreeTextPlugin implements Plugin<Head.Factory, FreeTextHead.Options> {
  static final String ID = "free-text";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "answers written by the language model: loss on answer tokens, greedy generation at test";
  }

  @Override
  public Set<Capability> needs(FreeTextHead.Options options) {
    return options.score() == FreeTextHead.Score.TOKEN_ACCURACY
        ? EnumSet.of(Capability.LANGUAGE_MODEL)
        : EnumSet.of(Capability.LANGUAGE_MODEL, Capability.GENERATION);
  }

  @Override
  public Head.Factory create(FreeTextHead.Options options) {
    return new Head.Factory() {
      @Override
      public Head create(Host host) {
        return new FreeTextHead(options, host);
      }

      @Override
      public String score() {
        return options.score().grade();
      }
    };
  }
}
