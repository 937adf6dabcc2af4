package org.continuo.checkpoints.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes GGUF files, right and wrong ones; by default a whole tiny Llama model. */
final class GgufBuilder {
  static final int WIDTH = 8;
  static final int INNER = 12;
  static final int HEADS = 2;
  static final int SIZE = 4;
  private static final int ALIGNMENT = 32;

  final Map<String, Object> values = new LinkedHashMap<>();
  final Map<String, Tensor> tensors = new LinkedHashMap<>();
  int version = 3;

  /** A line of the table, and its elements. */
  static final class Tensor {
    private final List<Long> sizes;
    private final int type;
    private final byte[] bytes;
    private final long offset;

    /**
     * @param sizes the row's first
     * @param offset in the data; negative: behind the one before
     */
    Tensor(List<Long> sizes, int type, byte[] bytes, long offset) {
      this.sizes = sizes;
      this.type = type;
      this.bytes = bytes;
      this.offset = offset;
    }

    /** An F32 vector. */
    static Tensor of(float... elements) {
      byte[] bytes = new byte[elements.length * Float.BYTES];
      wrap(bytes).asFloatBuffer().put(elements);
      return new Tensor(List.of((long) elements.length), 0, bytes, -1);
    }
  }

  /** One layer, byte-level tokens, F32. */
  static GgufBuilder llama() {
    GgufBuilder file = new GgufBuilder();
    file.values.put("general.architecture", "llama");
    file.values.put("llama.block_count", 1);
    file.values.put("llama.context_length", 64);
    file.values.put("llama.embedding_length", WIDTH);
    file.values.put("llama.feed_forward_length", INNER);
    file.values.put("llama.attention.head_count", HEADS);
    file.values.put("llama.attention.head_count_kv", 1);
    file.values.put("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    file.bytesAsTokens(List.of("h e", "Ġ t", "Ġt he", "1 2"), List.of("<s>", "</s>"));
    file.values.put("tokenizer.ggml.bos_token_id", 260);
    file.values.put("tokenizer.ggml.eos_token_id", 261);
    file.floats("token_embd.weight", 262, WIDTH);
    file.floats("output_norm.weight", WIDTH);
    file.layer("blk.0.");
    return file;
  }

  /** Tokens of single bytes, those that merges make, then control tokens. */
  void bytesAsTokens(List<String> merges, List<String> control) {
    List<String> tokens =
        Stream.of(
                letters().stream(),
                merges.stream().map(pair -> pair.replace(" ", "")),
                control.stream())
            .flatMap(part -> part)
            .toList();
    int plain = tokens.size() - control.size();
    values.put("tokenizer.ggml.model", "gpt2");
    values.put("tokenizer.ggml.pre", "gpt-2");
    values.put("tokenizer.ggml.tokens", tokens);
    values.put("tokenizer.ggml.merges", merges);
    values.put(
        "tokenizer.ggml.token_type",
        IntStream.range(0, tokens.size()).mapToObj(id -> id < plain ? 1 : 3).toList());
  }

  /** The letter each byte is written as. */
  private static List<String> letters() {
    int[] next = {256};
    return IntStream.range(0, 256)
        .mapToObj(
            b ->
                (b > 32 && b < 127) || (b > 160 && b != 173)
                    ? Character.toString(b)
                    : Character.toString(next[0]++))
        .toList();
  }

  /** What belongs to one layer. */
  void layer(String at) {
    floats(at + "attn_norm.weight", WIDTH);
    floats(at + "ffn_norm.weight", WIDTH);
    floats(at + "attn_q.weight", HEADS * SIZE, WIDTH);
    floats(at + "attn_k.weight", SIZE, WIDTH);
    floats(at + "attn_v.weight", SIZE, WIDTH);
    floats(at + "attn_output.weight", WIDTH, HEADS * SIZE);
    floats(at + "ffn_gate.weight", INNER, WIDTH);
    floats(at + "ffn_up.weight", INNER, WIDTH);
    floats(at + "ffn_down.weight", WIDTH, INNER);
  }

  /** An F32 tensor whose elements are 0, 1, 2, ... tenths. */
  void floats(String name, int... shape) {
    byte[] bytes = new byte[IntStream.of(shape).reduce(1, (a, b) -> a * b) * Float.BYTES];
    for (int i = 0; i < bytes.length / Float.BYTES; i++) {
      wrap(bytes).putFloat(i * Float.BYTES, i / 10f);
    }
    List<Long> sizes =
        IntStream.rangeClosed(1, shape.length)
            .mapToObj(i -> (long) shape[shape.length - i])
            .toList();
    tensors.put(name, new Tensor(sizes, 0, bytes, -1));
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    byte[] header = header();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    out.writeBytes(new byte[padded(header.length) - header.length]);
    tensors
        .values()
        .forEach(
            tensor -> {
              out.writeBytes(tensor.bytes);
              out.writeBytes(new byte[padded(tensor.bytes.length) - tensor.bytes.length]);
            });
    return out.toByteArray();
  }

  /** Everything before the elements. */
  byte[] header() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    whole(out, version);
    whole(out, (long) tensors.size());
    whole(out, (long) values.size());
    values.forEach(
        (key, value) -> {
          text(out, key);
          whole(out, type(value));
          value(out, value);
        });
    long[] at = {0};
    tensors.forEach(
        (name, tensor) -> {
          text(out, name);
          whole(out, tensor.sizes.size());
          tensor.sizes.forEach(size -> whole(out, (long) size));
          whole(out, tensor.type);
          whole(out, tensor.offset < 0 ? at[0] : tensor.offset);
          at[0] += padded(tensor.bytes.length);
        });
    return out.toByteArray();
  }

  private static int padded(int length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static int type(Object value) {
    if (value instanceof Integer) {
      return 5;
    }
    if (value instanceof Float) {
      return 6;
    }
    if (value instanceof Boolean) {
      return 7;
    }
    if (value instanceof String) {
      return 8;
    }
    if (value instanceof List) {
      return 9;
    }
    return value instanceof Long ? 10 : 12;
  }

  private static void value(ByteArrayOutputStream out, Object value) {
    if (value instanceof Integer number) {
      whole(out, (int) number);
    } else if (value instanceof Float number) {
      whole(out, Float.floatToIntBits(number));
    } else if (value instanceof Boolean flag) {
      out.write(flag ? 1 : 0);
    } else if (value instanceof String text) {
      text(out, text);
    } else if (value instanceof List<?> list) {
      whole(out, list.isEmpty() ? 8 : type(list.get(0)));
      whole(out, (long) list.size());
      list.forEach(element -> value(out, element));
    } else if (value instanceof Long number) {
      whole(out, (long) number);
    } else {
      whole(out, Double.doubleToLongBits((Double) value));
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    whole(out, (long) bytes.length);
    out.writeBytes(bytes);
  }

  private static void whole(ByteArrayOutputStream out, int value) {
    byte[] bytes = new byte[Integer.BYTES];
    wrap(bytes).putInt(value);
    out.writeBytes(bytes);
  }

  private static void whole(ByteArrayOutputStream out, long value) {
    byte[] bytes = new byte[Long.BYTES];
    wrap(bytes).putLong(value);
    out.writeBytes(bytes);
  }
}
