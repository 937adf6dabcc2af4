package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.continuo.api.model.Expert;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Preset;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;

/** An option that chooses defaults of the options beside it. */
class PresetsTest {
  enum Mode implements Preset {
    PLAIN(""),
    STRONG("weight = 3, ramp { to = 7 }");

    private final String defaults;

    Mode(String defaults) {
      this.defaults = defaults;
    }

    @Override
    public String defaults() {
      return defaults;
    }
  }

  enum Broken implements Preset {
    UNKNOWN("wieght = 3"),
    NO_HOCON("weight = {");

    private final String defaults;

    Broken(String defaults) {
      this.defaults = defaults;
    }

    @Override
    public String defaults() {
      return defaults;
    }
  }

  record Ramp(
      @Option(doc = "start", value = "1") int from, @Option(doc = "end", value = "2") int to) {}

  record Options(
      @Option(doc = "weight", value = "1", max = 9) double weight,
      @Option(doc = "ramp") Ramp ramp,
      @Option(doc = "which", value = "plain") Mode mode) {}

  record BrokenOptions(
      @Option(doc = "which") Broken mode, @Option(doc = "weight", value = "1") double weight) {}

  private static <O extends Record> Record bind(Class<O> options, Map<String, Object> given) {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                MadeUp.simple(
                    "odd",
                    Expert.Factory.class,
                    options,
                    o -> new MadeUp.WideFactory(new MadeUp.Wide(1)))));
    return DefaultOptions.with(given, registry.entries().get(0), registry);
  }

  @Test
  void theDefaultConstantCountsToo() {
    assertEquals(new Options(1, new Ramp(1, 2), Mode.PLAIN), bind(Options.class, Map.of()));
  }

  @Test
  void aPresetComesBeforeTheDefaultsAndAfterTheFile() {
    assertEquals(
        new Options(3, new Ramp(1, 7), Mode.STRONG), bind(Options.class, Map.of("mode", "strong")));
    assertEquals(
        new Options(5, new Ramp(4, 7), Mode.STRONG),
        bind(Options.class, Map.of("mode", "strong", "weight", 5, "ramp", Map.of("from", 4))));
  }

  @Test
  void aModeThatDoesNotExistIsToldOnce() {
    assertEquals(
        List.of(
            "defaults of expert 'odd': expert.mode: unknown choice: found 'string', available: plain,"
                + " strong; did you mean 'strong'?"),
        assertThrows(InvalidInput.class, () -> bind(Options.class, Map.of("mode", "string")))
            .problems());
  }

  @Test
  void whatItsAuthorCanGetWrong() {
    String options = BrokenOptions.class.getName();
    assertEquals(
        List.of(
            "defaults of expert 'odd': expert: the options "
                + options
                + " of module org.continuo.core cannot be used: found the preset UNKNOWN with"
                + " [wieght], expected options of this record"),
        assertThrows(InvalidInput.class, () -> bind(BrokenOptions.class, Map.of("mode", "unknown")))
            .problems());
    InvalidInput noHocon =
        assertThrows(
            InvalidInput.class, () -> bind(BrokenOptions.class, Map.of("mode", "no-hocon")));
    assertEquals(
        true,
        noHocon
            .getMessage()
            .contains("found the preset NO_HOCON with weight = {, expected HOCON: "),
        noHocon.getMessage());
  }
}
