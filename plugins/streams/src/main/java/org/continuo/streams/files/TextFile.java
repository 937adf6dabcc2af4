package org.continuo.streams.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A file of UTF-8 text; what it is instead is told by what it begins with. */
record TextFile(Path path) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int LOOKED_AT = 1024;

  /** What else is met under the names of data files, by its first bytes, one character each. */
  private static final Map<String, String> BEGINNINGS =
      new TreeMap<>(
          Map.of(
              "\u001F\u008B", "is a gzip archive; unpack it (gunzip)",
              "PK\u0003\u0004",
                  "is a zip archive or a spreadsheet; unpack it, or export the sheet as CSV",
              "PAR1", "is a Parquet file; convert it, for example with pandas",
              "version https://git-lfs",
                  "is the pointer that Git LFS leaves in place of a file; fetch the file (git lfs pull)",
              "<!DOCTYPE", "is a web page; download the file itself",
              "<html", "is a web page; download the file itself"));

  /** Reads what it is given. */
  @FunctionalInterface
  interface Body<T> {
    T read(BufferedReader reader) throws IOException;
  }

  /**
   * What is read from the text, a byte order mark left out; empty, and a problem, if the file
   * cannot be read or is something else.
   *
   * @param missing what to say if there is none
   */
  <T> Optional<T> read(FileProblems problems, String missing, Body<T> body) {
    Optional<String> hindrance = hindrance(missing);
    if (hindrance.isPresent()) {
      problems.add(hindrance.get());
      return Optional.empty();
    }
    try {
      Optional<String> other = otherForm();
      if (other.isPresent()) {
        problems.add(other.get());
        return Optional.empty();
      }
      try (BufferedReader reader = Files.newBufferedReader(path)) {
        skipByteOrderMark(reader);
        return Optional.of(body.read(reader));
      } catch (CharacterCodingException e) {
        problems.add(malformed());
      }
    } catch (AccessDeniedException e) {
      problems.add("may not be read; change its permissions");
    } catch (IOException e) {
      problems.add("cannot be read: " + e);
    }
    return Optional.empty();
  }

  /** Whoever opens a pipe waits for somebody to write into it, maybe for ever. */
  private Optional<String> hindrance(String missing) {
    if (Files.isRegularFile(path)) {
      return Optional.empty();
    }
    if (Files.isDirectory(path)) {
      return Optional.of("is a folder, expected a file; rename it, or put the file in its place");
    }
    if (Files.exists(path)) {
      return Optional.of(
          "is a pipe, a device or a socket, expected a file; write what it gives into a file");
    }
    return Optional.of(
        Files.exists(path, LinkOption.NOFOLLOW_LINKS)
            ? "is a link to something that is not there; correct the link"
            : missing);
  }

  private Optional<String> otherForm() throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(path)) {
      first = in.readNBytes(LOOKED_AT);
    }
    if (first.length == 0) {
      return Optional.of(
          "holds nothing (0 bytes), expected at least one record; fetch or write it again");
    }
    return utf16(first)
        .map(
            name ->
                "is %s text, expected UTF-8; convert it: iconv -f %s -t UTF-8"
                    .formatted(name, name))
        .or(
            () -> {
              String start = new String(first, StandardCharsets.ISO_8859_1);
              return BEGINNINGS.entrySet().stream()
                  .filter(form -> start.startsWith(form.getKey()))
                  .map(Map.Entry::getValue)
                  .findFirst();
            });
  }

  /** By its byte order mark, or by the zeros that every ASCII letter brings. */
  private static Optional<String> utf16(byte[] first) {
    if (starts(first, 0xFF, 0xFE, 0, 0) || starts(first, 0, 0, 0xFE, 0xFF)) {
      return Optional.of("UTF-32");
    }
    if (starts(first, 0xFF, 0xFE) || starts(first, 0xFE, 0xFF)) {
      return Optional.of("UTF-16");
    }
    int[] zeros = new int[2];
    for (int i = 0; i < first.length; i++) {
      zeros[i % 2] += first[i] == 0 ? 1 : 0;
    }
    int many = first.length / 4;
    if (first.length < 4 || Math.max(zeros[0], zeros[1]) <= many) {
      return Optional.empty();
    }
    return Math.min(zeros[0], zeros[1]) > many
        ? Optional.empty()
        : Optional.of(zeros[0] > zeros[1] ? "UTF-16BE" : "UTF-16LE");
  }

  private static boolean starts(byte[] bytes, int... start) {
    boolean same = bytes.length >= start.length;
    for (int i = 0; same && i < start.length; i++) {
      same = (bytes[i] & 0xFF) == start[i];
    }
    return same;
  }

  /** Where the first byte is that UTF-8 does not have. */
  private String malformed() throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    CharBuffer chars = CharBuffer.allocate(1 << 13);
    long line = 1;
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(bytes, chars, true);
      line += chars.flip().chars().filter(c -> c == '\n').count();
      chars.clear();
    }
    return "is not UTF-8: found the byte %02X in line %d; convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"
        .formatted(bytes.get(bytes.position()) & 0xFF, line);
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }
}
