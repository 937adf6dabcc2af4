package org.continuo.checkpoints.safetensors;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.continuo.api.data.DataException;

/**
 * Reads one header and collects what is wrong with it. Files come from strangers: no number in it
 * is used before it has been compared with the length of the file.
 */
final class Header {
  static final String METADATA = "__metadata__";
  static final int LENGTH_BYTES = Long.BYTES;
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  private static final long LONGEST = 100_000_000;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final List<String> problems = new ArrayList<>();

  Header(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * @throws DataException with everything that is wrong
   */
  SortedMap<String, StoredTensor> read() throws IOException {
    if (size < LENGTH_BYTES) {
      throw bad("is " + size + " bytes long; expected at least 8 (the length of the header)");
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    SafetensorsFile.readFully(channel, length, 0);
    long bytes = length.getLong(0);
    if (bytes < 2 || bytes > LONGEST) {
      throw bad(
          "bad header: its length is given as %s bytes, expected 2 to %d; this is not a safetensors file"
              .formatted(Long.toUnsignedString(bytes), LONGEST));
    }
    if (LENGTH_BYTES + bytes > size) {
      throw bad(
          "truncated: the header should end at byte %d, the file at byte %d; copy it again"
              .formatted(LENGTH_BYTES + bytes, size));
    }
    ByteBuffer text = ByteBuffer.allocate((int) bytes);
    SafetensorsFile.readFully(channel, text, LENGTH_BYTES);
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
    if (problems.isEmpty()) {
      lieOneAfterTheOther(tensors, data);
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
    long begin = offsets.get(0).asLong();
    long end = offsets.get(1).asLong();
    Optional<Long> expected = bytes(type.get(), sizes);
    if (expected.isEmpty() || end - begin != expected.get()) {
      problem(
          name,
          "data_offsets %s hold %d bytes, expected %s for %s %s"
              .formatted(
                  offsets,
                  end - begin,
                  expected.map(String::valueOf).orElse("more than a file can hold"),
                  type.get(),
                  sizes));
      return Optional.empty();
    }
    if (end > size - data) {
      problem(
          name,
          "truncated: it should end at byte %s, the file ends at byte %d; copy it again"
              .formatted(Long.toUnsignedString(data + end), size));
      return Optional.empty();
    }
    long[] shape = new long[sizes.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.get(i).asLong();
    }
    return Optional.of(
        new StoredTensor(name, type.get(), new Shape(shape), data + begin, data + end));
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

  /** Empty if it is more than a long can count. */
  private static Optional<Long> bytes(TensorType type, JsonNode sizes) {
    try {
      long bytes = type.bytes();
      for (JsonNode size : sizes) {
        bytes = Math.multiplyExact(bytes, size.asLong());
      }
      return Optional.of(bytes);
    } catch (ArithmeticException tooLarge) {
      return Optional.empty();
    }
  }

  /** The format allows neither overlaps nor gaps, where something could hide. */
  private void lieOneAfterTheOther(SortedMap<String, StoredTensor> tensors, long data) {
    long at = data;
    for (StoredTensor tensor :
        tensors.values().stream()
            .sorted(
                Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end))
            .toList()) {
      if (tensor.begin() != at) {
        problem(
            tensor.name(),
            "begins at byte %d of the data, expected byte %d, where the one before it ends; the file is damaged: get it again"
                .formatted(tensor.begin() - data, at - data));
        return;
      }
      at = tensor.end();
    }
    if (at != size) {
      problems.add(
          "%s: found %d bytes after the last tensor, expected the end of the file; the file is damaged: get it again"
              .formatted(path, size - at));
    }
  }

  private void problem(String tensor, String text) {
    problems.add(path + ": tensor '" + tensor + "': " + text);
  }

  private DataException bad(String text) {
    return new DataException(path + ": " + text);
  }
}
