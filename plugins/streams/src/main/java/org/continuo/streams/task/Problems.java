package org.continuo.streams.task;

import java.util.ArrayList;
import java.util.List;
import org.continuo.api.data.DataException;

/** Collects what is wrong, so that all of it is told at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  public void add(String problem) {
    found.add(problem);
  }

  /**
   * @throws DataException if there are any
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new DataException(found);
    }
  }
}
