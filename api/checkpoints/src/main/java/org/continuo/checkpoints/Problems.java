package org.continuo.checkpoints;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;

/** What is wrong with a checkpoint, collected so that it is reported at once. */
@Stability(Stability.Level.EVOLVING)
public final class Problems {
  private final List<String> texts = new ArrayList<>();

  public Problems() {}

  public void add(Path file, String text) {
    texts.add(file + ": " + text);
  }

  /** Takes over what a reader of one file found. */
  public void addAll(DataException found) {
    texts.addAll(found.problems());
  }

  void addAll(Problems others) {
    texts.addAll(others.texts);
  }

  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /**
   * @throws DataException with everything collected, if there is anything
   */
  public void check() {
    if (!texts.isEmpty()) {
      throw new DataException(texts);
    }
  }
}
