package org.continuo.core.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A name that a folder can have on every system, written in one way: as Unicode composes it (NFC),
 * so that names which look the same are the same.
 */
public record FileName(String value) {
  /** Systems take 255 bytes; a time and a number follow the name. */
  private static final int MOST_BYTES = 200;

  private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\<>:\"|?*\\p{C}\\p{Zl}\\p{Zp}]");
  private static final Pattern RESERVED =
      Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)\\s*(\\..*)?", Pattern.CASE_INSENSITIVE);

  /**
   * @throws IllegalArgumentException with what is expected
   */
  public FileName {
    value = Normalizer.normalize(value, Normalizer.Form.NFC);
    require(!value.isBlank(), "a name that is not empty");
    require(
        !FORBIDDEN.matcher(value).find(),
        "a name for a folder, without / \\ < > : \" | ? * and without line breaks or other characters that cannot be seen");
    require(
        !value.matches("[-.~\\s\\p{Z}].*|.*[.\\s\\p{Z}]"),
        "a name for a folder that does not begin with '-', '.', '~' or a space and does not end with '.' or a space");
    require(
        !RESERVED.matcher(value).matches(), "a name that Windows does not reserve for a device");
    require(
        value.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES,
        "a name of at most " + MOST_BYTES + " bytes");
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(expected);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
