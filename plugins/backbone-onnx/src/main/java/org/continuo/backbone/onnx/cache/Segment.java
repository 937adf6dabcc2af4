package org.continuo.backbone.onnx.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/** One file of records. */
final class Segment implements AutoCloseable {
  private static final int KEY = 32;
  private static final int HEADER = Integer.BYTES + KEY + Integer.BYTES;

  private final Path file;
  private final FileChannel channel;
  private long end;

  private Segment(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** A new one, to be appended to by this process alone. */
  static Segment create(Path file) throws IOException {
    return new Segment(
        file,
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  static Segment open(Path file) throws IOException {
    return new Segment(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  Path file() {
    return file;
  }

  /** Bytes written by this process. */
  long end() {
    return end;
  }

  /** Bytes of a record of these numbers. */
  static long size(float[] values) {
    return HEADER + (long) Float.BYTES * values.length;
  }

  /** Hands over key and place of each whole record. */
  void scan(BiConsumer<ByteBuffer, Long> sink) throws IOException {
    long size = channel.size();
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    for (long at = 0; at + HEADER <= size; ) {
      fill(header.clear(), at);
      int count = header.getInt();
      long next = at + HEADER + (long) Float.BYTES * count;
      if (count < 0 || next > size) {
        return;
      }
      sink.accept(header.slice(Integer.BYTES, KEY), at);
      header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN); // keys are kept
      at = next;
    }
  }

  /** Empty if the record is not that of the key, or damaged. */
  Optional<float[]> read(ByteBuffer key, long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    fill(header, at);
    int count = header.getInt();
    if (count < 0 || at + HEADER + (long) Float.BYTES * count > channel.size()) {
      return Optional.empty();
    }
    ByteBuffer numbers = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    fill(numbers, at + HEADER);
    if (!header.slice(Integer.BYTES, KEY).equals(key)
        || header.getInt(Integer.BYTES + KEY) != check(key, numbers)) {
      return Optional.empty();
    }
    float[] values = new float[count];
    numbers.asFloatBuffer().get(values);
    return Optional.of(values);
  }

  /** Where it was put. */
  long append(ByteBuffer key, float[] values) throws IOException {
    ByteBuffer numbers =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    numbers.asFloatBuffer().put(values);
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(values.length).put(key.duplicate()).putInt(check(key, numbers)).flip();
    long at = end;
    for (ByteBuffer part : new ByteBuffer[] {header, numbers}) {
      while (part.hasRemaining()) {
        end += channel.write(part, end);
      }
    }
    return at;
  }

  private static int check(ByteBuffer key, ByteBuffer numbers) {
    CRC32C check = new CRC32C();
    check.update(key.duplicate());
    check.update(numbers.duplicate());
    return (int) check.getValue();
  }

  private void fill(ByteBuffer into, long at) throws IOException {
    long position = at;
    while (into.hasRemaining()) {
      int read = channel.read(into, position);
      if (read < 0) {
        break;
      }
      position += read;
    }
    into.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
