package org.continuo.backbone.pytorch.safetensors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.continuo.api.data.DataException;

/** A file whose header has been read and checked; tensors are read when asked for. */
public final class SafetensorsFile {
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  private static final String METADATA = "__metadata__";
  private static final int BLOCK = 1 << 20;
  private static final long LARGEST_WINDOW = Integer.MAX_VALUE / Float.BYTES;
  private static final int LENGTH_BYTES = 8;
  private static final long LONGEST_HEADER = 100_000_000;

  private final Path path;
  private final SortedMap<String, StoredTensor> tensors;

  private SafetensorsFile(Path path, SortedMap<String, StoredTensor> tensors) {
    this.path = path;
    this.tensors = Collections.unmodifiableSortedMap(tensors);
  }

  /**
   * Reads the header alone.
   *
   * @throws DataException with all problems of the file, if it is missing, cut short or malformed
   */
  public static SafetensorsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new DataException(path + ": no such file; expected a safetensors file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new SafetensorsFile(path, new Header(path, channel).read());
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  public Path path() {
    return path;
  }

  public SortedMap<String, StoredTensor> tensors() {
    return tensors;
  }

  /**
   * The tensor as float32, in memory of its own.
   *
   * @throws NoSuchElementException if the file has none of that name
   * @throws IllegalArgumentException if its type is not {@link TensorType#readable()}
   */
  public NDArray load(String name, NDManager manager) {
    StoredTensor tensor = tensor(name);
    if (!tensor.type().readable()) {
      throw new IllegalArgumentException(
          path + ": tensor '" + name + "' of type " + tensor.type() + " is not read as float32");
    }
    NDArray array = manager.create(tensor.shape(), DataType.FLOAT32, Device.cpu());
    if (tensor.bytes() > 0) {
      fill(array, tensor, LARGEST_WINDOW);
    }
    if (manager.getDevice().isGpu()) {
      NDArray onDevice = array.toDevice(manager.getDevice(), true);
      array.close();
      return onDevice;
    }
    return array;
  }

  /** The bytes of a tensor as they are, block by block. */
  void copy(String name, BlockSink sink) throws IOException {
    StoredTensor tensor = tensor(name);
    read(tensor.begin(), tensor.end(), sink);
  }

  private StoredTensor tensor(String name) {
    return Optional.ofNullable(tensors.get(name))
        .orElseThrow(() -> new NoSuchElementException(path + ": no tensor '" + name + "'"));
  }

  /** Fills through views of at most {@code window} elements: a ByteBuffer ends at 2 GiB. */
  void fill(NDArray array, StoredTensor tensor, long window) {
    int bytes = tensor.type().bytes();
    try (NDArray flat = array.reshape(-1)) {
      for (long from = 0; from < flat.size(); from += window) {
        long to = Math.min(from + window, flat.size());
        try (NDArray part = flat.get("{}:{}", from, to)) {
          FloatBuffer floats =
              part.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
          read(
              tensor.begin() + from * bytes,
              tensor.begin() + to * bytes,
              block -> widen(block, tensor.type(), floats));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": tensor '" + tensor.name() + "'", e);
    }
  }

  private static void widen(ByteBuffer from, TensorType type, FloatBuffer to) {
    switch (type) {
      case F16 -> {
        while (from.hasRemaining()) {
          to.put(Halves.fromFloat16(from.getShort()));
        }
      }
      case BF16 -> {
        while (from.hasRemaining()) {
          to.put(Halves.fromBfloat16(from.getShort()));
        }
      }
      default -> to.put(from.asFloatBuffer());
    }
  }

  private void read(long begin, long end, BlockSink sink) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      for (long at = begin; at < end; ) {
        block.clear().limit((int) Math.min(BLOCK, end - at));
        at += readFully(channel, block, at);
        sink.accept(block.flip());
      }
    }
  }

  private static int readFully(FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    int read = 0;
    while (into.hasRemaining()) {
      int count = channel.read(into, position + read);
      if (count < 0) {
        throw new EOFException("the file ends at byte " + (position + read));
      }
      read += count;
    }
    return read;
  }

  /** Takes the bytes of a tensor, block by block. */
  @FunctionalInterface
  public interface BlockSink {
    void accept(ByteBuffer block) throws IOException;
  }

