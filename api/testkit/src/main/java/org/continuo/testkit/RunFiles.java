package org.continuo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.continuo.results.Event;
import org.continuo.results.EventLog;

/** What the folder of a run holds that must be the same, bit for bit, in an equal run. */
public final class RunFiles {
  private RunFiles() {}

  /** The files of predictions by name. */
  public static Map<String, String> predictions(Path run) {
    Map<String, String> predictions = new TreeMap<>();
    try (Stream<Path> files = Files.list(run.resolve("predictions"))) {
      for (Path file : files.toList()) {
        predictions.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the predictions of " + run, e);
    }
    return predictions;
  }

  /** Every loss, norm of a gradient, dev score and diagnostic number in its events, in order. */
  public static List<Event> learned(Path run) {
    try {
      return EventLog.read(run).stream().flatMap(event -> timeless(event).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the events of " + run, e);
    }
  }

  /** Without what no equal run has: the time, and how many arrays were alive. */
  private static Optional<Event> timeless(Event event) {
    Instant never = Instant.EPOCH;
    if (event instanceof Event.Step e) {
      return Optional.of(
          new Event.Step(
              never,
              e.task(),
              e.step(),
              e.total(),
              e.loss(),
              e.losses(),
              e.learningRate(),
              e.gradientNorm(),
              e.tokens(),
              0));
    }
    if (event instanceof Event.Value e) {
      return Optional.of(new Event.Value(never, e.task(), e.step(), e.name(), e.value()));
    }
    return event instanceof Event.Dev e
        ? Optional.of(new Event.Dev(never, e.task(), e.step(), e.score(), e.best()))
        : Optional.empty();
  }

  /** Every optimiser step, in order. */
  public static List<TrainedStep> steps(Path run) {
    try {
      return EventLog.read(run).stream()
          .filter(Event.Step.class::isInstance)
          .map(Event.Step.class::cast)
          .map(step -> new TrainedStep(step.task(), step.step(), step.loss(), step.losses()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the events of " + run, e);
    }
  }
}
