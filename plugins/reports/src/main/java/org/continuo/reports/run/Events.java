package org.continuo.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code events.jsonl} says.
 *
 * @param present whether the file is there
 * @param tasks in the order they were started
 * @param warnings each once
 * @param starts how often the run was started or resumed
 * @param evaluations test evaluations
 * @param cachedEvaluations those of them that reused an earlier result
 * @param unreadableLines left out
 */
public record Events(
    boolean present,
    List<TaskEvents> tasks,
    List<String> warnings,
    int starts,
    int evaluations,
    int cachedEvaluations,
    int unreadableLines) {

  static Events read(Path file) throws IOException {
    Reader reader = new Reader();
    boolean present = Files.isRegularFile(file);
    if (present) {
      // a decoder that replaces: a line cut inside a character must not end the reading
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          reader.accept(line);
        }
      }
    }
    return reader.events(present);
  }

  private static final class Reader {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private final Map<String, TaskEvents> tasks = new LinkedHashMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    // a resumed run may evaluate a cell again: the later one counts
    private final Map<List<String>, Boolean> cachedByCell = new LinkedHashMap<>();
    private int starts;
    private int unreadableLines;

    void accept(String line) {
      if (line.isBlank()) {
        return;
      }
      Fields event;
      try {
        event = new Fields(JSON.readTree(line));
      } catch (JsonProcessingException notJson) {
        unreadableLines++;
        return;
      }
      if (event.text("event").isEmpty()) {
        unreadableLines++;
        return;
      }
      switch (event.text("event").orElseThrow()) {
        case "run-started" -> starts++;
        case "task-started" -> task(event).started(event);
        case "step" -> task(event).step(event);
        case "dev" -> task(event).dev(event);
        case "value" -> task(event).value(event);
        case "task-finished" -> task(event).finished(event);
        case "evaluated" ->
            cachedByCell.put(
                List.of(event.text("stage").orElse(""), event.text("task").orElse("")),
                event.flag("cached").orElse(false));
        case "warning" -> event.text("text").ifPresent(warnings::add);
        default -> {
          // run-finished says what results.json says; others may come with later versions
        }
      }
    }

    private TaskEvents task(Fields event) {
      return tasks.computeIfAbsent(event.text("task").orElse("?"), TaskEvents::new);
    }

    Events events(boolean present) {
      return new Events(
          present,
          new ArrayList<>(tasks.values()),
          List.copyOf(warnings),
          starts,
          cachedByCell.size(),
          (int) cachedByCell.values().stream().filter(cached -> cached).count(),
          unreadableLines);
    }
  }
}
