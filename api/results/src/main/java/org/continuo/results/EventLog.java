package org.continuo.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.continuo.api.plugin.Stability;

/** {@code events.jsonl}: one event per line, flushed one by one. */
@Stability(Stability.Level.EVOLVING)
public final class EventLog {
  public static final String NAME = "events.jsonl";
  private static final ObjectReader EVENTS = ResultsJson.MAPPER.readerFor(Event.class);

  private EventLog() {}

  public static boolean isIn(Path run) {
    return Files.isRegularFile(run.resolve(NAME));
  }

  /** Without the end of the line. */
  public static String line(Event event) {
    try {
      return ResultsJson.MAPPER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write as JSON: " + event, e);
    }
  }

  /**
   * The events of a run that can be read; those of kinds that a later version has are passed over.
   */
  public static List<Event> read(Path run) throws IOException {
    List<Event> events = new ArrayList<>();
    read(run, events::add);
    return events;
  }

  /** The one that begins the log; empty if there is none, or it cannot be read. */
  public static Optional<Event> first(Path run) throws IOException {
    if (!isIn(run)) {
      return Optional.empty();
    }
    try (BufferedReader lines = lines(run)) {
      return Optional.of(EVENTS.<Event>readValue(Optional.ofNullable(lines.readLine()).orElse("")));
    } catch (JsonProcessingException cutShort) {
      return Optional.empty();
    }
  }

  /** By a decoder that replaces: a line cut inside a character must not end the reading. */
  private static BufferedReader lines(Path run) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(run.resolve(NAME)), StandardCharsets.UTF_8));
  }

  /**
   * As they come, for long runs; none if the file is not there.
   *
   * @return lines that hold no event, as a run that was killed leaves one
   */
  public static int read(Path run, Consumer<Event> each) throws IOException {
    int unreadable = 0;
    if (!isIn(run)) {
      return unreadable;
    }
    try (BufferedReader lines = lines(run)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          if (!line.isBlank()) {
            each.accept(EVENTS.<Event>readValue(line));
          }
        } catch (InvalidTypeIdException e) {
          unreadable += e.getTypeId() == null ? 1 : 0;
        } catch (JsonProcessingException notAnEvent) {
          unreadable++;
        }
      }
    }
    return unreadable;
  }
}
