package org.continuo.core.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plugin folder and what became of it.
 *
 * @param version of its plugin; empty if it is not known
 * @param needs modules of other plugins it asks for
 * @param why it is left out; empty unless it failed
 * @param notes what is worth knowing of one that is active
 */
public record DropIn(
    Path folder, State state, String version, List<String> needs, String why, List<String> notes) {

  /** The name of the file that disables the folder it is in. */
  public static final String SWITCH = "disabled";

  public enum State {
    ACTIVE,
    /** Its folder holds a file {@value DropIn#SWITCH}. */
    DISABLED,
    FAILED
  }

  public DropIn {
    needs = List.copyOf(needs);
    notes = List.copyOf(notes);
  }

  /** The line a failed one costs. */
  public Optional<String> problem() {
    return state == State.FAILED ? Optional.of(folder + " is left out: " + why) : Optional.empty();
  }

  static DropIn failed(Path folder, String version, List<String> needs, String why) {
    return new DropIn(folder, State.FAILED, version, needs, why, List.of());
  }
}
