package org.continuo.checkpoints.gguf;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.Problems;
import org.continuo.checkpoints.WeightNames;
import org.continuo.checkpoints.safetensors.Halves;
import org.continuo.checkpoints.safetensors.SafetensorsFile;
import org.continuo.checkpoints.safetensors.SafetensorsWriter;
import org.continuo.checkpoints.safetensors.TensorType;

/** The tensors of a model: which a file must hold, and what they are called in a folder. */
final class Weights {
  static final String ROPE_FACTORS = "rope_freqs.weight";
  private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,6})\\.");
  private static final int SHOWN = 3;
  private static final String TABLE = "token_embd.weight";

  private final GgufFile file;
  private final Architecture is;
  private final Problems problems;
  private final WeightNames names;
  private final List<Stored> all = new ArrayList<>();
  private final Set<String> met = new HashSet<>(List.of(ROPE_FACTORS));
  private final int vocabulary;

  /**
   * A tensor under its new name.
   *
   * @param pairedRows of this many rows each, the two halves of rotary pairs lie side by side and
   *     are to be parted; empty: rows stay where they are
   */
  private record Stored(String name, GgufTensor tensor, Optional<Integer> pairedRows) {}

  /** What is missing, too much or of another shape goes into {@code problems}. */
  Weights(GgufFile file, Architecture is, Problems problems) {
    this.file = file;
    this.is = is;
    this.problems = problems;
    this.names = WeightNames.of(is.family());
    this.vocabulary = vocabulary();
    if (layersAgree()) {
      collect();
      file.names().stream()
          .filter(name -> !met.contains(name))
          .sorted()
          .limit(SHOWN)
          .forEach(
              name ->
                  problem(
                      name,
                      "found, expected none of that name in a model of this form; use the folder it was made from"));
    }
  }

  /** Told once, instead of for every tensor of every layer. */
  private boolean layersAgree() {
    int found =
        file.names().stream()
            .map(LAYER::matcher)
            .filter(Matcher::lookingAt)
            .mapToInt(layer -> Integer.parseInt(layer.group(1)) + 1)
            .max()
            .orElse(0);
    if (found != is.layers()) {
      file.metadata()
          .problem(
              is.form().key("block_count"),
              "found %d, and tensors of %d layers; get the file again"
                  .formatted(is.layers(), found));
    }
    return found == is.layers();
  }

  private int vocabulary() {
    GgufTensor table = file.tensors().get(TABLE);
    return table != null && table.shape().size() == 2
        ? (int) Math.min(table.shape().get(0), Integer.MAX_VALUE)
        : 1;
  }

  private void collect() {
    Heads heads = is.heads();
    int width = is.width();
    long queries = (long) heads.count() * heads.size();
    long keys = (long) heads.keyValue() * heads.size();
    Optional<Integer> paired =
        is.form() == Architecture.Form.LLAMA ? Optional.of(heads.size()) : Optional.empty();
    matrix(TABLE, "embeddings.tokens", vocabulary, width, Optional.empty());
    vector("output_norm.weight", "norm.weight", width);
    if (has("output.weight")) {
      matrix("output.weight", "head", vocabulary, width, Optional.empty());
    }
    for (int layer = 0; layer < is.layers(); layer++) {
      String from = "blk." + layer + ".";
      String to = "layers." + layer + ".";
      vector(from + "attn_norm.weight", to + "attention-norm.weight", width);
      vector(from + "ffn_norm.weight", to + "feed-forward-norm.weight", width);
      linear(from + "attn_q", to + "attention.query", queries, width, paired);
      linear(from + "attn_k", to + "attention.key", keys, width, paired);
      linear(from + "attn_v", to + "attention.value", keys, width, Optional.empty());
      linear(from + "attn_output", to + "attention.output", width, queries, Optional.empty());
      linear(from + "ffn_gate", to + "feed-forward.gate", is.inner(), width, Optional.empty());
      linear(from + "ffn_up", to + "feed-forward.up", is.inner(), width, Optional.empty());
      linear(from + "ffn_down", to + "feed-forward.down", width, is.inner(), Optional.empty());
    }
  }

  private boolean has(String name) {
    return file.names().contains(name);
  }

  private void matrix(String from, String to, long out, long in, Optional<Integer> paired) {
    take(from, to + ".weight", List.of(out, in), paired);
  }

  private void vector(String from, String to, long size) {
    take(from, to, List.of(size), Optional.empty());
  }

  private void linear(String from, String to, long out, long in, Optional<Integer> paired) {
    matrix(from + ".weight", to, out, in, paired);
    boolean expected = biased(to);
    if (expected || has(from + ".bias")) {
      take(from + ".bias", to + ".bias", List.of(out), paired);
    }
    if (!expected && has(from + ".bias")) {
      problem(
          from + ".bias",
          "found, expected none: only all projections of a layer's attention or feed-forward block have one, or none; use the folder it was made from");
    }
  }

  /** True if the folder will say that such a projection has a bias. */
  private boolean biased(String to) {
    return switch (is.form()) {
      case QWEN2 -> to.matches(".*attention\\.(query|key|value)");
      case LLAMA -> to.contains("attention") ? attentionBias() : feedForwardBias();
    };
  }

  boolean attentionBias() {
    return is.form() == Architecture.Form.LLAMA && has("blk.0.attn_output.bias");
  }

  boolean feedForwardBias() {
    return is.form() == Architecture.Form.LLAMA && has("blk.0.ffn_down.bias");
  }

  boolean tied() {
    return !has("output.weight");
  }

  /** Rows of the table of embeddings. */
  int rows() {
    return vocabulary;
  }

  /** What divides each rotary frequency, if the file says so. */
  Optional<GgufTensor> ropeFactors() {
    return Optional.ofNullable(file.tensors().get(ROPE_FACTORS));
  }

  private void take(String from, String to, List<Long> shape, Optional<Integer> pairedRows) {
    met.add(from);
    GgufTensor tensor = file.tensors().get(from);
    if (!has(from)) {
      problem(from, "is missing, expected one of shape %s; get the file again".formatted(shape));
    } else if (tensor == null) {
      // badly described, which has been told
    } else if (!tensor.shape().equals(shape)) {
      problem(
          from,
          "found shape %s, expected %s by the keys of the file; get the file again"
              .formatted(tensor.shape(), shape));
    } else if (shape.size() == 1 && tensor.type().elements() > 1) {
      problem(
          from, "found type %s, expected F32, F16 or BF16 for a vector".formatted(tensor.type()));
    } else {
      all.add(new Stored(names.tensor(to), tensor, pairedRows));
    }
  }

  private void problem(String tensor, String text) {
    problems.add(file.path(), "tensor '%s': %s".formatted(tensor, text));
  }

  /** All of them, unpacked and converted when they are written. */
  List<SafetensorsWriter.Tensor> as(CheckpointExport.Type type) {
    return all.stream()
        .map(
            stored ->
                new SafetensorsWriter.Tensor(
                    stored.name,
                    type.stored(),
                    new Shape(stored.tensor.shape().stream().mapToLong(Long::longValue).toArray()),
                    sink -> write(stored, type.stored(), sink)))
        .toList();
  }

  private void write(Stored stored, TensorType type, SafetensorsFile.BlockSink sink)
      throws IOException {
    file.read(
        stored.tensor,
        stored.pairedRows,
        (elements, count) -> {
          float[] rows =
              stored.pairedRows.isPresent() ? parted(elements, stored.tensor.row()) : elements;
          sink.accept(bytes(stored.tensor, rows, count, type));
        });
  }

  /** One head: row {@code 2i + k} becomes row {@code k size/2 + i}. */
  private static float[] parted(float[] head, int row) {
    float[] parted = new float[head.length];
    int half = head.length / row / 2;
    for (int i = 0; i < half; i++) {
      System.arraycopy(head, 2 * i * row, parted, i * row, row);
      System.arraycopy(head, (2 * i + 1) * row, parted, (half + i) * row, row);
    }
    return parted;
  }

  private ByteBuffer bytes(GgufTensor tensor, float[] elements, int count, TensorType type) {
    ByteBuffer bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      float value = elements[i];
      switch (type) {
        case F16 -> bytes.putShort(Halves.toFloat16(value));
        case BF16 -> bytes.putShort(Halves.toBfloat16(value));
        default -> bytes.putFloat(value);
      }
      if (!Float.isFinite(value) || (type == TensorType.F16 && Math.abs(value) >= 65520f)) {
        throw new DataException(
            "%s: tensor '%s': found %s, expected numbers that %s can hold; %s"
                .formatted(
                    file.path(),
                    tensor.name(),
                    value,
                    type,
                    Float.isFinite(value) ? "choose bf16 or f32" : "get the file again"));
      }
    }
    return bytes.flip();
  }
}
