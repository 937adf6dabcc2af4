package org.continuo.models.huggingface;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;

/**
 * What the hub knows a user by. Its text is in no message: that names the variable.
 *
 * @param variable the one that holds it
 */
record AccessToken(String variable, String secret) {
  static final String VARIABLE = "HF_TOKEN";
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  /**
   * From the environment alone: files that other programs keep tokens in are not read.
   *
   * @throws DataException if it cannot be one
   */
  static Optional<AccessToken> in(Map<String, String> environment) {
    return Stream.of(VARIABLE, "HUGGING_FACE_HUB_TOKEN")
        .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
        .findFirst()
        .map(variable -> new AccessToken(variable, environment.get(variable).strip()));
  }

  AccessToken {
    if (!PRINTABLE.matcher(secret).matches()) {
      throw new DataException(
          "%s: found spaces or other characters that no token has, expected hf_ and letters and digits; copy it again"
              .formatted(variable));
    }
  }

  @Override
  public String toString() {
    return "the token of " + variable;
  }
}
