package org.continuo.checkpoints.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.continuo.api.data.DataException;

/** Reads a file from its beginning, and says what it was reading where the file ends too early. */
final class LittleEndianReader {
  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final ByteBuffer block =
      ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long next;
  private String subject = "the header";

  LittleEndianReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /** What is read from here on, for messages. */
  void reading(String what) {
    this.subject = what;
  }

  String subject() {
    return subject;
  }

  long position() {
    return next - block.remaining();
  }

  long remaining() {
    return size - position();
  }

  byte int8() throws IOException {
    return need(Byte.BYTES).get();
  }

  short int16() throws IOException {
    return need(Short.BYTES).getShort();
  }

  int int32() throws IOException {
    return need(Integer.BYTES).getInt();
  }

  long int64() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /**
   * @throws DataException if the file has not so many left, before anything is allocated
   */
  byte[] bytes(long count, long most) throws IOException {
    if (count < 0 || count > most) {
      throw refused(
          "found %s bytes for %s, expected at most %d; the file is damaged: get it again"
              .formatted(Long.toUnsignedString(count), subject, most));
    }
    require(count);
    byte[] bytes = new byte[(int) count];
    for (int at = 0; at < bytes.length; ) {
      int part = Math.min(bytes.length - at, BLOCK);
      need(part).get(bytes, at, part);
      at += part;
    }
    return bytes;
  }

  /** That there are so many more. */
  void require(long count) {
    if (count > remaining()) {
      throw refused(
          "truncated: it ends at byte %d, within %s; copy it again".formatted(size, subject));
    }
  }

  DataException refused(String text) {
    return new DataException(file + ": " + text);
  }

  private ByteBuffer need(int count) throws IOException {
    require(count);
    if (block.remaining() < count) {
      block.compact();
      while (block.position() < count) {
        int read = channel.read(block, next);
        if (read < 0) {
          throw refused("became shorter while it was read; copy it again");
        }
        next += read;
      }
      block.flip();
    }
    return block;
  }
}
