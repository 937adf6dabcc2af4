package org.continuo.models.huggingface;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.continuo.api.data.DataException;

/**
 * A model as the hub names it.
 *
 * @param repository {@code OWNER/NAME}; the oldest models have no owner
 * @param revision a branch, a tag or a commit; {@code main} if none is named
 */
record ModelName(String repository, Optional<String> revision) {
  private static final String MAIN = "main";
  private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?";
  private static final Pattern NAME =
      Pattern.compile("(?://)?(" + PART + "(?:/" + PART + ")?)(?:@(.*))?");

  /** What git allows, without what would leave a folder. */
  private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]*");

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /**
   * @param text what stands behind {@code hf:}
   * @throws DataException if it is no such name
   */
  static ModelName parse(String text) {
    Matcher name = NAME.matcher(text);
    if (!name.matches() || name.group(1).contains("--") || name.group(1).contains("..")) {
      throw refused(text, "no name of a model");
    }
    Optional<String> revision = Optional.ofNullable(name.group(2));
    if (revision.filter(r -> !plain(r)).isPresent()) {
      throw refused(text, "no revision behind the @");
    }
    return new ModelName(name.group(1), revision);
  }

  private static boolean plain(String revision) {
    return REVISION.matcher(revision).matches()
        && !revision.contains("..")
        && !revision.contains("//")
        && !revision.endsWith("/");
  }

  private static DataException refused(String text, String found) {
    return new DataException(
        "checkpoint 'hf:%s': found %s, expected hf://OWNER/NAME or hf://OWNER/NAME@REVISION with a branch, a tag or a commit; copy the name from the model's page"
            .formatted(text, found));
  }

  /** As the user names it. */
  String asked() {
    return revision.orElse(MAIN);
  }

  static boolean isCommit(String revision) {
    return COMMIT.matcher(revision).matches();
  }

  /** Its folder in the cache. */
  String folder() {
    return "models--" + repository.replace("/", "--");
  }

  @Override
  public String toString() {
    return "hf://" + repository + revision.map(r -> "@" + r).orElse("");
  }
}
