package org.continuo.backbone.pytorch.scratch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The 256 bytes as visible characters, the way byte-level BPE writes its vocabulary (Radford et al.
 * 2019): printable Latin-1 characters stand for themselves, the others for U+0100 and up.
 */
final class ByteSymbols {
  private static final char[] SYMBOLS = symbols();

  private ByteSymbols() {}

  private static char[] symbols() {
    char[] symbols = new char[256];
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean visible = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      symbols[b] = visible ? (char) b : next++;
    }
    return symbols;
  }

  /** One string per byte, by value of the byte. */
  static List<String> all() {
    List<String> all = new ArrayList<>();
    for (char symbol : SYMBOLS) {
      all.add(String.valueOf(symbol));
    }
    return all;
  }

  /** Values of the bytes of a text, 0 to 255. */
  static int[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }
}
