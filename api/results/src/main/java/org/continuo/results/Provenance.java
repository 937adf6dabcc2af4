package org.continuo.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * What a result depends on besides its experiment file: versions, hashes, hardware.
 *
 * @param continuo version of it
 * @param threads that the engine computes with
 */
@Stability(Stability.Level.EVOLVING)
public record Provenance(
    String continuo,
    String java,
    String os,
    String cpu,
    int cores,
    long memoryBytes,
    String engine,
    String threads,
    Checkpoint checkpoint,
    Data data,
    Instant started,
    Instant finished) {

  /**
   * The model that was adapted.
   *
   * @param summary how it is read, if not as its family is: {@code mean}
   * @param published where it was first, if it came from a hub that knows
   * @param licence of those who published it
   * @param storedAs types of its weights in the files, and whether they are quantised
   */
  public record Checkpoint(
      String source,
      String sha256,
      Optional<String> summary,
      Optional<String> published,
      Optional<String> licence,
      Optional<String> storedAs) {}

  /**
   * What was learned.
   *
   * @param sha256 of the examples as they were used, by task
   * @param files that were read for it
   */
  public record Data(Map<String, String> sha256, List<String> files) {
    public Data {
      sha256 = Collections.unmodifiableMap(new LinkedHashMap<>(sha256));
      files = List.copyOf(files);
    }
  }

  /** The same with other times, which are kept in seconds. */
  public Provenance between(Instant start, Instant end) {
    return new Provenance(
        continuo,
        java,
        os,
        cpu,
        cores,
        memoryBytes,
        engine,
        threads,
        checkpoint,
        data,
        start.truncatedTo(ChronoUnit.SECONDS),
        end.truncatedTo(ChronoUnit.SECONDS));
  }
}
