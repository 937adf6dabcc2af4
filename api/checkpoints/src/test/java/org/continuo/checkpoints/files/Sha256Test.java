package org.continuo.checkpoints.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** The first and the second example of FIPS 180-2, appendix B. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String LONG =
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

  @Test
  void isWhatTheStandardSays(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "bcdecdefdefgefghfghighijhijkijkljklmklmn");
    Sha256 digest = new Sha256();
    assertEquals(ABC, digest.add("a").add((byte) 'b', (byte) 'c').hex());
    assertEquals(LONG, digest.add("abcd").add(file).add("lmnomnopnopq").hex());
  }
}
