package org.continuo.checkpoints.safetensors;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Tensors;

/** Writes a file in one go; it appears under its name only when it is complete. */
@Stability(Stability.Level.EVOLVING)
public final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;
  private static final int BLOCK = 1 << 20;

  private SafetensorsWriter() {}

  /** Writes arrays as they are, bit for bit, in the order of their names. */
  public static void write(Path file, Tensors tensors) {
    write(
        file,
        tensors.map().entrySet().stream()
            .map(entry -> Tensor.of(entry.getKey(), entry.getValue()))
            .toList());
  }

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
    header.putObject(Header.METADATA).put("format", "pt");
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
    byte[] text = JSON.writeValueAsBytes(header);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes =
        ByteBuffer.allocate(Header.LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
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
  @Stability(Stability.Level.EVOLVING)
  public record Tensor(String name, TensorType type, Shape shape, Content content) {
    /**
     * An array as it will be at the time of writing.
     *
     * @param type that of the array, or F16 or BF16 for a float32 array
     * @param array of {@code shape}
     */
    public static Tensor of(String name, TensorType type, Shape shape, Supplier<NDArray> array) {
      return new Tensor(name, type, shape, sink -> content(name, type, array.get(), sink));
    }

    /** An array as it is, stored in that type. */
    public static Tensor of(String name, TensorType type, NDArray array) {
      return of(name, type, array.getShape(), () -> array);
    }

    /**
     * An array as it is, bit for bit.
     *
     * @throws IllegalArgumentException if its elements are of no type in {@link TensorType#array()}
     */
    public static Tensor of(String name, NDArray array) {
      TensorType type =
          TensorType.of(array.getDataType())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "tensor '%s': found an array of %s, expected one that is stored as one of %s"
                              .formatted(name, array.getDataType().name(), TensorType.held())));
      return of(name, type, array);
    }

    /** The bytes of a tensor of another file, unchanged. */
    public static Tensor copy(SafetensorsFile file, StoredTensor stored) {
      return new Tensor(
          stored.name(), stored.type(), stored.shape(), sink -> file.copy(stored.name(), sink));
    }

    private static void content(
        String name, TensorType type, NDArray array, SafetensorsFile.BlockSink sink)
        throws IOException {
      boolean asIs = TensorType.of(array.getDataType()).equals(Optional.of(type));
      boolean narrowed = type.readable() && array.getDataType() == DataType.FLOAT32;
      if (!asIs && !narrowed) {
        throw new IllegalArgumentException(
            "tensor '%s': cannot write an array of %s as %s; expected an array of that type, or of FLOAT32 for F16 and BF16"
                .formatted(name, array.getDataType().name(), type));
      }
      long window = BLOCK / type.bytes();
      try (NDArray flat = array.reshape(-1)) {
        for (long from = 0; from < flat.size(); from += window) {
          try (NDArray part = flat.get("{}:{}", from, Math.min(from + window, flat.size()))) {
            sink.accept(asIs ? part.toByteBuffer() : narrow(type, part.toFloatArray()));
          }
        }
      }
    }

    private static ByteBuffer narrow(TensorType half, float[] values) {
      ByteBuffer block =
          ByteBuffer.allocate(values.length * half.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        block.putShort(half == TensorType.F16 ? Halves.toFloat16(value) : Halves.toBfloat16(value));
      }
      return block.flip();
    }
  }

  /** Gives the bytes of a tensor, little-endian, in blocks. */
  @FunctionalInterface
  public interface Content {
    void write(SafetensorsFile.BlockSink sink) throws IOException;
  }
}
