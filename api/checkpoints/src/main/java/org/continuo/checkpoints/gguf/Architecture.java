package org.continuo.checkpoints.gguf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.Family;

/**
 * What the keys say of a model.
 *
 * @param form what the file calls its architecture
 * @param epsilon of all norms
 * @param theta base of the rotary frequencies
 * @param stretch divisor of all positions, if they are scaled
 * @param window how many keys a query sees; empty: all
 */
record Architecture(
    Form form,
    int layers,
    int width,
    int inner,
    int maximumLength,
    Heads heads,
    double epsilon,
    double theta,
    Optional<Double> stretch,
    Optional<Integer> window) {
  private static final String NAME = "general.architecture";
  private static final double USUAL_THETA = 10_000;
  private static final int MOST_LAYERS = 10_000;

  /**
   * Keys behind the name of the architecture that change what is computed in a way unknown here.
   */
  private static final List<String> FOREIGN =
      List.of(
          "attention.scale",
          "attention.clamp_kqv",
          "attention.max_alibi_bias",
          "attn_logit_softcapping",
          "final_logit_softcapping",
          "logit_scale",
          "residual_scale",
          "embedding_scale");

  /** The architectures that are read; files of Mistral models say {@code llama}. */
  enum Form {
    /** Rows of queries and keys are stored with the two halves of a rotary pair side by side. */
    LLAMA("llama"),
    QWEN2("qwen2");

    private final String name;

    Form(String name) {
      this.name = name;
    }

    /** A key of this architecture. */
    String key(String rest) {
      return name + "." + rest;
    }
  }

  /**
   * @throws DataException at once if the architecture is another one: nothing else is worth reading
   */
  static Architecture read(Path file, Metadata keys) {
    String name = keys.text(NAME).orElse("");
    Form form =
        Arrays.stream(Form.values())
            .filter(known -> known.name.equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: key '%s': found '%s', expected 'llama' (Llama, Mistral and others of that form) or 'qwen2'; convert such a model with transformers: from_pretrained(FOLDER, gguf_file=FILE), then save_pretrained"
                            .formatted(file, NAME, name)));
    return new Parser(keys, form).parse();
  }

  /** The family that computes it: Mistral where attention has a window. */
  Family family() {
    return switch (form) {
      case LLAMA -> window.isPresent() ? Family.MISTRAL : Family.LLAMA;
      case QWEN2 -> Family.QWEN2;
    };
  }

  private record Parser(Metadata keys, Form form) {
    Architecture parse() {
      int layers = keys.count(form.key("block_count"));
      if (layers > MOST_LAYERS) {
        keys.mismatch(form.key("block_count"), "at most " + MOST_LAYERS);
        layers = 1;
      }
      int width = keys.count(form.key("embedding_length"));
      int context = keys.count(form.key("context_length"));
      foreign();
      return new Architecture(
          form,
          layers,
          width,
          keys.count(form.key("feed_forward_length")),
          context,
          heads(width),
          epsilon(),
          keys.positive(form.key("rope.freq_base")).orElse(USUAL_THETA),
          stretch(),
          window(context));
    }

    private Heads heads(int width) {
      int count = keys.count(form.key("attention.head_count"));
      int keyValue = keys.count(form.key("attention.head_count_kv"), count);
      int size = keys.count(form.key("attention.key_length"), Math.max(1, width / count));
      if (!keys.has(form.key("attention.key_length")) && width % count != 0) {
        keys.mismatch(form.key("attention.head_count"), "a divisor of embedding_length = " + width);
      }
      if (count % keyValue != 0) {
        keys.mismatch(form.key("attention.head_count_kv"), "a divisor of head_count = " + count);
      }
      if (size % 2 != 0) {
        keys.problem(
            form.key("attention.key_length"),
            "found heads of %d, expected an even size".formatted(size));
      }
      for (String same : List.of("attention.value_length", "rope.dimension_count")) {
        if (keys.count(form.key(same), size) != size) {
          keys.mismatch(form.key(same), "the size of a head, " + size);
        }
      }
      return new Heads(count, keyValue, size);
    }

    private double epsilon() {
      String key = form.key("attention.layer_norm_rms_epsilon");
      if (!keys.has(key)) {
        keys.missing(key, "a number above 0");
      }
      return keys.positive(key).orElse(1.0);
    }

    private Optional<Double> stretch() {
      String type = keys.text(form.key("rope.scaling.type")).orElse("");
      switch (type) {
        case "none" -> {
          return Optional.empty();
        }
        case "", "linear" -> {
          // the older name stands without a type
          String older = form.key("rope.scale_linear");
          String newer = form.key("rope.scaling.factor");
          return keys.positive(keys.has(newer) && !type.isEmpty() ? newer : older)
              .filter(factor -> factor != 1);
        }
        default -> {
          keys.mismatch(form.key("rope.scaling.type"), "'none' or 'linear'");
          return Optional.empty();
        }
      }
    }

    private Optional<Integer> window(int context) {
      String key = form.key("attention.sliding_window");
      int size = keys.number(key).orElse(0);
      if (size == 0 || size >= context) {
        return Optional.empty();
      }
      if (form == Form.QWEN2) {
        keys.mismatch(key, "none below context_length = " + context + " for qwen2");
      }
      return Optional.of(size);
    }

    private void foreign() {
      for (String rest : FOREIGN) {
        if (keys.has(form.key(rest))) {
          keys.mismatch(form.key(rest), "no such key: it is not computed");
        }
      }
      if (keys.number(form.key("expert_count")).orElse(0) > 1) {
        keys.mismatch(form.key("expert_count"), "none: mixtures of experts are not read");
      }
      if (!keys.flag(form.key("attention.causal"), true)) {
        keys.mismatch(form.key("attention.causal"), "true");
      }
      if (keys.number("split.count").orElse(0) > 1) {
        keys.mismatch(
            "split.count", "one file; join the parts with llama-gguf-split --merge FIRST OUT");
      }
    }
  }
}
