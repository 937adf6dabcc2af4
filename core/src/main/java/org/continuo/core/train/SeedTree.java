package org.continuo.core.train;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.experiment.Seeds;

/**
 * Seeds derived from the run's one seed, a purpose and a path of names. There is no generator
 * state: the same path gives the same numbers, whatever was drawn before.
 */
@Singleton
public final class SeedTree {

  /** What randomness is used for; each can be set apart from the run's seed. */
  public enum Purpose {
    INITIALISATION,
    DATA,
    SHUFFLING,
    DROPOUT,
    STRATEGY
  }

  private final long seed;
  private final Seeds overrides;

  @Inject
  public SeedTree(Experiment experiment) {
    this(experiment.seed(), experiment.seeds());
  }

  /** For seeds that come from elsewhere. */
  public SeedTree(long seed, Seeds overrides) {
    this.seed = seed;
    this.overrides = overrides;
  }

  /** 64 bits for a path; FNV-1a over the names, finished by the mixer of SplitMix64. */
  public long seed(Purpose purpose, Object... path) {
    OptionalLong override =
        switch (purpose) {
          case INITIALISATION -> overrides.initialisation();
          case DATA -> overrides.data();
          case SHUFFLING -> overrides.shuffling();
          case DROPOUT -> overrides.dropout();
          case STRATEGY -> overrides.strategy();
        };
    long hash = absorb(0xcbf29ce484222325L, Long.toString(override.orElse(seed)));
    hash = absorb(hash, purpose.name());
    for (Object part : path) {
      hash = absorb(hash, part.toString());
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  public RandomGenerator random(Purpose purpose, Object... path) {
    return new SplittableRandom(seed(purpose, path));
  }

  /** For DJL's process-wide generator, which takes 31 bits. */
  public int engineSeed(Purpose purpose, Object... path) {
    return (int) (seed(purpose, path) & Integer.MAX_VALUE);
  }

  private static long absorb(long hash, String part) {
    long result = hash;
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      result = (result ^ (b & 0xff)) * 0x100000001b3L;
    }
    return (result ^ 0x1f) * 0x100000001b3L;
  }
}
