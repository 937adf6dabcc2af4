package org.continuo.heads;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
  public String source() {
    return "Lin 2004, ROUGE; Xu et al. 2016, SARI; edit similarity and SARI as in TRACE, arXiv 2310.06762";
  }

  @Override
  public Set<Capability> needs(FreeTextHead.Options options) {
    return options.score() == FreeTextHead.Score.TOKEN_ACCURACY
        ? EnumSet.of(Capability.LANGUAGE_MODEL)
        : EnumSet.of(Capability.LANGUAGE_MODEL, Capability.GENERATION);
  }

  @Override
  public List<String> conflicts(FreeTextHead.Options options) {
    return options.used().contains(FreeTextHead.Score.TOKEN_ACCURACY) && options.used().size() > 1
        ? List.of(
            "scores: found token-accuracy beside %s, expected it alone, as no answer is written for it; give all tasks token-accuracy or none"
                .formatted(
                    options.used().stream()
                        .filter(score -> score != FreeTextHead.Score.TOKEN_ACCURACY)
                        .map(FreeTextHead.Score::grade)
                        .collect(Collectors.joining(", "))))
        : List.of();
  }

  @Override
  public Head.Factory create(FreeTextHead.Options options) {
    return new Head.Factory() {
      @Override
      public Head create(Host host) {
        return new FreeTextHead(options, host);
      }

      @Override
      public String score(String task) {
        return options.score(task).grade();
      }
    };
  }
}
