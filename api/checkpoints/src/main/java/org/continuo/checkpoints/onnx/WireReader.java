package org.continuo.checkpoints.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks the fields of one message in the wire format of Protocol Buffers. */
final class WireReader {
  /** How a field is stored, in the order of its number. */
  private enum Wire {
    VARINT,
    FIXED64,
    BYTES,
    GROUP_START,
    GROUP_END,
    FIXED32
  }

  private static final int WIRE_BITS = 3;
  private static final int PAYLOAD_BITS = 7;

  private final ByteBuffer message;
  private int field;
  private boolean packed;
  private long number;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  WireReader(ByteBuffer message) {
    this.message = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Goes to the next field.
   *
   * @return its number; 0 at the end
   * @throws java.nio.BufferUnderflowException if the message ends inside it
   * @throws IllegalArgumentException if it is of no known form or longer than the message
   */
  int next() {
    if (!message.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    field = (int) (tag >>> WIRE_BITS);
    Wire[] wires = Wire.values();
    int wire = (int) (tag & ((1 << WIRE_BITS) - 1));
    packed = false;
    switch (wire < wires.length ? wires[wire] : Wire.GROUP_END) {
      case VARINT -> number = varint();
      case FIXED64 -> number = message.getLong();
      case FIXED32 -> number = message.getInt();
      case BYTES -> {
        packed = true;
        bytes = slice(varint());
      }
      default -> throw new IllegalArgumentException("field " + field + " of wire type " + wire);
    }
    return field;
  }

  /** Whether the field holds bytes: of one that may repeat, its numbers one after another. */
  boolean packed() {
    return packed;
  }

  long number() {
    return number;
  }

  /** Of a field that holds bytes, a text or a message. */
  ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  String text() {
    return StandardCharsets.UTF_8.decode(bytes()).toString();
  }

  boolean hasRemaining() {
    return message.hasRemaining();
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += PAYLOAD_BITS) {
      byte part = message.get();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  private ByteBuffer slice(long length) {
    if (length < 0 || length > message.remaining()) {
      throw new IllegalArgumentException(
          "field " + field + " of " + length + " bytes where " + message.remaining() + " are left");
    }
    ByteBuffer slice = message.slice(message.position(), (int) length);
    message.position(message.position() + (int) length);
    return slice;
  }
}
