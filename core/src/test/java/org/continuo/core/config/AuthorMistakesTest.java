package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.continuo.api.model.Expert;
import org.continuo.api.plugin.Option;
import org.continuo.core.plugin.CompiledModules;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the author of a plugin can get wrong, and what they are told. */
class AuthorMistakesTest {
  record Undescribed(int steps) {}

  record Unsupported(@Option(doc = "share of steps") float share) {}

  record WrongKey(@Option(doc = "by number") Map<Integer, String> names) {}

  record TakesType(@Option(doc = "which one", value = "a") String type) {}

  record NotHocon(@Option(doc = "which one", value = "a@b") String name) {}

  record DefaultOutOfRange(@Option(doc = "rank", value = "0", min = 1) int rank) {}

  record EmptyText(@Option(doc = "prefix", value = "") String prefix) {}

  record Bugged(@Option(doc = "number", value = "1") int number) {
    Bugged {
      throw new UnsupportedOperationException("a bug");
    }
  }

  private static <O extends Record> Record bind(Class<O> options) {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                MadeUp.simple(
                    "odd",
                    Expert.Factory.class,
                    options,
                    o -> new MadeUp.WideFactory(new MadeUp.Wide(1)))));
    return DefaultOptions.of(registry.entries().get(0), registry);
  }

  private static void expect(Class<? extends Record> options, String problem) {
    assertEquals(
        List.of(problem.replace("THIS", AuthorMistakesTest.class.getName())),
        assertThrows(InvalidInput.class, () -> bind(options)).problems());
  }

  @Test
  void recordsThatAreNoOptions() {
    expect(
        Undescribed.class,
        "defaults of expert 'odd': expert: the options THIS$Undescribed of module"
            + " org.continuo.core cannot be used: found the component 'steps' without a"
            + " description, expected @Option(doc = \"...\") on it");
    expect(
        Unsupported.class,
        "defaults of expert 'odd': expert: the options THIS$Unsupported of module"
            + " org.continuo.core cannot be used: found the component 'share' of type float,"
            + " expected int, long, double, boolean, String, Path, ModelLocation, an enum, Optional,"
            + " OptionalInt, OptionalLong, OptionalDouble, List, Map<String, ..>, a record or a plugin kind");
    expect(
        WrongKey.class,
        "defaults of expert 'odd': expert: the options THIS$WrongKey of module org.continuo.core"
            + " cannot be used: found the component 'names' of type"
            + " java.util.Map<java.lang.Integer, java.lang.String>, expected int, long, double,"
            + " boolean, String, Path, ModelLocation, an enum, Optional, OptionalInt, OptionalLong,"
            + " OptionalDouble, List, Map<String, ..>, a record or a plugin kind");
    expect(
        TakesType.class,
        "defaults of expert 'odd': expert: the options THIS$TakesType of module org.continuo.core"
            + " cannot be used: found an option 'type', which names the plugin of a block; rename"
            + " it");
  }

  @Test
  void defaultsThatDoNotFit() {
    expect(
        NotHocon.class,
        "defaults of expert 'odd': expert: the options THIS$NotHocon of module org.continuo.core"
            + " cannot be used: found the default a@b of 'name', expected HOCON; put text with"
            + " special characters in double quotes");
    expect(
        DefaultOutOfRange.class,
        "default of rank: expert.rank: out of range: found 0, expected at least 1; choose a value"
            + " in this range");
  }

  @Test
  void anEmptyDefaultIsTheEmptyText() {
    assertEquals(new EmptyText(""), bind(EmptyText.class));
  }

  @Test
  void aBugIsNotTheUsersFault() {
    assertEquals(
        "the options "
            + Bugged.class.getName()
            + " failed on [1]:"
            + " java.lang.UnsupportedOperationException: a bug",
        assertThrows(IllegalStateException.class, () -> bind(Bugged.class)).getMessage());
  }

  /** Options in a package that nobody exports, as in any plugin. */
  private static CompiledModules module(Path folder, String opening) throws IOException {
    String declaration = opening.startsWith("open ") ? "open module" : "module";
    String line = opening.startsWith("open ") ? "" : opening;
    return new CompiledModules(folder)
        .add(
            "org.example.closed",
            Map.of(
                "module-info.java",
                declaration
                    + " org.example.closed { requires org.continuo.api; "
                    + line
                    + " provides org.continuo.api.plugin.Plugin with org.example.closed.P; }",
                "org/example/closed/P.java",
                """
                package org.example.closed;
                import org.continuo.api.learning.Strategy;
                import org.continuo.api.plugin.Option;
                import org.continuo.api.plugin.Plugin;
                public final class P implements Plugin<Strategy.Factory, P.Options> {
                  record Options(@Option(doc = "how many", value = "7") int count) {}
                  @Override public String id() { return "closed"; }
                  @Override public String summary() { return "for tests"; }
                  @Override public Strategy.Factory create(Options options) { return host -> null; }
                }
                """));
  }

  @Test
  void aClosedPackageGetsTheLineToAdd(@TempDir Path folder) throws IOException {
    PluginRegistry registry = module(folder, "").discover();
    PluginRegistry.Entry entry = entry(registry);
    assertEquals(
        List.of(
            "defaults of strategy 'closed': strategy: the options org.example.closed.P$Options of"
                + " module org.example.closed cannot be used: found its package closed to"
                + " reflection, expected it open; add this line to the module-info.java of"
                + " org.example.closed: opens org.example.closed;"),
        assertThrows(InvalidInput.class, () -> DefaultOptions.of(entry, registry)).problems());
    assertEquals(
        List.of("count"),
        OptionDescription.of(entry.plugin().options(), registry).stream()
            .map(OptionDescription::name)
            .toList());
  }

  @ParameterizedTest
  @CsvSource({"opens org.example.closed;", "open module"})
  void eitherWayOfOpeningItWorks(String opening, @TempDir Path folder) throws IOException {
    PluginRegistry registry = module(folder, opening).discover();
    Record options = DefaultOptions.of(entry(registry), registry);
    assertEquals("Options[count=7]", options.toString());
  }

  private static PluginRegistry.Entry entry(PluginRegistry registry) {
    return registry.entries().stream()
        .filter(entry -> entry.id().equals("closed"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(registry.problems()));
  }
}
