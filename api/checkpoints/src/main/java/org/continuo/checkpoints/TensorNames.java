package org.continuo.checkpoints;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.model.Projection;

/**
 * What the checkpoints of a family call its weights, by our names of them. {@code #} stands for the
 * number of a layer; names that several weights share are those of tensors that hold them all, one
 * after another in the order of {@link Projection}.
 *
 * @param prefixes what may stand before all names, the usual one first
 * @param modules without prefix
 */
record TensorNames(List<Prefix> prefixes, Map<String, String> modules) {

  /** What stands before the names of the body, and before that of the vocabulary head. */
  record Prefix(String body, String head) {
    static List<Prefix> ofBody(String... bodies) {
      return Stream.of(bodies).map(body -> new Prefix(body, "")).toList();
    }
  }

  static TensorNames of(Family family) {
    return switch (family) {
      case LLAMA, MISTRAL, QWEN2, QWEN3 -> LLAMA;
      case PHI3 -> PHI3;
      case GPT2 -> GPT2;
      case GEMMA2, GEMMA3 -> GEMMA;
      case BERT -> BERT.with("", "bert.");
      case ROBERTA -> BERT.with("", "roberta.");
      case DISTILBERT -> DISTILBERT;
      case MODERNBERT -> MODERNBERT;
    };
  }

  /** Our names of what the tensor of a weight holds, in its order; most hold that weight alone. */
  List<String> together(String weight) {
    String module = modules.get(weight);
    List<String> all =
        modules.entrySet().stream()
            .filter(entry -> entry.getValue().equals(module))
            .map(Map.Entry::getKey)
            .toList();
    return all.size() == 1
        ? all
        : Stream.of(Projection.values())
            .flatMap(p -> all.stream().filter(name -> name.endsWith("." + p.part())))
            .toList();
  }

  private TensorNames with(String... bodies) {
    return new TensorNames(Prefix.ofBody(bodies), modules);
  }

