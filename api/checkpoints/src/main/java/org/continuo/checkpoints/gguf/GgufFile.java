package org.continuo.checkpoints.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.Problems;
import org.continuo.checkpoints.files.LfsPointer;

/**
 * A file whose header has been read; tensors are read when asked for.
 *
 * @param names of all tensors
 * @param tensors those that are well described, by name
 */
record GgufFile(Path path, Metadata metadata, Set<String> names, Map<String, GgufTensor> tensors) {
  /** Elements that are unpacked at once, about. */
  private static final int PORTION = 1 << 18;

  /**
   * @param problems takes what is wrong with single tensors and, later, with keys
   * @throws DataException if it is no such file, or its header cannot be read to the end
   */
  static GgufFile open(Path path, Problems problems) {
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          "%s: found %s, expected a GGUF file; correct the path"
              .formatted(path, Files.isDirectory(path) ? "a folder" : "nothing there"));
    }
    Optional<LfsPointer> pointer = LfsPointer.in(path);
    if (pointer.isPresent()) {
      throw new DataException(path + ": " + pointer.get().problem());
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Header.Content header = Header.read(path, channel, problems);
      Map<String, GgufTensor> tensors = new HashMap<>();
      header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
      return new GgufFile(
          path, new Metadata(path, header.values(), problems), header.names(), tensors);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Takes some rows of a tensor, one after the other. */
  @FunctionalInterface
  interface RowSink {
    /**
     * @param elements the first {@code count} of them
     */
    void accept(float[] elements, int count) throws IOException;
  }

  /**
   * A tensor from its first row to its last, unpacked to float32.
   *
   * @param together so many rows are given at once, or a divisor of all of them; empty: as many as
   *     memory allows without thought
   */
  void read(GgufTensor tensor, Optional<Integer> together, RowSink sink) throws IOException {
    int rows = together.orElse(Math.max(1, PORTION / tensor.row()));
    float[] elements = new float[Math.multiplyExact(rows, tensor.row())];
    ByteBuffer bytes =
        ByteBuffer.allocate((int) tensor.type().bytes(elements.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      for (long at = 0; at < tensor.elements(); at += elements.length) {
        int count = (int) Math.min(elements.length, tensor.elements() - at);
        bytes.clear().limit((int) tensor.type().bytes(count));
        long begin = tensor.begin() + tensor.type().bytes(at);
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, begin + bytes.position()) < 0) {
            throw new DataException(
                "%s: tensor '%s': the file became shorter while it was read; copy it again"
                    .formatted(path, tensor.name()));
          }
        }
        tensor.type().unpack(bytes.flip(), elements, count);
        sink.accept(elements, count);
      }
    }
  }

  /** All of a short tensor. */
  float[] read(GgufTensor tensor) throws IOException {
    float[] all = new float[Math.toIntExact(tensor.elements())];
    int[] at = {0};
    read(
        tensor,
        Optional.empty(),
        (elements, count) -> {
          System.arraycopy(elements, 0, all, at[0], count);
          at[0] += count;
        });
    return all;
  }
}
