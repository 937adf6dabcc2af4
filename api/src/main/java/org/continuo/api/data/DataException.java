package org.continuo.api.data;

import java.util.List;
import org.continuo.api.plugin.Stability;

/**
 * Data or a checkpoint that cannot be used as it is: the user's to mend. Each problem says what was
 * found where, what is expected and how to fix it.
 */
@Stability(Stability.Level.STABLE)
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public DataException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public DataException(String problem) {
    this(List.of(problem));
  }

  public DataException(String problem, Throwable cause) {
    this(List.of(problem));
    initCause(cause);
  }

  public List<String> problems() {
    return problems;
  }
}
