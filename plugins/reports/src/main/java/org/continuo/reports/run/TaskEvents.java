package org.continuo.reports.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.continuo.results.Event;

/** What happened while one task was trained. */
public final class TaskEvents {
  private final String task;
  private final Curve loss = new Curve();
  private final Map<String, Curve> losses = new LinkedHashMap<>();
  private final Curve learningRate = new Curve();
  private final Curve gradientNorm = new Curve();
  private final Curve tokens = new Curve();
  private final Curve dev = new Curve();
  private final Map<String, Curve> values = new LinkedHashMap<>();
  private OptionalLong examples = OptionalLong.empty();
  private OptionalDouble seconds = OptionalDouble.empty();
  private OptionalInt lastStep = OptionalInt.empty();

  TaskEvents(String task) {
    this.task = task;
  }

  void started(Event.TaskStarted event) {
    examples = OptionalLong.of(event.examples());
  }

  void finished(Event.TaskFinished event) {
    seconds = OptionalDouble.of(event.seconds());
  }

  void step(Event.Step event) {
    int step = event.step();
    lastStep = OptionalInt.of(step);
    loss.add(step, event.loss());
    learningRate.add(step, event.learningRate());
    gradientNorm.add(step, event.gradientNorm());
    tokens.add(step, (double) event.tokens());
    event
        .losses()
        .forEach(
            (name, value) -> losses.computeIfAbsent(name, unseen -> new Curve()).add(step, value));
  }

  void dev(Event.Dev event) {
    dev.add(event.step(), event.score());
  }

  void value(Event.Value event) {
    values.computeIfAbsent(event.name(), unseen -> new Curve()).add(event.step(), event.value());
  }

  public String task() {
    return task;
  }

  /** Training examples. */
  public OptionalLong examples() {
    return examples;
  }

  /** Of training; absent while it is not finished. */
  public OptionalDouble seconds() {
    return seconds;
  }

  /** Steps from the first to the last that anything was recorded at. */
  public int steps() {
    return Stream.concat(Stream.of(loss, learningRate, gradientNorm, dev), values.values().stream())
            .map(Curve::lastStep)
            .flatMapToInt(OptionalInt::stream)
            .max()
            .orElse(-1)
        + 1;
  }

  /** Steps of the optimiser. */
  public OptionalInt trainingSteps() {
    return lastStep.isPresent() ? OptionalInt.of(lastStep.getAsInt() + 1) : OptionalInt.empty();
  }

  public OptionalLong tokens() {
    return tokens.size() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(tokens.values().sum()));
  }

  public Curve loss() {
    return loss;
  }

  /** The terms of the loss by name. */
  public Map<String, Curve> losses() {
    return Collections.unmodifiableMap(losses);
  }

  public Curve learningRate() {
    return learningRate;
  }

  public Curve gradientNorm() {
    return gradientNorm;
  }

  public Curve dev() {
    return dev;
  }

  /** Whatever else was recorded, by name. */
  public Map<String, Curve> values() {
    return Collections.unmodifiableMap(values);
  }
}
