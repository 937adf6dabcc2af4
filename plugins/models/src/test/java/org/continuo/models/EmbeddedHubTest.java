package org.continuo.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ModelHub;
import org.continuo.api.plugin.Plugin;
import org.continuo.checkpoints.files.Sha256;
import org.junit.jupiter.api.Test;

class EmbeddedHubTest {
  private final ModelHub hub = new EmbeddedModelsPlugin().create(new Plugin.NoOptions()).open();

  @Test
  void isFoundByItsId() {
    getClass().getModule().addUses(Plugin.class);
    List<String> ids = new ArrayList<>();
    for (Plugin<?, ?> plugin : ServiceLoader.load(Plugin.class)) {
      if (plugin instanceof EmbeddedModelsPlugin) {
        ids.add(plugin.id());
      }
    }
    assertEquals(List.of("embedded"), ids);
  }

  @Test
  void namesWhatThereIs() {
    DataException e = assertThrows(DataException.class, () -> hub.model("giant"));
    assertEquals(
        "checkpoint 'embedded:giant': no such embedded model; available: [tiny, minilm, bge-small,"
            + " e5-small]",
        e.getMessage());
  }

  @Test
  void theTinyModelIsCopiedFromTheModule() throws Exception {
    ModelHub.Model tiny = hub.model("tiny");
    assertEquals(Optional.of("Apache-2.0"), tiny.origin().map(ModelHub.Origin::licence));
    Path weights = tiny.path().resolve("model.safetensors");
    assertEquals(
        "11b81a54e16e6885350ffd3546d2c8fcd09f4d16f373015022d701ca30608d4b",
        new Sha256().add(weights).hex());
    assertTrue(Files.exists(tiny.path().resolve("tokenizer.json")));
  }

  /** Needs what Maven needs; its pinned digest is that of the file its makers published. */
  @Test
  void aPublishedEncoderHasTheBytesThatItsMakersPublished() throws Exception {
    ModelHub.Model minilm = hub.model("minilm");
    assertEquals(
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        new Sha256().add(minilm.path().resolve("model.safetensors")).hex());
    assertEquals(
        Optional.of(
            new ModelHub.Origin(
                "sentence-transformers/all-MiniLM-L6-v2 on Hugging Face", "Apache-2.0")),
        minilm.origin());
    assertTrue(Files.readString(minilm.path().resolve("1_Pooling/config.json")).contains("true"));
    assertTrue(
        Files.exists(minilm.path().resolve("onnx/model.onnx")), "for backbones that read it");
  }

  @Test
  void anArtifactThatIsNowhereIsToldWithTheCure() {
    DataException e =
        assertThrows(
            DataException.class,
            () -> MavenRepository.file("org.continuo:nowhere:0.0.0", "checkpoint 'x'"));
    assertTrue(
        e.getMessage()
            .startsWith(
                "checkpoint 'x': could not fetch the Maven artifact org.continuo:nowhere:0.0.0: "),
        e.getMessage());
    assertTrue(
        e.getMessage().endsWith("; check the network and the mirrors in your Maven settings"),
        e.getMessage());
  }
}
