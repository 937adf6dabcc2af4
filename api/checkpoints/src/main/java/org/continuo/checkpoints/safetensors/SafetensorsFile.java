package org.continuo.checkpoints.safetensors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Tensors;
import org.continuo.checkpoints.files.LfsPointer;
import org.continuo.checkpoints.files.Sha256;

/** A file whose header has been read and checked; tensors are read when asked for. */
@Stability(Stability.Level.EVOLVING)
public final class SafetensorsFile {
  private static final int BLOCK = 1 << 20;

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
    LfsPointer.in(path)
        .ifPresent(
            pointer -> {
              throw new DataException(path + ": " + pointer.problem());
            });
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
    return load(tensor(name), manager);
  }

  /**
   * Some rows of a tensor, as {@link #load(String, NDManager)} gives it whole.
   *
   * @param from the first
   * @param to one past the last
   */
  public NDArray load(String name, long from, long to, NDManager manager) {
    return load(tensor(name).rows(from, to), manager);
  }

  private NDArray load(StoredTensor tensor, NDManager manager) {
    if (!tensor.type().readable()) {
      throw new IllegalArgumentException(
          "%s: tensor '%s' of type %s is not read as float32"
              .formatted(path, tensor.name(), tensor.type()));
    }
    return array(tensor, DataType.FLOAT32, manager);
  }

  /**
   * The tensor as it is stored, bit for bit, in memory of its own.
   *
   * @throws NoSuchElementException if the file has none of that name
   * @throws DataException if there are no arrays of its type, see {@link TensorType#array()}
   */
  public NDArray read(String name, NDManager manager) {
    StoredTensor tensor = tensor(name);
    DataType type =
        tensor
            .type()
            .array()
            .orElseThrow(
                () ->
                    new DataException(
                        "%s: tensor '%s': found type %s, expected one of %s; write it in one of these"
                            .formatted(path, name, tensor.type(), TensorType.held())));
    return array(tensor, type, manager);
  }

  /** All of them as they are stored; see {@link #read(String, NDManager)}. */
  public Tensors read(NDManager manager) {
    Map<String, NDArray> arrays = new HashMap<>();
    tensors.keySet().forEach(name -> arrays.put(name, read(name, manager)));
    return new Tensors(arrays);
  }

  private NDArray array(StoredTensor tensor, DataType type, NDManager manager) {
    NDArray array = manager.create(tensor.shape(), type, Device.cpu());
    if (tensor.bytes() > 0) {
      fill(array, tensor, Integer.MAX_VALUE / type.getNumOfBytes());
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

  /** Digest of the bytes of a tensor. */
  public String sha256(String name) {
    Sha256 digest = new Sha256();
    byte[] bytes = new byte[BLOCK];
    try {
      copy(
          name,
          block -> {
            int length = block.remaining();
            block.get(bytes, 0, length);
            digest.add(length == BLOCK ? bytes : Arrays.copyOf(bytes, length));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": tensor '" + name + "'", e);
    }
    return digest.hex();
  }

  private StoredTensor tensor(String name) {
    return Optional.ofNullable(tensors.get(name))
        .orElseThrow(() -> new NoSuchElementException(path + ": no tensor '" + name + "'"));
  }

  /** Fills through views of at most {@code window} elements: a ByteBuffer ends at 2 GiB. */
  void fill(NDArray array, StoredTensor tensor, long window) {
    int bytes = tensor.type().bytes();
    boolean asStored = tensor.type().array().equals(Optional.of(array.getDataType()));
    try (NDArray flat = array.reshape(-1)) {
      for (long from = 0; from < flat.size(); from += window) {
        long to = Math.min(from + window, flat.size());
        try (NDArray part = flat.get("{}:{}", from, to)) {
          ByteBuffer memory = part.toByteBuffer(true).order(ByteOrder.nativeOrder());
          FloatBuffer floats = memory.asFloatBuffer();
          read(
              tensor.begin() + from * bytes,
              tensor.begin() + to * bytes,
              asStored ? memory::put : block -> widen(block, tensor.type(), floats));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": tensor '" + tensor.name() + "'", e);
    }
  }

  private static void widen(ByteBuffer from, TensorType half, FloatBuffer to) {
    while (from.hasRemaining()) {
      short bits = from.getShort();
      to.put(half == TensorType.F16 ? Halves.fromFloat16(bits) : Halves.fromBfloat16(bits));
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

  static int readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
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
}
