package org.continuo.models;

import java.util.List;
import org.continuo.api.model.ModelHub.Origin;

/** The encoders on Maven Central that are known here. */
final class PublishedEncoders {
  private static final String GROUP = "dev.langchain4j:langchain4j-embeddings-";
  private static final String VERSION = ":0.36.2";

  /**
   * Sentences, 6 layers of width 384, mean of the tokens. Its weights have the digest of the
   * published file, byte for byte.
   */
  private static final PublishedEncoder MINILM =
      new PublishedEncoder(
          "minilm",
          new Origin("sentence-transformers/all-MiniLM-L6-v2 on Hugging Face", "Apache-2.0"),
          GROUP + "all-minilm-l6-v2" + VERSION,
          "bf9521866c121a05bf7be34afe8f0e8468c313cbbd9737f3c7565a3398c1a061",
          "all-minilm-l6-v2",
          configuration(6),
          PublishedEncoder.Pooled.MEAN,
          "ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4",
          "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
          "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0");

  /** Retrieval, 12 layers of width 384, first token. */
  private static final PublishedEncoder BGE_SMALL =
      new PublishedEncoder(
          "bge-small",
          new Origin("BAAI/bge-small-en-v1.5 on Hugging Face", "MIT"),
          GROUP + "bge-small-en-v15" + VERSION,
          "9dff55ebd00d1448a88a0b836a642bd93a9248da8fb16907b4b95c60ccf781a4",
          "bge-small-en-v1.5",
          configuration(12),
          PublishedEncoder.Pooled.FIRST,
          "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35",
          "84f0751c770992ef3380f3071a1f3c78ee38a0e34a873202fb01b7348a45e13c",
          "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66");

  /** Retrieval, 12 layers of width 384, mean of the tokens; texts were trained behind a prefix. */
  private static final PublishedEncoder E5_SMALL =
      new PublishedEncoder(
          "e5-small",
          new Origin("intfloat/e5-small-v2 on Hugging Face", "MIT"),
          GROUP + "e5-small-v2" + VERSION,
          "208ade9d04885e6e28097074eb2a9c04293b7977a8854daf8925cb53cf8e082a",
          "e5-small-v2",
          configuration(12),
          PublishedEncoder.Pooled.MEAN,
          "b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0",
          "4da68a82357cfea95b1c4dd462bca42a8bf3112a4065db4be22e0c249480df05",
          "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66");

  static final List<PublishedEncoder> ALL = List.of(MINILM, BGE_SMALL, E5_SMALL);

  private PublishedEncoders() {}

  static List<String> names() {
    return ALL.stream().map(PublishedEncoder::name).toList();
  }

  /** Of a small BERT with the vocabulary of the first one. */
  private static String configuration(int layers) {
    return """
        {
          "architectures": ["BertModel"],
          "model_type": "bert",
          "hidden_act": "gelu",
          "hidden_size": 384,
          "intermediate_size": 1536,
          "num_attention_heads": 12,
          "num_hidden_layers": %d,
          "max_position_embeddings": 512,
          "type_vocab_size": 2,
          "vocab_size": 30522,
          "layer_norm_eps": 1e-12,
          "pad_token_id": 0
        }
        """
        .formatted(layers);
  }
}