  /** Reads one header and collects what is wrong with it. */
  private static final class Header {
    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final List<String> problems = new ArrayList<>();

    Header(Path path, FileChannel channel) throws IOException {
      this.path = path;
      this.channel = channel;
      this.size = channel.size();
    }

    SortedMap<String, StoredTensor> read() throws IOException {
      if (size < LENGTH_BYTES) {
        throw bad("is " + size + " bytes long; expected at least 8 (the length of the header)");
      }
      ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      readFully(channel, length, 0);
      long bytes = length.getLong(0);
      if (bytes < 2 || bytes > LONGEST_HEADER) {
        throw bad(
            "bad header: its length is given as "
                + Long.toUnsignedString(bytes)
                + " bytes, expected 2 to "
                + LONGEST_HEADER
                + "; this is not a safetensors file");
      }
      if (LENGTH_BYTES + bytes > size) {
        throw bad(
            "truncated: the header should end at byte %d, the file at byte %d; copy it again"
                .formatted(LENGTH_BYTES + bytes, size));
      }
      ByteBuffer text = ByteBuffer.allocate((int) bytes);
      readFully(channel, text, LENGTH_BYTES);
      return tensors(parse(text.array()), LENGTH_BYTES + bytes);
    }

    private JsonNode parse(byte[] text) throws IOException {
      try {
        JsonNode header = JSON.readTree(text);
        if (!header.isObject()) {
          throw bad("bad header: expected a JSON object, found " + header.getNodeType());
        }
        return header;
      } catch (JsonProcessingException e) {
        throw bad("bad header: not JSON: " + e.getOriginalMessage());
      }
    }

    private SortedMap<String, StoredTensor> tensors(JsonNode header, long data) {
      SortedMap<String, StoredTensor> tensors = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (!entry.getKey().equals(METADATA)) {
          tensor(entry.getKey(), entry.getValue(), data)
              .ifPresent(tensor -> tensors.put(entry.getKey(), tensor));
        }
      }
      if (!problems.isEmpty()) {
        throw new DataException(problems);
      }
      return tensors;
    }

    private Optional<StoredTensor> tensor(String name, JsonNode node, long data) {
      Optional<TensorType> type = TensorType.named(node.path("dtype").asText());
      JsonNode sizes = node.path("shape");
      JsonNode offsets = node.path("data_offsets");
      if (type.isEmpty()) {
        problem(
            name,
            "dtype is %s, expected one of %s"
                .formatted(node.path("dtype"), List.of(TensorType.values())));
        return Optional.empty();
      }
      if (!integers(sizes) || !integers(offsets) || offsets.size() != 2) {
        problem(
            name,
            "shape is %s and data_offsets is %s, expected lists of whole numbers from 0"
                .formatted(sizes, offsets));
        return Optional.empty();
      }
      long[] shape = new long[sizes.size()];
      long expected = type.get().bytes();
      for (int i = 0; i < shape.length; i++) {
        shape[i] = sizes.get(i).asLong();
        expected *= shape[i];
      }
      StoredTensor tensor =
          new StoredTensor(
              name,
              type.get(),
              new Shape(shape),
              data + offsets.get(0).asLong(),
              data + offsets.get(1).asLong());
      if (tensor.bytes() != expected) {
        problem(
            name,
            "data_offsets %s hold %d bytes, expected %d for %s %s"
                .formatted(offsets, tensor.bytes(), expected, type.get(), tensor.shape()));
      } else if (tensor.end() > size) {
        problem(
            name,
            "truncated: it should end at byte %d, the file ends at byte %d; copy it again"
                .formatted(tensor.end(), size));
      }
      return Optional.of(tensor);
    }

    private static boolean integers(JsonNode list) {
      if (!list.isArray()) {
        return false;
      }
      for (JsonNode number : list) {
        if (!number.canConvertToLong() || !number.isIntegralNumber() || number.asLong() < 0) {
          return false;
        }
      }
      return true;
    }

    private void problem(String tensor, String text) {
      problems.add(path + ": tensor '" + tensor + "': " + text);
    }

    private DataException bad(String text) {
      return new DataException(path + ": " + text);
    }
  }
}
