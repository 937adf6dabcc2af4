package org.continuo.core.train;

/** Asked between steps: whether to stop. */
@FunctionalInterface
public interface Interruption {
  boolean requested();

  /** Thrown at the next step after a request. */
  final class Requested extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Requested() {
      super("interrupted");
    }
  }

  /**
   * @throws Requested if a stop was asked for
   */
  default void check() {
    if (requested()) {
      throw new Requested();
    }
  }
}
