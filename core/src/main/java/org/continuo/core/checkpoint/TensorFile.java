package org.continuo.core.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.continuo.api.tensor.Tensors;

/** Named arrays of any type in a safetensors file, bit for bit. */
public final class TensorFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** Elements written at a time: arrays may be larger than a buffer can be. */
  private static final long WINDOW = 1 << 24;

  private TensorFile() {}

  /** Writes them in the order of their names. */
  public static void write(Path file, Tensors tensors) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeFully(channel, header(tensors));
      for (NDArray array : tensors.map().values()) {
        write(channel, array);
      }
    }
  }

  private static ByteBuffer header(Tensors tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    // the library of Hugging Face refuses files without it
    header.putObject(METADATA).put("format", "pt");
    long at = 0;
    for (Map.Entry<String, NDArray> entry : tensors.map().entrySet()) {
      NDArray array = entry.getValue();
      ObjectNode field = header.putObject(entry.getKey());
      field.put("dtype", array.getDataType().asSafetensors());
      var shape = field.putArray("shape");
      for (long size : array.getShape().getShape()) {
        shape.add(size);
      }
      long end = at + bytes(array.getShape(), array.getDataType());
      field.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] text = JSON.writeValueAsBytes(header);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(text);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.flip();
  }

  private static long bytes(Shape shape, DataType type) {
    return shape.size() * type.getNumOfBytes();
  }

  private static void write(FileChannel channel, NDArray array) throws IOException {
    try (NDArray flat = array.reshape(-1)) {
      for (long from = 0; from < flat.size(); from += WINDOW) {
        try (NDArray part = flat.get("{}:{}", from, Math.min(from + WINDOW, flat.size()))) {
          writeFully(channel, part.toByteBuffer());
        }
      }
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer block) throws IOException {
    while (block.hasRemaining()) {
      channel.write(block);
    }
  }

  /**
   * Reads all of them into a memory scope; to outlive it, or to be computed with, they are copied.
   *
   * @throws IOException if it cannot be read, or is not in the form that {@link #write} gives
   */
  public static Tensors read(Path file, NDManager scope) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = read(channel, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 0 || length > channel.size() - Long.BYTES) {
        throw new IOException(file + ": found a header of " + length + " bytes");
      }
      String text = StandardCharsets.UTF_8.decode(read(channel, Long.BYTES, length)).toString();
      JsonNode header = JSON.readTree(text);
      Map<String, NDArray> arrays = new HashMap<>();
      for (Map.Entry<String, JsonNode> field : header.properties()) {
        if (!field.getKey().equals(METADATA)) {
          arrays.put(field.getKey(), array(channel, Long.BYTES + length, field.getValue(), scope));
        }
      }
      return new Tensors(arrays);
    }
  }

  private static NDArray array(FileChannel channel, long data, JsonNode field, NDManager scope)
      throws IOException {
    DataType type = DataType.fromSafetensors(field.path("dtype").asText());
    Shape shape =
        new Shape(
            StreamSupport.stream(field.path("shape").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray());
    long at = data + field.path("data_offsets").path(0).asLong();
    return scope.create(read(channel, at, bytes(shape, type)), shape, type);
  }

  private static ByteBuffer read(FileChannel channel, long at, long count) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(Math.toIntExact(count)).order(ByteOrder.nativeOrder());
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("found the end of the file, expected " + count + " bytes at " + at);
      }
    }
    return buffer.flip();
  }
}
