package org.continuo.backbone.onnx.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a message in the wire format of protocol buffers. */
final class Wire {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  Wire number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  Wire real(int field, float value) {
    varint(((long) field << 3) | 5);
    out.writeBytes(
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  Wire bytes(int field, byte... content) {
    varint(((long) field << 3) | 2);
    varint(content.length);
    out.writeBytes(content);
    return this;
  }

  Wire text(int field, String content) {
    return bytes(field, content.getBytes(StandardCharsets.UTF_8));
  }

  Wire message(int field, Wire content) {
    return bytes(field, content.done());
  }

  byte[] done() {
    return out.toByteArray();
  }
}
