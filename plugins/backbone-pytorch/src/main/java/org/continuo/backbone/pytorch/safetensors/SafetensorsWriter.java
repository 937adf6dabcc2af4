package org.continuo.backbone.pytorch.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;

/** Writes a file in one go; it appears under its name only when it is complete. */
public final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;
  private static final int BLOCK = 1 << 20;

  private SafetensorsWriter() {}

  /**
   * Writes the tensors in the order given.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, List<Tensor> tensors) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        writePart(part, tensors);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }

  private static void writePart(Path part, List<Tensor> tensors) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, header(tensors));
      for (Tensor tensor : tensors) {
        tensor.content().write(block -> writeFully(channel, block));
      }
    }
  }

  private static ByteBuffer header(List<Tensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    // The original library refuses files without it.
    header.putObject("__metadata__").put("format", "pt");
    long at = 0;
    for (Tensor tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", tensor.type().name());
      var shape = entry.putArray("shape");
      for (long size : tensor.shape().getShape()) {
        shape.add(size);
      }
      long end = at + tensor.shape().size() * tensor.type().bytes();
      entry.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] text = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(text);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.flip();
  }

  private static void writeFully(FileChannel channel, ByteBuffer block) throws IOException {
    while (block.hasRemaining()) {
      channel.write(block);
    }
  }

  /** A tensor to be written; its content is asked for when its turn comes. */
  public record Tensor(String name, TensorType type, Shape shape, Content content) {
    /**
     * An array as it will be at the time of writing.
     *
     * @param type F32, F16 or BF16 for a float32 array, I64 for an int64 array
     * @param array of {@code shape}
     */
    public static Tensor of(String name, TensorType type, Shape shape, Supplier<NDArray> array) {
      return new Tensor(name, type, shape, sink -> narrow(name, type, array.get(), sink));
    }

    /** An array as it is. */
    public static Tensor of(String name, TensorType type, NDArray array) {
      return of(name, type, array.getShape(), () -> array);
    }

    /** The bytes of a tensor of another file, unchanged. */
    public static Tensor copy(SafetensorsFile file, StoredTensor stored) {
      return new Tensor(
          stored.name(), stored.type(), stored.shape(), sink -> file.copy(stored.name(), sink));
    }

    private static void narrow(
        String name, TensorType type, NDArray array, SafetensorsFile.BlockSink sink)
        throws IOException {
      DataType expected = type == TensorType.I64 ? DataType.INT64 : DataType.FLOAT32;
      boolean writable = type == TensorType.I64 || type.readable();
      if (!writable || array.getDataType() != expected) {
        throw new IllegalArgumentException(
            "tensor '%s': cannot write an array of %s as %s; F32, F16 and BF16 take FLOAT32, I64 takes INT64"
                .formatted(name, array.getDataType().name(), type));
      }
      long window = BLOCK / type.bytes();
      try (NDArray flat = array.reshape(-1)) {
        for (long from = 0; from < flat.size(); from += window) {
          try (NDArray part = flat.get("{}:{}", from, Math.min(from + window, flat.size()))) {
            sink.accept(narrow(type, part));
          }
        }
      }
    }

    private static ByteBuffer narrow(TensorType type, NDArray part) {
      ByteBuffer block =
          ByteBuffer.allocate((int) part.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      if (type == TensorType.I64) {
        block.asLongBuffer().put(part.toLongArray());
        return block;
      }
      float[] values = part.toFloatArray();
      switch (type) {
        case F16 -> {
          for (float value : values) {
            block.putShort(Halves.toFloat16(value));
          }
          block.flip();
        }
        case BF16 -> {
          for (float value : values) {
            block.putShort(Halves.toBfloat16(value));
          }
          block.flip();
        }
        default -> block.asFloatBuffer().put(values);
      }
      return block;
    }
  }

  /** Gives the bytes of a tensor, little-endian, in blocks. */
  @FunctionalInterface
  public interface Content {
    void write(SafetensorsFile.BlockSink sink) throws IOException;
  }
}
