package org.continuo.backbone.pytorch.scratch.bpe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A printable character for each of the 256 bytes: itself where it has a shape, one from U+0100 on
 * otherwise, so that a blank is written {@code Ġ} (the convention of GPT-2).
 */
final class ByteSymbols {
  private static final char FIRST_REPLACEMENT = 0x100;
  private static final char[] OF_BYTE = new char[256];

  static {
    char replacement = FIRST_REPLACEMENT;
    for (int value = 0; value < OF_BYTE.length; value++) {
      OF_BYTE[value] = printable(value) ? (char) value : replacement++;
    }
  }

  private ByteSymbols() {}

  private static boolean printable(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xA1 && value <= 0xAC)
        || (value >= 0xAE && value <= 0xFF);
  }

  /** One character for each byte of the text in UTF-8. */
  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder symbols = new StringBuilder(bytes.length);
    for (byte value : bytes) {
      symbols.append(OF_BYTE[Byte.toUnsignedInt(value)]);
    }
    return symbols.toString();
  }

  /** All 256, in the order of their code points. */
  static List<String> alphabet() {
    List<String> alphabet = new ArrayList<>();
    for (char symbol : OF_BYTE) {
      alphabet.add(String.valueOf(symbol));
    }
    Collections.sort(alphabet);
    return alphabet;
  }
}
