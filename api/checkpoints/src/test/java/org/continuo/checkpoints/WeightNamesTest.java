package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.model.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightNamesTest {
  @TempDir private Path folder;

  private Stream<Site> sites(Family family) {
    return new Sites(Configs.read(family, folder, json -> {})).all().stream();
  }

  private List<String> matricesOfLayer1(Family family) {
    WeightNames names = WeightNames.of(family);
    return sites(family)
        .filter(site -> site.kind() == Site.Kind.LINEAR && site.layer() == 1)
        .map(names::tensor)
        .toList();
  }

  @Test
  void matricesOfADecoder() {
    assertEquals(
        List.of(
            "model.layers.1.self_attn.q_proj.weight",
            "model.layers.1.self_attn.k_proj.weight",
            "model.layers.1.self_attn.v_proj.weight",
            "model.layers.1.self_attn.o_proj.weight",
            "model.layers.1.mlp.gate_proj.weight",
            "model.layers.1.mlp.up_proj.weight",
            "model.layers.1.mlp.down_proj.weight"),
        matricesOfLayer1(Family.QWEN3));
  }

  @Test
  void matricesOfEncoders() {
    assertEquals(
        List.of(
            "encoder.layer.1.attention.self.query.weight",
            "encoder.layer.1.attention.self.key.weight",
            "encoder.layer.1.attention.self.value.weight",
            "encoder.layer.1.attention.output.dense.weight",
            "encoder.layer.1.intermediate.dense.weight",
            "encoder.layer.1.output.dense.weight"),
        matricesOfLayer1(Family.ROBERTA));
    assertEquals(
        List.of(
            "transformer.layer.1.attention.q_lin.weight",
            "transformer.layer.1.attention.k_lin.weight",
            "transformer.layer.1.attention.v_lin.weight",
            "transformer.layer.1.attention.out_lin.weight",
            "transformer.layer.1.ffn.lin1.weight",
            "transformer.layer.1.ffn.lin2.weight"),
        matricesOfLayer1(Family.DISTILBERT));
  }

  @Test
  void theNameOfAModuleIsThatOfOtherLibraries() {
    Sites llama = new Sites(Configs.read(Family.LLAMA, folder, json -> {}));
    WeightNames names = WeightNames.of(Family.LLAMA);
    assertEquals(
        "model.layers.2.mlp.down_proj",
        names.module(llama.linear(2, org.continuo.api.model.Projection.DOWN)));
    assertEquals("model.embed_tokens", names.module(llama.embeddings()));
    assertEquals("lm_head.weight", names.tensor("head.weight"));
    assertEquals("model.norm.weight", names.tensor("norm.weight"));
  }

  @Test
  void aCheckpointDecidesOnPrefixAndNorms() {
    WeightNames bare = WeightNames.of(Family.LLAMA, Set.of("embed_tokens.weight")::contains);
    assertEquals("layers.0.self_attn.q_proj.bias", bare.tensor("layers.0.attention.query.bias"));
    assertEquals("lm_head.weight", bare.tensor("head.weight"));
    WeightNames older =
        WeightNames.of(
            Family.BERT,
            Set.of("bert.embeddings.word_embeddings.weight", "bert.embeddings.LayerNorm.gamma")
                ::contains);
    assertEquals("bert.embeddings.LayerNorm.beta", older.tensor("embeddings.norm.bias"));
    assertEquals(
        "bert.encoder.layer.11.output.LayerNorm.gamma",
        older.tensor("layers.11.feed-forward-norm.weight"));
    assertEquals(
        "bert.encoder.layer.11.output.dense.weight",
        older.tensor("layers.11.feed-forward.down.weight"));
  }

  @Test
  void saysWhichSitesHaveNoMatrix() {
    WeightNames names = WeightNames.of(Family.BERT);
    Sites bert = new Sites(Configs.read(Family.BERT, folder, json -> {}));
    assertEquals(
        "site 'layers.0.feed-forward' of kind FEED_FORWARD has no matrix; expected one of kind"
            + " LINEAR or EMBEDDING",
        assertThrows(IllegalArgumentException.class, () -> names.tensor(bert.feedForward(0)))
            .getMessage());
    assertEquals(
        "bert has no weight 'layers.0.feed-forward.gate'",
        assertThrows(
                IllegalArgumentException.class,
                () -> names.tensor("layers.0.feed-forward.gate.weight"))
            .getMessage());
  }
}
