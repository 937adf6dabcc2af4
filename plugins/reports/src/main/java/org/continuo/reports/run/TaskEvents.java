package org.continuo.reports.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

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

  void started(Fields event) {
    examples = event.whole("examples");
  }

  void finished(Fields event) {
    seconds = event.number("seconds");
  }

  void step(Fields event) {
    int step = stepOf(event);
    lastStep = OptionalInt.of(step);
    event.number("loss").ifPresent(value -> loss.add(step, value));
    event.number("learningRate").ifPresent(value -> learningRate.add(step, value));
    event.number("gradientNorm").ifPresent(value -> gradientNorm.add(step, value));
    event.number("tokens").ifPresent(value -> tokens.add(step, value));
    event
        .object("losses")
        .numbersByName()
        .forEach(
            (name, value) -> losses.computeIfAbsent(name, unseen -> new Curve()).add(step, value));
  }

  void dev(Fields event) {
    event.number("score").ifPresent(score -> dev.add(stepOf(event), score));
  }

  void value(Fields event) {
    event
        .number("value")
        .ifPresent(
            value ->
                values
                    .computeIfAbsent(event.text("name").orElse("value"), unseen -> new Curve())
                    .add(stepOf(event), value));
  }

  private static int stepOf(Fields event) {
    return (int) event.whole("step").orElse(0);
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
