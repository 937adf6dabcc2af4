package org.continuo.checkpoints.gguf;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.DataException;
import org.continuo.checkpoints.Problems;

/**
 * Reads keys, values and the table of tensors. Files come from strangers: no count in one is used
 * before it has been compared with the length of the file.
 */
final class Header {
  private static final int MAGIC = 0x46554747;
  private static final int LONGEST_TEXT = 1 << 24;
  private static final int LONGEST_LIST = 1 << 22;
  private static final int MOST_SIZES = 4;
  private static final long WIDEST_ROW = 1 << 28;

  /** A name of no letters, a number of sizes, a type and a place. */
  private static final int LEAST_TENSOR = Long.BYTES + 2 * Integer.BYTES + Long.BYTES;

  /** A key of no letters, a type and a byte. */
  private static final int LEAST_KEY = Long.BYTES + Integer.BYTES + 1;

  private static final int ARRAY = 9;

  private final Path file;
  private final LittleEndianReader in;
  private final Problems problems;

  private Header(Path file, LittleEndianReader in, Problems problems) {
    this.file = file;
    this.in = in;
    this.problems = problems;
  }

  /**
   * What the header says.
   *
   * @param names of all tensors
   * @param tensors those that are well described
   */
  record Content(Map<String, Object> values, Set<String> names, List<GgufTensor> tensors) {}

  /**
   * @param problems takes what is wrong with single tensors
   * @throws DataException if it cannot be read to its end
   */
  static Content read(Path file, FileChannel channel, Problems problems) throws IOException {
    return new Header(file, new LittleEndianReader(file, channel), problems).read();
  }

  private Content read() throws IOException {
    if (in.remaining() < Integer.BYTES || in.int32() != MAGIC) {
      throw in.refused("found no 'GGUF' at its beginning, expected a GGUF file; give one");
    }
    version();
    in.reading("the two counts of its header");
    long tensors = in.int64();
    long keys = in.int64();
    count("tensors", tensors, LEAST_TENSOR);
    count("keys", keys, LEAST_KEY);
    Map<String, Object> values = values(keys);
    return tensors(values, tensors, alignment(values));
  }

  private void version() throws IOException {
    in.reading("its version");
    int version = in.int32();
    if (version == 2 || version == 3) {
      return;
    }
    int swapped = Integer.reverseBytes(version);
    throw in.refused(
        swapped == 2 || swapped == 3
            ? "found a file in %s order, expected %s; get the file for common processors"
                .formatted(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
            : "found version %s of the format, expected 2 or 3; get the file anew, or convert the model again"
                .formatted(Integer.toUnsignedString(version)));
  }

  private void count(String what, long count, int least) {
    if (count < 0 || count > in.remaining() / least) {
      throw in.refused(
          "found a count of %s %s, which do not fit into the %d bytes that follow; the file is damaged or cut short: get it again"
              .formatted(Long.toUnsignedString(count), what, in.remaining()));
    }
  }

  private Map<String, Object> values(long keys) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (long i = 0; i < keys; i++) {
      in.reading("the name of key " + (i + 1));
      String key = text();
      in.reading("the value of key '%s'".formatted(key));
      if (values.put(key, value(in.int32())) != null) {
        throw in.refused(
            "found key '%s' twice, expected it once; get the file again".formatted(key));
      }
    }
    return values;
  }

  /** A Long, Double, Boolean, String or a list of one of them. */
  private Object value(int type) throws IOException {
    return switch (type) {
      case 0 -> (long) Byte.toUnsignedInt(in.int8());
      case 1 -> (long) in.int8();
      case 2 -> (long) Short.toUnsignedInt(in.int16());
      case 3 -> (long) in.int16();
      case 4 -> Integer.toUnsignedLong(in.int32());
      case 5 -> (long) in.int32();
      // the shortest decimal: what was written as 1e-5 is 1e-5 again
      case 6 -> Double.valueOf(Float.toString(Float.intBitsToFloat(in.int32())));
      case 7 -> in.int8() != 0;
      case 8 -> text();
      case ARRAY -> list(in.int32(), in.int64());
      case 10, 11 -> in.int64();
      case 12 -> Double.longBitsToDouble(in.int64());
      default ->
          throw in.refused(
              "found a value of type %s where %s was read, expected 0 to 12; the file is damaged: get it again"
                  .formatted(Integer.toUnsignedString(type), in.subject()));
    };
  }

