package org.continuo.distribution;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.api.model.Backbone;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.BackboneContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The backbones of checkpoints keep to the contract, decoders and encoders. */
@ParameterizedClass(name = "{0}")
@MethodSource("checkpoints")
class BackbonesIT extends BackboneContract {
  private static final Path ROOT = Path.of(System.getProperty("continuo.root"));
  private static final Path FIXTURES = ROOT.resolve("plugins/backbone-pytorch/src/test/fixtures");

  private static final Path EMBEDDED =
      ROOT.resolve("plugins/models/src/main/resources/org/continuo/models/embedded/tiny");

  private final String checkpoint;

  BackbonesIT(String checkpoint) {
    this.checkpoint = checkpoint;
  }

  static List<String> checkpoints() {
    return Stream.of(EMBEDDED, FIXTURES.resolve("qwen3"), FIXTURES.resolve("bert"))
        .map(Path::toString)
        .toList();
  }

  @Override
  protected Plugin<? extends Backbone.Factory, ?> plugin() {
    return Offered.all(Backbone.Factory.class).stream()
        .filter(offered -> offered.is("pytorch"))
        .findFirst()
        .orElseThrow()
        .plugin();
  }

  @Override
  protected Map<String, Object> options() {
    return Map.of("checkpoint", checkpoint);
  }
}
