package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One setting in two places of {@code config.json}: as the original library reads it, or refused.
 */
class TwoSpellingsTest {
  @TempDir private Path folder;

  private CheckpointConfig read(Family family, Consumer<ObjectNode> change) {
    return Configs.read(family, folder, change);
  }

  private void refused(Family family, String expected, Consumer<ObjectNode> change) {
    DataException e = assertThrows(DataException.class, () -> read(family, change));
    assertEquals(folder.resolve("config.json") + ": key '" + expected, e.getMessage());
  }

  private static ObjectNode newer(ObjectNode json, double theta) {
    json.remove("rope_theta");
    return json.putObject("rope_parameters").put("rope_theta", theta).put("rope_type", "default");
  }

  private static void older(ObjectNode json) {
    json.putObject("rope_scaling").put("rope_type", "linear").put("factor", 4);
  }

  @Test
  void anOlderScalingReplacesNewerParametersThatHaveNone() {
    CheckpointConfig config =
        read(
            Family.LLAMA,
            json -> {
              newer(json, 10_000);
              older(json);
            });
    assertEquals(new Rope(10_000, new Rope.Scaling.Linear(4)), config.rope(0).orElseThrow());
    CheckpointConfig without =
        read(
            Family.LLAMA,
            json -> {
              newer(json, 500_000);
              json.putObject("rope_scaling");
            });
    assertEquals(new Rope(500_000, Rope.Scaling.NONE), without.rope(0).orElseThrow());
  }

  @Test
  void scalingsThatContradict() {
    refused(
        Family.LLAMA,
        "rope_scaling': found {\"rope_type\":\"linear\",\"factor\":4}, and {\"rope_theta\":500000.0,\"rope_type\":\"default\"} in 'rope_parameters'; they mean the same: leave one of them",
        json -> {
          newer(json, 500_000);
          older(json);
        });
    refused(
        Family.QWEN2,
        "rope_parameters.rope_theta': found 7.0, and 10000 in 'rope_theta' beside it; they mean the same: leave one of them",
        json -> {
          newer(json, 7);
          json.put("rope_theta", 10_000);
        });
    refused(
        Family.MISTRAL,
        "rope_parameters.rope_type': found \"default\", and \"linear\" in 'rope_parameters.type'; they mean the same: leave one of them",
        json -> newer(json, 10_000).put("type", "linear").put("factor", 2));
    refused(
        Family.QWEN3,
        "rope_parameters.full_attention': found settings of one kind of layer, expected the same for all layers",
        json -> newer(json, 10_000).putObject("full_attention").put("factor", 2));
  }

  @Test
  void namesThatDistilbertSharesWithOthers() {
    CheckpointConfig config =
        read(
            Family.DISTILBERT,
            json -> {
              json.remove("dim");
              json.put("hidden_size", 32);
            });
    assertEquals(32, config.width());
    refused(
        Family.DISTILBERT,
        "n_layers': found 3, and 4 in 'num_hidden_layers'; they mean the same: leave one of them",
        json -> json.put("num_hidden_layers", 4));
  }

  @Test
  void layersWithAndWithoutWindow() {
    refused(
        Family.QWEN2,
        "layer_types': names sliding_attention, while use_sliding_window is not true; expected a window, or full_attention alone",
        json -> {
          json.put("sliding_window", 9);
          json.putArray("layer_types")
              .add("sliding_attention")
              .add("full_attention")
              .add("full_attention");
        });
    refused(
        Family.MISTRAL,
        "layer_types': names layers without a window, while sliding_window = 9 is one for all layers of mistral; expected one of the two",
        json -> {
          json.put("sliding_window", 9);
          json.putArray("layer_types")
              .add("sliding_attention")
              .add("full_attention")
              .add("full_attention");
        });
  }

  @Test
  void whatIsNotSaidIsWhatTheFamilyTakes() {
    assertEquals(4096, read(Family.MISTRAL, json -> json.remove("sliding_window")).window().size());
    assertEquals(
        new Heads(8, 8, 128),
        read(
                Family.QWEN3,
                json -> {
                  json.remove("head_dim");
                  json.putNull("num_key_value_heads");
                })
            .heads());
  }

  @Test
  void aKeyThatStandsTwice() throws IOException {
    CheckpointFolder checkpoint = new CheckpointFolder("test", folder);
    Files.writeString(checkpoint.config(), "{\"hidden_size\": 64, \"hidden_size\": 32}");
    Problems problems = new Problems();
    CheckpointConfig.read(checkpoint, problems);
    assertEquals(
        checkpoint.config() + ": not JSON: Duplicate field 'hidden_size' (line 1, column 34)",
        assertThrows(DataException.class, problems::check).getMessage());
  }

  @Test
  void jsonBeyondTheLimitsOfItsReaderNamesTheFile() throws IOException {
    CheckpointFolder checkpoint = new CheckpointFolder("test", folder);
    Files.writeString(checkpoint.config(), "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000));
    Problems problems = new Problems();
    CheckpointConfig.read(checkpoint, problems);
    assertEquals(
        checkpoint.config()
            + ": not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)",
        assertThrows(DataException.class, problems::check).getMessage());
  }

  @Test
  void absurdNumbersAreRefusedBeforeAnythingIsMade() {
    assertTimeout(
        Duration.ofSeconds(1),
        () ->
            refused(
                Family.MISTRAL,
                "num_hidden_layers': found 2000000000, expected at most 10000",
                json -> json.put("num_hidden_layers", 2_000_000_000).put("sliding_window", 9)));
    refused(
        Family.LLAMA,
        "head_dim': found 2000000000 for each of 8 heads, expected at most 268435456 in all",
        json -> json.put("head_dim", 2_000_000_000));
  }

  /** A configuration with some characters changed is read, or refused with the name of the file. */
  @Test
  void changedCharactersAreReadOrRefused() throws IOException {
    CheckpointFolder checkpoint = new CheckpointFolder("test", folder);
    Random random = new Random(5);
    String letters = "0123456789-.,:{}[]\"eE nultrfase\\";
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text =
          new StringBuilder(
              Configs.of(List.of(Family.values()).get(round % Family.values().length)).toString());
      for (int change = random.nextInt(4); change >= 0; change--) {
        char letter = letters.charAt(random.nextInt(letters.length()));
        text.setCharAt(random.nextInt(text.length()), letter);
      }
      Files.writeString(checkpoint.config(), text);
      Problems problems = new Problems();
      boolean read = CheckpointConfig.read(checkpoint, problems).isPresent();
      assertEquals(read, problems.isEmpty(), text.toString());
    }
  }
}