  private List<Object> list(int type, long count) throws IOException {
    if (type == ARRAY) {
      throw in.refused(
          "found a list of lists as %s, expected one of single values; use a file without it"
              .formatted(in.subject()));
    }
    if (count < 0 || count > LONGEST_LIST) {
      throw in.refused(
          "found %s elements as %s, expected at most %d; the file is damaged: get it again"
              .formatted(Long.toUnsignedString(count), in.subject(), LONGEST_LIST));
    }
    in.require(count);
    List<Object> elements = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      elements.add(value(type));
    }
    return Collections.unmodifiableList(elements);
  }

  private String text() throws IOException {
    return new String(in.bytes(in.int64(), LONGEST_TEXT), StandardCharsets.UTF_8);
  }

  private long alignment(Map<String, Object> values) {
    Object alignment = values.getOrDefault("general.alignment", 32L);
    if (alignment instanceof Long bytes
        && bytes > 0
        && bytes <= 1 << 20
        && Long.bitCount(bytes) == 1) {
      return bytes;
    }
    throw in.refused(
        "key 'general.alignment': found %s, expected a power of two up to 1048576; get the file again"
            .formatted(alignment));
  }

  private Content tensors(Map<String, Object> values, long count, long alignment)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (long i = 0; i < count; i++) {
      Entry entry = entry("tensor " + (i + 1));
      if (!names.add(entry.name)) {
        problems.add(
            file,
            "tensor '%s': found twice, expected once; get the file again".formatted(entry.name));
      }
      entries.add(entry);
    }
    long data = (in.position() + alignment - 1) / alignment * alignment;
    long size = in.position() + in.remaining();
    List<GgufTensor> tensors = new ArrayList<>();
    entries.forEach(entry -> place(entry, data, size, alignment).ifPresent(tensors::add));
    apart(tensors);
    return new Content(values, names, tensors);
  }

  /** A line of the table as it is written: the sizes with the row's first. */
  private record Entry(String name, List<Long> sizes, int type, long offset) {}

  private Entry entry(String which) throws IOException {
    in.reading("the name of " + which);
    String name = text();
    in.reading("the table's line of tensor '%s'".formatted(name));
    int dimensions = in.int32();
    if (dimensions < 1 || dimensions > MOST_SIZES) {
      throw in.refused(
          "tensor '%s': found %s dimensions, expected 1 to %d; the file is damaged: get it again"
              .formatted(name, Integer.toUnsignedString(dimensions), MOST_SIZES));
    }
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      sizes.add(in.int64());
    }
    return new Entry(name, sizes, in.int32(), in.int64());
  }

  private Optional<GgufTensor> place(Entry entry, long data, long size, long alignment) {
    Optional<BlockType> type = BlockType.of(entry.type);
    if (type.isEmpty()) {
      return wrong(
          entry,
          "found type %s, expected one of %s; use the file of the model in one of these"
              .formatted(BlockType.name(entry.type), BlockType.known()));
    }
    Optional<Long> bytes = bytes(type.get(), entry.sizes);
    if (bytes.isEmpty()) {
      return wrong(
          entry,
          "found sizes %s, expected sizes from 1 and rows of a multiple of %d for %s; the file is damaged: get it again"
              .formatted(entry.sizes, type.get().elements(), type.get()));
    }
    if (entry.offset < 0 || entry.offset % alignment != 0) {
      return wrong(
          entry,
          "begins at byte %s of the data, expected a multiple of %d; the file is damaged: get it again"
              .formatted(Long.toUnsignedString(entry.offset), alignment));
    }
    if (entry.offset > size - data || bytes.get() > size - data - entry.offset) {
      return wrong(
          entry,
          "truncated: its %d bytes begin at byte %d of the data, of which the file has %d; copy it again"
              .formatted(bytes.get(), entry.offset, Math.max(0, size - data)));
    }
    List<Long> shape = new ArrayList<>(entry.sizes);
    Collections.reverse(shape);
    return Optional.of(
        new GgufTensor(entry.name, type.get(), List.copyOf(shape), data + entry.offset));
  }

  private Optional<GgufTensor> wrong(Entry entry, String text) {
    problems.add(file, "tensor '%s': %s".formatted(entry.name, text));
    return Optional.empty();
  }

  /** Empty if there are none, too many to count or blocks that would be cut. */
  private static Optional<Long> bytes(BlockType type, List<Long> sizes) {
    long row = sizes.get(0);
    if (row % type.elements() != 0 || row > WIDEST_ROW || sizes.stream().anyMatch(n -> n < 1)) {
      return Optional.empty();
    }
    try {
      long bytes = type.bytes(row);
      for (long size : sizes.subList(1, sizes.size())) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return Optional.of(bytes);
    } catch (ArithmeticException tooLarge) {
      return Optional.empty();
    }
  }

  private void apart(List<GgufTensor> tensors) {
    long end = 0;
    for (GgufTensor tensor :
        tensors.stream().sorted(Comparator.comparingLong(GgufTensor::begin)).toList()) {
      if (tensor.begin() < end) {
        problems.add(
            file,
            "tensor '%s': begins at byte %d, within another that ends at byte %d; the file is damaged: get it again"
                .formatted(tensor.name(), tensor.begin(), end));
      }
      end = Math.max(end, tensor.end());
    }
  }
}