  private TensorNames renamed(Map<String, String> others) {
    Map<String, String> all =
        Stream.concat(
                modules.entrySet().stream().filter(e -> !others.containsKey(e.getKey())),
                others.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new TensorNames(prefixes, all);
  }

  private static final TensorNames LLAMA =
      new TensorNames(
          Prefix.ofBody("model.", ""),
          Map.ofEntries(
              Map.entry("embeddings.tokens", "embed_tokens"),
              Map.entry("layers.#.attention-norm", "layers.#.input_layernorm"),
              Map.entry("layers.#.attention.query", "layers.#.self_attn.q_proj"),
              Map.entry("layers.#.attention.key", "layers.#.self_attn.k_proj"),
              Map.entry("layers.#.attention.value", "layers.#.self_attn.v_proj"),
              Map.entry("layers.#.attention.output", "layers.#.self_attn.o_proj"),
              Map.entry("layers.#.attention.query-norm", "layers.#.self_attn.q_norm"),
              Map.entry("layers.#.attention.key-norm", "layers.#.self_attn.k_norm"),
              Map.entry("layers.#.feed-forward-norm", "layers.#.post_attention_layernorm"),
              Map.entry("layers.#.feed-forward.gate", "layers.#.mlp.gate_proj"),
              Map.entry("layers.#.feed-forward.up", "layers.#.mlp.up_proj"),
              Map.entry("layers.#.feed-forward.down", "layers.#.mlp.down_proj"),
              Map.entry("norm", "norm"),
              Map.entry("head", "lm_head")));

  private static final TensorNames PHI3 =
      LLAMA.renamed(
          Map.of(
              "layers.#.attention.query", "layers.#.self_attn.qkv_proj",
              "layers.#.attention.key", "layers.#.self_attn.qkv_proj",
              "layers.#.attention.value", "layers.#.self_attn.qkv_proj",
              "layers.#.feed-forward.gate", "layers.#.mlp.gate_up_proj",
              "layers.#.feed-forward.up", "layers.#.mlp.gate_up_proj"));

  private static final TensorNames GEMMA =
      new TensorNames(
          List.of(
              new Prefix("model.", ""),
              new Prefix("", ""),
              new Prefix("model.language_model.", ""),
              new Prefix("language_model.model.", "language_model.")),
          LLAMA
              .renamed(
                  Map.of(
                      "layers.#.attention-output-norm", "layers.#.post_attention_layernorm",
                      "layers.#.feed-forward-norm", "layers.#.pre_feedforward_layernorm",
                      "layers.#.feed-forward-output-norm", "layers.#.post_feedforward_layernorm"))
              .modules());

  private static final TensorNames GPT2 =
      new TensorNames(
          Prefix.ofBody("transformer.", ""),
          Map.ofEntries(
              Map.entry("embeddings.tokens", "wte"),
              Map.entry("embeddings.positions", "wpe"),
              Map.entry("layers.#.attention-norm", "h.#.ln_1"),
              Map.entry("layers.#.attention.query", "h.#.attn.c_attn"),
              Map.entry("layers.#.attention.key", "h.#.attn.c_attn"),
              Map.entry("layers.#.attention.value", "h.#.attn.c_attn"),
              Map.entry("layers.#.attention.output", "h.#.attn.c_proj"),
              Map.entry("layers.#.feed-forward-norm", "h.#.ln_2"),
              Map.entry("layers.#.feed-forward.up", "h.#.mlp.c_fc"),
              Map.entry("layers.#.feed-forward.down", "h.#.mlp.c_proj"),
              Map.entry("norm", "ln_f"),
              Map.entry("head", "lm_head")));

  private static final TensorNames BERT =
      new TensorNames(
          Prefix.ofBody(""),
          Map.ofEntries(
              Map.entry("embeddings.tokens", "embeddings.word_embeddings"),
              Map.entry("embeddings.positions", "embeddings.position_embeddings"),
              Map.entry("embeddings.token-types", "embeddings.token_type_embeddings"),
              Map.entry("embeddings.norm", "embeddings.LayerNorm"),
              Map.entry("layers.#.attention.query", "encoder.layer.#.attention.self.query"),
              Map.entry("layers.#.attention.key", "encoder.layer.#.attention.self.key"),
              Map.entry("layers.#.attention.value", "encoder.layer.#.attention.self.value"),
              Map.entry("layers.#.attention.output", "encoder.layer.#.attention.output.dense"),
              Map.entry("layers.#.attention-norm", "encoder.layer.#.attention.output.LayerNorm"),
              Map.entry("layers.#.feed-forward.up", "encoder.layer.#.intermediate.dense"),
              Map.entry("layers.#.feed-forward.down", "encoder.layer.#.output.dense"),
              Map.entry("layers.#.feed-forward-norm", "encoder.layer.#.output.LayerNorm")));

  private static final TensorNames DISTILBERT =
      new TensorNames(
          Prefix.ofBody("", "distilbert."),
          Map.ofEntries(
              Map.entry("embeddings.tokens", "embeddings.word_embeddings"),
              Map.entry("embeddings.positions", "embeddings.position_embeddings"),
              Map.entry("embeddings.norm", "embeddings.LayerNorm"),
              Map.entry("layers.#.attention.query", "transformer.layer.#.attention.q_lin"),
              Map.entry("layers.#.attention.key", "transformer.layer.#.attention.k_lin"),
              Map.entry("layers.#.attention.value", "transformer.layer.#.attention.v_lin"),
              Map.entry("layers.#.attention.output", "transformer.layer.#.attention.out_lin"),
              Map.entry("layers.#.attention-norm", "transformer.layer.#.sa_layer_norm"),
              Map.entry("layers.#.feed-forward.up", "transformer.layer.#.ffn.lin1"),
              Map.entry("layers.#.feed-forward.down", "transformer.layer.#.ffn.lin2"),
              Map.entry("layers.#.feed-forward-norm", "transformer.layer.#.output_layer_norm")));

  private static final TensorNames MODERNBERT =
      new TensorNames(
          Prefix.ofBody("", "model."),
          Map.ofEntries(
              Map.entry("embeddings.tokens", "embeddings.tok_embeddings"),
              Map.entry("embeddings.norm", "embeddings.norm"),
              Map.entry("layers.#.attention-norm", "layers.#.attn_norm"),
              Map.entry("layers.#.attention.query", "layers.#.attn.Wqkv"),
              Map.entry("layers.#.attention.key", "layers.#.attn.Wqkv"),
              Map.entry("layers.#.attention.value", "layers.#.attn.Wqkv"),
              Map.entry("layers.#.attention.output", "layers.#.attn.Wo"),
              Map.entry("layers.#.feed-forward-norm", "layers.#.mlp_norm"),
              Map.entry("layers.#.feed-forward.gate", "layers.#.mlp.Wi"),
              Map.entry("layers.#.feed-forward.up", "layers.#.mlp.Wi"),
              Map.entry("layers.#.feed-forward.down", "layers.#.mlp.Wo"),
              Map.entry("norm", "final_norm")));
}
