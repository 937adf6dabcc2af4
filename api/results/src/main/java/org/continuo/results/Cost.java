package org.continuo.results;

import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * What a run took.
 *
 * @param trainableParameters trained, per finished or begun task
 * @param storedParameters kept beside the backbone, snapshots of strategies included
 * @param storedBytes of these
 * @param storedExampleBytes of the texts and answers of training examples that strategies keep
 * @param storedMadeBytes the same of examples that models made; empty if there are none
 * @param peakMemoryBytes of the process
 */
@Stability(Stability.Level.EVOLVING)
public record Cost(
    List<Long> trainableParameters,
    long storedParameters,
    long storedBytes,
    long storedExampleBytes,
    Optional<Long> storedMadeBytes,
    long backboneParameters,
    Tokens tokens,
    Seconds seconds,
    long peakMemoryBytes) {
  public Cost {
    trainableParameters = List.copyOf(trainableParameters);
  }

  /** Tokens read. */
  public record Tokens(long train, long evaluation) {}

  /**
   * Seconds spent.
   *
   * @param train without evaluation on the way
   * @param total with everything around
   */
  public record Seconds(double train, double evaluation, double total) {}

  /** Parameters trained for a task, the mean over the tasks; 0 without any. */
  public double trainablePerTask() {
    return trainableParameters.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
