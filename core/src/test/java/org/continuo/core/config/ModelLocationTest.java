package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Expert;
import org.continuo.api.model.ModelHub;
import org.continuo.api.model.ModelLocation;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An option that says where a model is: a path, or a name that a plugin of kind hub knows. */
class ModelLocationTest {
  record Options(@Option(doc = "which model") ModelLocation checkpoint) {}

  private record Shelf() implements ModelHub {
    @Override
    public List<String> names() {
      return List.of("small");
    }

    @Override
    public Model model(String name) {
      return Model.at(Path.of("shelf", name));
    }
  }

  private static ModelLocation bound(String text) {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                MadeUp.simple(
                    "odd",
                    Expert.Factory.class,
                    Options.class,
                    o -> new MadeUp.WideFactory(new MadeUp.Wide(1))),
                MadeUp.simple(
                    "shelf",
                    ModelHub.Factory.class,
                    Plugin.NoOptions.class,
                    o -> (ModelHub.Factory) Shelf::new)));
    PluginRegistry.Entry odd =
        registry.entries().stream().filter(e -> e.id().equals("odd")).findFirst().orElseThrow();
    return ((Options) DefaultOptions.with(Map.of("checkpoint", text), odd, registry)).checkpoint();
  }

  @Test
  void aNameIsGivenToTheHubBeforeItsColon() {
    assertEquals(Path.of("shelf/small"), bound("shelf:small").model().path());
    assertEquals(Path.of("shelf/owner/name@main"), bound("shelf:owner/name@main").model().path());
    assertEquals("shelf://owner/name", bound("shelf://owner/name").text());
  }

  @Test
  void aPathNeedsNoHub(@TempDir Path folder) throws Exception {
    Path model = Files.createDirectory(folder.resolve("a:model"));
    assertEquals(model, bound(model.toString()).model().path());
    assertTrue(Path.of(bound("relative").text()).isAbsolute());
    DataException e =
        assertThrows(DataException.class, () -> bound(folder.resolve("none").toString()).model());
    assertEquals(
        "checkpoint '%s': no such file or folder; expected the folder of a model (config.json, model.safetensors, tokenizer.json) or HUB:NAME; correct the path"
            .formatted(folder.resolve("none")),
        e.getMessage());
  }

  @Test
  void aNameOfAModelAsOtherLibrariesTakeItIsToldWithItsHub() {
    String text = bound("acme/mini").text();
    assertEquals(
        "checkpoint '%s': no such file or folder; expected the folder of a model (config.json, model.safetensors, tokenizer.json) or HUB:NAME; correct the path, or write hf://acme/mini for the model of that name"
            .formatted(text),
        assertThrows(DataException.class, () -> bound("acme/mini").model()).getMessage());
  }

  @Test
  void anUnknownHubIsToldWithThoseThereAre() {
    assertEquals(
        "defaults of expert 'odd': expert.checkpoint: unknown hub: found 'shlef', available: shelf;"
            + " did you mean 'shelf'?",
        assertThrows(InvalidInput.class, () -> bound("shlef:small")).getMessage());
  }
}
