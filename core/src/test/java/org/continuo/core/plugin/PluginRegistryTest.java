package org.continuo.core.plugin;

import static org.continuo.core.testing.MadeUp.preferred;
import static org.continuo.core.testing.MadeUp.simple;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.plugin.PluginRegistry.Entry;
import org.continuo.core.testing.MadeUp;
import org.continuo.core.testing.MadeUp.Thin;
import org.continuo.core.testing.MadeUp.ThinFactory;
import org.continuo.core.testing.MadeUp.Wide;
import org.continuo.core.testing.MadeUp.WideFactory;
import org.continuo.results.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginRegistryTest {
  private static final Kind EXPERT = new Kind(Expert.Factory.class);
  private static final Kind LOW_RANK = new Kind(Expert.LowRank.Factory.class);

  private static Plugin<Expert.Factory, Wide> wide(String id) {
    return simple(id, Expert.Factory.class, Wide.class, WideFactory::new);
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(entry -> entry.kind().name() + "/" + entry.id()).toList();
  }

  @Test
  void kindsAreNamedAfterWhatTheirFactoryMakes() {
    List<Class<?>> factories =
        List.of(
            Strategy.Factory.class,
            Expert.Factory.class,
            Expert.LowRank.Factory.class,
            TaskStream.Factory.class,
            Backbone.Factory.class,
            Head.Factory.class,
            Router.Factory.class,
            Adversary.Factory.class,
            Report.Factory.class);
    assertEquals(
        List.of(
            "strategy",
            "expert",
            "expert",
            "stream",
            "backbone",
            "head",
            "router",
            "adversary",
            "report"),
        factories.stream().map(factory -> new Kind(factory).name()).toList());
    assertEquals("low-rank expert", LOW_RANK.label());
    assertEquals("stream", new Kind(TaskStream.Factory.class).label());
  }

  @Test
  void aTypeThatIsNoFactoryIsNoKind() {
    assertEquals(
        "org.continuo.api.model.Expert is not a kind of plugin: expected an interface named Factory"
            + " inside the type it makes, such as Strategy.Factory",
        assertThrows(IllegalArgumentException.class, () -> new Kind(Expert.class)).getMessage());
  }

  @Test
  void entriesAreSortedByKindAndId() {
    assertEquals(
        List.of(
            "backbone/glass",
            "expert/thin",
            "expert/wide",
            "head/plain",
            "strategy/drift",
            "strategy/still",
            "stream/shelf"),
        ids(MadeUp.registry().entries()));
    assertEquals(List.of(), MadeUp.registry().problems());
  }

  @Test
  void aNarrowerKindAcceptsOnlyItsOwn() {
    PluginRegistry registry = MadeUp.registry();
    assertEquals(List.of("expert/thin"), ids(registry.entries(LOW_RANK)));
    assertEquals(List.of("expert/thin", "expert/wide"), ids(registry.entries(EXPERT)));
    assertEquals(Optional.empty(), registry.find(LOW_RANK, "wide"));
    assertEquals("thin", registry.preferred(LOW_RANK).orElseThrow().id());
  }

  @Test
  void thePreferredOfAKindDoesNotStandForANarrowerOne() {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                preferred("wide", Expert.Factory.class, Wide.class, WideFactory::new),
                simple("thin", Expert.LowRank.Factory.class, Thin.class, ThinFactory::new)));
    assertEquals("wide", registry.preferred(EXPERT).orElseThrow().id());
    assertEquals(Optional.empty(), registry.preferred(LOW_RANK));
  }

  @Test
  void aDuplicateIsLeftOutAndNamed() {
    PluginRegistry registry = PluginRegistry.of(List.of(wide("a"), wide("a"), wide("b")));
    assertEquals(List.of("expert/b"), ids(registry.entries()));
    assertEquals(
        List.of(
            "expert 'a' is provided more than once: found 'a' of module org.continuo.core and 'a' of"
                + " module org.continuo.core, expected one; none is used until one of the modules is"
                + " removed or a plugin renamed"),
        registry.problems());
  }

  @Test
  void theSameIdInTwoKindsIsFine() {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                wide("plain"),
                simple(
                    "plain",
                    Head.Factory.class,
                    Plugin.NoOptions.class,
                    o -> new MadeUp.PlainFactory())));
    assertEquals(List.of("expert/plain", "head/plain"), ids(registry.entries()));
    assertEquals(List.of(), registry.problems());
  }

  @Test
  void twoPreferredOfAKindMeansNone() {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                preferred("wide", Expert.Factory.class, Wide.class, WideFactory::new),
                preferred("thin", Expert.LowRank.Factory.class, Thin.class, ThinFactory::new)));
    assertEquals(Optional.empty(), registry.preferred(EXPERT));
    assertEquals(List.of("expert/thin", "expert/wide"), ids(registry.entries()));
    assertEquals(
        List.of(
            "two preferred plugins of kind expert: found 'thin' of module org.continuo.core and"
                + " 'wide' of module org.continuo.core, expected at most one; none is taken by"
                + " default until one of the modules is removed"),
        registry.problems());
  }

  @Test
  void aBadIdIsNamed() {
    PluginRegistry registry = PluginRegistry.of(List.of(wide("Wide_2"), wide("wide-2")));
    assertEquals(List.of("expert/wide-2"), ids(registry.entries()));
    assertEquals(
        List.of(
            "plugin org.continuo.core.testing.MadeUp$Given of module org.continuo.core is left out:"
                + " found the id 'Wide_2', expected [a-z][a-z0-9-]*; rename it"),
        registry.problems());
  }

  @Test
  void providersThatFailLeaveTheOthersAsTheyAre(@TempDir Path folder) throws IOException {
    CompiledModules modules =
        new CompiledModules(folder)
            .add("org.example.fine", providing("org.example.fine", "fine", ""))
            .add(
                "org.example.broken",
                providing(
                    "org.example.broken",
                    "broken",
                    "public P() { throw new IllegalStateException(\"no licence\"); }"))
            .add(
                "org.example.old",
                providing(
                    "org.example.old",
                    "old",
                    "public P() { throw new NoSuchMethodError(\"Host.gone()\"); }"));
    PluginRegistry registry = modules.discover();
    Entry fine = registry.find(new Kind(Strategy.Factory.class), "fine").orElseThrow();
    assertEquals("org.example.fine", fine.module());
    assertEquals("1.2.3", fine.version());
    assertEquals(
        List.of(
            "plugin org.example.broken.P of module org.example.broken is left out:"
                + " IllegalStateException: no licence; update the module or remove it",
            "plugin org.example.old.P of module org.example.old is left out: NoSuchMethodError:"
                + " Host.gone(); it may be built against another version: update the module"),
        registry.problems().stream().sorted().toList());
  }

  private static Map<String, String> providing(String module, String id, String constructor) {
    return Map.of(
        "module-info.java",
        "module "
            + module
            + " { requires org.continuo.api; provides org.continuo.api.plugin.Plugin with "
            + module
            + ".P; }",
        module.replace('.', '/') + "/P.java",
        """
        package %s;
        import org.continuo.api.learning.Strategy;
        import org.continuo.api.plugin.Plugin;
        public final class P implements Plugin<Strategy.Factory, Plugin.NoOptions> {
          %s
          @Override public String id() { return "%s"; }
          @Override public String summary() { return "for tests"; }
          @Override public Strategy.Factory create(NoOptions options) { return host -> null; }
        }
        """
            .formatted(module, constructor, id));
  }

  @Test
  void anUnregisteredPluginHasNoEntry() {
    Plugin<Expert.Factory, Wide> stranger = wide("stranger");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> MadeUp.registry().entry(stranger))
            .getMessage()
            .contains("is not registered"));
  }
}
