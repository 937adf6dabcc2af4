package org.continuo.results;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.plugin.Stability;

/**
 * A line of {@code events.jsonl}, in the order things happened. Steps count from 0 within a task. A
 * run that was resumed may hold a step or a test twice: the later one counts.
 */
@Stability(Stability.Level.EVOLVING)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "run-started", value = Event.RunStarted.class),
  @JsonSubTypes.Type(name = "task-started", value = Event.TaskStarted.class),
  @JsonSubTypes.Type(name = "step", value = Event.Step.class),
  @JsonSubTypes.Type(name = "dev", value = Event.Dev.class),
  @JsonSubTypes.Type(name = "value", value = Event.Value.class),
  @JsonSubTypes.Type(name = "task-finished", value = Event.TaskFinished.class),
  @JsonSubTypes.Type(name = "evaluated", value = Event.Evaluated.class),
  @JsonSubTypes.Type(name = "warning", value = Event.Warning.class),
  @JsonSubTypes.Type(name = "run-finished", value = Event.RunFinished.class)
})
public sealed interface Event {
  Instant time();

  /** The time, in milliseconds. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Once per start, so twice after one resume.
   *
   * @param name of the experiment
   * @param command by which it was asked for: {@code run}, {@code pretrain}
   */
  record RunStarted(Instant time, String name, String strategy, String command) implements Event {}

  /**
   * @param index place of the task, from 0
   * @param examples for training
   * @param steps planned
   */
  record TaskStarted(Instant time, String task, int index, int examples, int steps)
      implements Event {}

  /**
   * One step of the optimiser; a number may be infinite or not a number.
   *
   * @param total steps of the task
   * @param losses the terms by name
   * @param tokens read
   * @param arrays native arrays alive
   */
  record Step(
      Instant time,
      String task,
      int step,
      int total,
      double loss,
      Map<String, Double> losses,
      double learningRate,
      double gradientNorm,
      long tokens,
      long arrays)
      implements Event {
    public Step {
      losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
    }
  }

  /**
   * Dev examples were scored while the task trains.
   *
   * @param best so far
   */
  record Dev(Instant time, String task, int step, double score, double best) implements Event {}

  /**
   * Anything a part records about itself.
   *
   * @param name of the form {@code PLUGIN/CHART/SERIES} where series share a chart
   */
  record Value(Instant time, String task, int step, String name, double value) implements Event {}

  /**
   * @param seconds it was trained, evaluation on the way left out
   */
  record TaskFinished(Instant time, String task, double seconds) implements Event {}

  /**
   * A task was tested.
   *
   * @param stage from 0; -1 before any training
   * @param cached whether nothing the score depends on had changed since the last test
   * @param metrics values by name, by metric; empty if none gave any
   */
  record Evaluated(
      Instant time,
      int stage,
      String task,
      double score,
      int examples,
      boolean cached,
      Optional<Map<String, Map<String, Double>>> metrics)
      implements Event {}

  /** For people. */
  record Warning(Instant time, String text) implements Event {}

  /** The last line, unless the process was killed. */
  record RunFinished(Instant time, RunStatus status) implements Event {}
}
