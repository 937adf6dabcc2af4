package org.continuo.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Parameters;

/** What a tiny run consists of, besides the plugins under test. */
final class TinyParts {
  static final String ID = "tiny";

  private TinyParts() {}

  static Plugin<Backbone.Factory, TinyBackbone.Options> backbone() {
    return TinyPart.preferred(
        ID,
        Backbone.Factory.class,
        TinyBackbone.Options.class,
        EnumSet.of(
            Capability.GRADIENTS,
            Capability.LINEAR_SITES,
            Capability.BLOCK_MIXING,
            Capability.PROMPTS,
            Capability.FULL_WEIGHTS,
            Capability.LANGUAGE_MODEL,
            Capability.GENERATION),
        TinyBackboneFactory::new);
  }

  private static List<Plugin<?, ?>> all() {
    return List.of(
        backbone(),
        TinyPart.preferred(
            ID,
            TaskStream.Factory.class,
            TinyStream.Options.class,
            Set.of(),
            options -> seed -> new TinyStream(options, seed)),
        TinyPart.preferred(
            ID,
            Head.Factory.class,
            Plugin.NoOptions.class,
            Set.of(),
            options -> new TinyHeadFactory()),
        TinyPart.preferred(
            ID,
            Expert.LowRank.Factory.class,
            TinyExpert.Options.class,
            Set.of(),
            options ->
                (name, sites, parameters) -> new TinyExpert(options, name, sites, parameters)));
  }

  /** Those that no other plugin takes the place of. */
  static List<Plugin<?, ?>> beside(List<? extends Plugin<?, ?>> others) {
    return all().stream()
        .filter(
            tiny ->
                others.stream()
                    .noneMatch(other -> other.preferred() && sameKind(tiny.makes(), other.makes())))
        .toList();
  }

  private static boolean sameKind(Class<?> one, Class<?> other) {
    return one.isAssignableFrom(other) || other.isAssignableFrom(one);
  }

  private record TinyBackboneFactory(TinyBackbone.Options options) implements Backbone.Factory {
    @Override
    public String engine() {
      return "PyTorch";
    }

    @Override
    public Backbone load(Parameters parameters) {
      return new TinyBackbone(options.summary(), parameters);
    }
  }

  private record TinyHeadFactory() implements Head.Factory {
    @Override
    public Head create(Host host) {
      return new TinyHead(host);
    }

    @Override
    public String score(String task) {
      return "accuracy";
    }
  }
}
