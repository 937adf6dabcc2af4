package org.continuo.models.huggingface;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings, in YAML, that {@code README.md} of a model begins with. */
final class ModelCard {
  private static final Pattern HEAD =
      Pattern.compile("\\A---\\s*\\n(.*?\\n)---\\s", Pattern.DOTALL);

  /** On the line of its key, or as a list below it. */
  private static final String VALUE = "(?m)^%s:[ \\t]*((?:[^\\s#].*)?(?:\\n[ \\t]*-[ \\t].*)*)$";

  /** What stands for a licence that has no identifier: its name is beside it. */
  private static final String OTHER = "other";

  private ModelCard() {}

  /** The licence in the words of the publisher. */
  static String licence(Path snapshot) throws IOException {
    Path card = snapshot.resolve("README.md");
    if (!Files.isRegularFile(card)) {
      return "not known, for the snapshot has no README.md";
    }
    // of any encoding: a name of a licence is ASCII
    String text = new String(Files.readAllBytes(card), StandardCharsets.UTF_8).replace("\r", "");
    Matcher head = HEAD.matcher(text);
    Optional<String> licence = head.find() ? value(head.group(1), "license") : Optional.empty();
    return licence
        .filter(l -> !l.equals(OTHER))
        .or(() -> licence.flatMap(other -> value(head.group(1), "license_name")))
        .or(() -> licence)
        .orElse("not stated");
  }

  private static Optional<String> value(String head, String key) {
    Matcher value = Pattern.compile(VALUE.formatted(key)).matcher(head);
    return value.find()
        ? Optional.of(
                value
                    .group(1)
                    .replaceAll("[ \\t]#.*", "")
                    .replaceAll("(?m)^[ \\t]*-[ \\t]+", "")
                    .replaceAll("[\\[\\]\"']", "")
                    .strip()
                    .replaceAll("\\s*\\n\\s*", ", "))
            .filter(text -> !text.isEmpty())
        : Optional.empty();
  }
}
