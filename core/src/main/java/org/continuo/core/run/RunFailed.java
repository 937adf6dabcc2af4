package org.continuo.core.run;

import java.nio.file.Path;

/** A run that began and broke; what it had is in its folder. */
public final class RunFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path folder;

  RunFailed(Path folder, RuntimeException cause) {
    super(
        "the run failed: %s (results so far: %s; once the cause is mended: continuo resume %s)"
            .formatted(cause.getMessage(), folder, folder),
        cause);
    this.folder = folder;
  }

  /** Where what there is of it stands. */
  public Path folder() {
    return folder;
  }
}
