package org.continuo.backbone.onnx.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A field of a message in the wire format of protocol buffers.
 *
 * @param number which field it is
 * @param value of a field that is a number, its bits
 * @param content where it is not one: bytes, text or a message
 */
record WireField(int number, long value, Optional<ByteBuffer> content) {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int DELIMITED = 2;
  private static final int FOUR_BYTES = 5;

  /**
   * Hands over each field of a message, in the order they stand.
   *
   * @throws IllegalArgumentException if it is no message
   */
  static void each(ByteBuffer message, Consumer<WireField> sink) {
    ByteBuffer left = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (left.hasRemaining()) {
      long key = varint(left);
      int number = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case VARINT -> sink.accept(new WireField(number, varint(left), Optional.empty()));
        case EIGHT_BYTES -> sink.accept(new WireField(number, number(left, 8), Optional.empty()));
        case FOUR_BYTES -> sink.accept(new WireField(number, number(left, 4), Optional.empty()));
        case DELIMITED -> {
          long length = varint(left);
          require(length >= 0 && length <= left.remaining());
          ByteBuffer content = left.slice(left.position(), (int) length);
          left.position(left.position() + (int) length);
          sink.accept(new WireField(number, 0, Optional.of(content)));
        }
        default -> require(false);
      }
    }
  }

  private static long number(ByteBuffer left, int bytes) {
    require(left.remaining() >= bytes);
    return bytes == 8 ? left.getLong() : left.getInt();
  }

  private static long varint(ByteBuffer left) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(left.hasRemaining());
      byte next = left.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    require(false);
    return value;
  }

  private static void require(boolean wellFormed) {
    if (!wellFormed) {
      throw new IllegalArgumentException("not a message of protocol buffers");
    }
  }

  /** The message, bytes or text in it. */
  ByteBuffer bytes() {
    return content.orElseThrow(
        () -> new IllegalArgumentException("field " + number + " holds a number"));
  }

  String text() {
    return StandardCharsets.UTF_8.decode(bytes().duplicate()).toString();
  }

  /** The numbers of a repeated field: one, or several that are packed together. */
  List<Long> numbers() {
    if (content.isEmpty()) {
      return List.of(value);
    }
    List<Long> numbers = new ArrayList<>();
    ByteBuffer packed = bytes().duplicate();
    while (packed.hasRemaining()) {
      numbers.add(varint(packed));
    }
    return numbers;
  }
}
