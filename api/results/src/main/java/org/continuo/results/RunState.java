package org.continuo.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.continuo.api.data.Example;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.Prediction;

/**
 * What the {@code run.json} of a checkpoint says: a run as it stands after a task has been trained
 * and tested, all of it that is no array.
 *
 * @param fingerprint of its experiment
 * @param environment what else decides its numbers: {@link #WHAT_IS_READ data and model}, and the
 *     machine
 * @param eventBytes length of {@code events.jsonl}
 * @param tested results that a later test would take over, by task and split
 */
@Stability(Stability.Level.EVOLVING)
public record RunState(
    String fingerprint,
    Map<String, String> environment,
    long eventBytes,
    Scores scores,
    Spent spent,
    List<String> warnings,
    Map<String, Tested> tested,
    Learned learned) {

  /** Where the names of data and model begin; whatever else differs only moves last bits. */
  public static final String WHAT_IS_READ = "sha256 of ";

  public RunState {
    environment = ordered(environment);
    warnings = List.copyOf(warnings);
    tested = ordered(tested);
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static SortedSet<String> sorted(Set<String> set) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(set));
  }

  /**
   * What tests gave.
   *
   * @param accuracy rows of the matrix
   * @param routing share of examples whose task was identified rightly, by test and task; only of
   *     tests in which every task was identified
   * @param readings of the metrics, by stage and task
   */
  public record Scores(
      List<List<Double>> accuracy,
      Optional<List<Double>> zeroShot,
      List<List<Double>> routing,
      Optional<List<Reading>> zeroShotReadings,
      List<List<Reading>> readings) {

    /** Nothing has been tested. */
    public static final Scores NONE =
        new Scores(List.of(), Optional.empty(), List.of(), Optional.empty(), List.of());

    public Scores {
      accuracy = List.copyOf(accuracy);
      routing = List.copyOf(routing);
      readings = List.copyOf(readings);
    }

    /** Stages that have been trained and tested. */
    public int stages() {
      return accuracy.size();
    }

    /**
     * With a test before any training.
     *
     * @param routed empty unless every task was identified
     */
    public Scores withZeroShot(
        List<Double> row, Optional<List<Double>> routed, List<Reading> readingsNow) {
      return new Scores(
          accuracy, Optional.of(row), more(routing, routed), Optional.of(readingsNow), readings);
    }

    /** With a test after one more task; only its curves are kept. */
    public Scores withStage(
        List<Double> row, Optional<List<Double>> routed, List<Reading> readingsNow) {
      return new Scores(
          more(accuracy, Optional.of(row)),
          zeroShot,
          more(routing, routed),
          zeroShotReadings.map(Scores::withoutCurves),
          more(readings.stream().map(Scores::withoutCurves).toList(), Optional.of(readingsNow)));
    }

    private static List<Reading> withoutCurves(List<Reading> stage) {
      return stage.stream().map(Reading::withoutCurves).toList();
    }

    private static <T> List<T> more(List<T> list, Optional<T> last) {
      List<T> more = new ArrayList<>(list);
      last.ifPresent(more::add);
      return more;
    }
  }

  /**
   * What it took, however often it was started.
   *
   * @param started for the first time
   * @param trainable parameters trained, per task
   */
  public record Spent(
      Instant started,
      List<Long> trainable,
      long trainTokens,
      long evaluationTokens,
      double trainSeconds,
      double evaluationSeconds,
      double totalSeconds,
      long peakMemoryBytes) {
    public Spent {
      trainable = List.copyOf(trainable);
    }

    /** Nothing yet. */
    public static Spent none(Instant started) {
      return new Spent(started, List.of(), 0, 0, 0, 0, 0, 0);
    }
  }

  /**
   * The outcome of a test and what it depends on.
   *
   * @param versions how often each parameter it depends on had changed, by name
   * @param score mean grade, in [0,1]
   * @param routed share of examples whose task was identified rightly; empty where it is given or
   *     no strategy identifies
   */
  public record Tested(
      Map<String, Long> versions,
      double score,
      Optional<Double> routed,
      List<Prediction> predictions) {
    public Tested {
      versions = ordered(versions);
      predictions = List.copyOf(predictions);
    }
  }

  /**
   * What was learned, as far as it is no array.
   *
   * @param tasks in the order they were learned
   * @param experts names, for people: experts are made anew and find their parameters
   * @param versions how often each parameter changed; those that never did are left out
   * @param read weights of the backbone that were in use and had never changed
   * @param cut texts that were too long
   * @param remembered training examples by name
   * @param made examples that models made, by name; empty if there are none
   */
  public record Learned(
      List<String> tasks,
      Set<String> experts,
      Map<String, Long> versions,
      Set<String> read,
      Set<String> cut,
      Map<String, List<Example>> remembered,
      Optional<Map<String, List<Example>>> made) {
    public Learned {
      tasks = List.copyOf(tasks);
      experts = sorted(experts);
      versions = ordered(versions);
      read = sorted(read);
      cut = sorted(cut);
      remembered = ordered(remembered);
      made = made.map(RunState::ordered);
    }
  }
}
