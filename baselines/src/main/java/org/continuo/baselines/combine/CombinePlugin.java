package org.continuo.baselines.combine;

import java.util.List;
import org.continuo.api.learning.Combination;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;

/** Offers {@link Combination} as strategy {@code combine}. */
public final class CombinePlugin implements Plugin<Strategy.Factory, CombinePlugin.Options> {

  /** The parts. */
  public record Options(
      @Option(
              doc =
                  "strategies to combine: at most one that attaches something, and any add-ons;"
                      + " add-ons alone add to the base of the first",
              min = 1)
          List<Strategy.Factory> of) {}

  @Override
  public String id() {
    return "combine";
  }

  @Override
  public String summary() {
    return "several strategies as one, wherever what they contribute does not conflict";
  }

  @Override
  public List<String> conflicts(Options options) {
    return Combination.conflicts(options.of);
  }

  @Override
  public Strategy.Factory create(Options options) {
    return host -> Combination.of(options.of, host);
  }
}
