package org.continuo.core.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Notices parameters that changed although neither the optimiser nor {@code Host.assign} wrote to
 * them: code that writes into an array of the store.
 */
final class FrozenGuard {
  private final ParameterStore store;
  private final Map<String, State> before;

  /** Takes down the parameters beside the backbone as they are now. */
  FrozenGuard(ParameterStore store) {
    this.store = store;
    this.before = states(store);
  }

  private record State(long version, long digest) {}

  List<String> warnings(String task) {
    Map<String, State> after = states(store);
    return before.entrySet().stream()
        .filter(entry -> after.containsKey(entry.getKey()))
        .filter(
            entry ->
                after.get(entry.getKey()).version == entry.getValue().version
                    && after.get(entry.getKey()).digest != entry.getValue().digest)
        .map(
            entry ->
                "frozen parameter '%s' changed during task '%s', although neither the optimiser nor Host.assign wrote to it: some code wrote into its array; give it a copy instead"
                    .formatted(entry.getKey(), task))
        .toList();
  }

  private static Map<String, State> states(ParameterStore store) {
    Map<String, State> states = new TreeMap<>();
    for (ParameterStore.Cell cell : store.cells()) {
      if (cell.allocated() && !cell.name().startsWith(ParameterStore.BACKBONE + "/")) {
        CRC32 digest = new CRC32();
        digest.update(cell.value().toByteBuffer());
        states.put(cell.name(), new State(cell.version(), digest.getValue()));
      }
    }
    return states;
  }
}
