package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.continuo.api.data.DataException;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Locator;
import org.continuo.api.plugin.Plugin;
import org.continuo.backbone.pytorch.PytorchBackbonePlugin.Options;
import org.continuo.checkpoints.CheckpointExport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PytorchBackbonePluginTest {
  private final PytorchBackbonePlugin plugin = new PytorchBackbonePlugin();
  private final ParameterStore store = new ParameterStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void isFoundAndPreferred() {
    getClass().getModule().addUses(Plugin.class);
    List<PytorchBackbonePlugin> found =
        ServiceLoader.load(Plugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(PytorchBackbonePlugin.class::isInstance)
            .map(PytorchBackbonePlugin.class::cast)
            .toList();
    assertEquals(1, found.size());
    assertEquals("pytorch", found.get(0).id());
    assertTrue(found.get(0).preferred());
    assertEquals("PyTorch", found.get(0).create(options("x")).engine());
  }

  @Test
  void offersALanguageModelForDecodersOnly() {
    assertTrue(offers("llama").contains(Capability.GENERATION));
    assertTrue(offers("llama").contains(Capability.LANGUAGE_MODEL));
    assertFalse(offers("bert").contains(Capability.LANGUAGE_MODEL));
    assertTrue(offers("bert").contains(Capability.BLOCK_MIXING));
    assertTrue(Fixtures.load(Fixtures.folder("bert"), store).languageModel().isEmpty());
  }

  private java.util.Set<Capability> offers(String fixture) {
    return plugin.offers(options(Fixtures.folder(fixture).toString()));
  }

  @Test
  void namesTheEmbeddedCheckpointsThereAre() {
    DataException e =
        assertThrows(
            DataException.class, () -> plugin.create(options("embedded:giant")).load(store));
    assertTrue(
        e.getMessage()
            .matches(
                "checkpoint 'embedded:giant': no such embedded checkpoint; available: \\[.*spare.*]"),
        e.getMessage());
  }

  @Test
  void anEmbeddedCheckpointIsReadFromTheModulesResources() {
    DataException e =
        assertThrows(
            DataException.class, () -> plugin.create(options("embedded:spare")).load(store));
    assertEquals(3, e.problems().size(), e.getMessage());
    assertTrue(
        e.problems()
            .get(0)
            .endsWith(
                "config.json: key 'model_type': found 'none', expected one of [llama, mistral, qwen2, qwen3, phi3, gpt2, gemma2, gemma3_text, gemma3, bert, roberta, distilbert, modernbert]"),
        e.getMessage());
  }

  @Test
  void describesACheckpoint() throws IOException, NoSuchAlgorithmException {
    Path folder = Fixtures.folder("qwen3");
    Backbone backbone = Fixtures.load(folder, store);
    byte[] weights = Files.readAllBytes(folder.resolve("model.safetensors"));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
    long layer = 2 * 64 + 2 * 16 + 64L * (128 + 64 + 64 + 128) + 3 * 64 * 160;
    assertEquals(
        new Backbone.Description(
            "Qwen3ForCausalLM",
            folder.toString(),
            digest,
            2 * 512 * 64 + 64 + 3 * layer,
            3,
            64,
            512,
            256,
            "F32"),
        backbone.description());
    assertEquals(0, store.allocated());
  }

  @Test
  void namesSitesInTheOrderOfTheData() {
    Backbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    List<String> names = llama.sites().stream().map(Site::name).toList();
    assertEquals(
        List.of(
            "embeddings",
            "layers.0.prefix",
            "layers.0.attention.query",
            "layers.0.attention.key",
            "layers.0.attention.value",
            "layers.0.attention.output",
            "layers.0.feed-forward",
            "layers.0.feed-forward.gate",
            "layers.0.feed-forward.up",
            "layers.0.feed-forward.down",
            "layers.0",
            "layers.1.prefix"),
        names.subList(0, 12));
    assertEquals("output", names.get(names.size() - 1));
    assertEquals(
        new Site("layers.2.attention.key", 2, Site.Kind.LINEAR, 64, 32),
        llama.linear(List.of(Projection.KEY)).get(2));
    assertEquals(Backbone.Summary.LAST, llama.summary());
    Backbone bert = Fixtures.load(Fixtures.folder("bert"), new ParameterStore());
    assertEquals(List.of(), bert.linear(List.of(Projection.GATE)));
    assertEquals(Backbone.Summary.FIRST, bert.summary());
    Site block = bert.sites(Site.Kind.FEED_FORWARD).get(0);
    assertEquals(
        "site 'layers.0.feed-forward' of kind FEED_FORWARD has no matrix; expected one of the LINEAR sites",
        assertThrows(IllegalArgumentException.class, () -> bert.weights().orElseThrow().of(block))
            .getMessage());
  }

  private static Options options(String checkpoint) {
    return new Options(new Locator(checkpoint), Optional.empty(), CheckpointExport.Type.F32);
  }
}
