package org.continuo.reports.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.continuo.results.Event;
import org.continuo.results.EventLog;

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

  static Events read(Path run) throws IOException {
    Reader reader = new Reader();
    int unreadable = EventLog.read(run, reader::accept);
    return reader.events(EventLog.isIn(run), unreadable);
  }

  private static final class Reader {
    private final Map<String, TaskEvents> tasks = new LinkedHashMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    // a resumed run may evaluate a cell again: the later one counts
    private final Map<List<Object>, Boolean> cachedByCell = new LinkedHashMap<>();
    private int starts;

    void accept(Event event) {
      if (event instanceof Event.RunStarted) {
        starts++;
      } else if (event instanceof Event.TaskStarted started) {
        task(started.task()).started(started);
      } else if (event instanceof Event.Step step) {
        task(step.task()).step(step);
      } else if (event instanceof Event.Dev dev) {
        task(dev.task()).dev(dev);
      } else if (event instanceof Event.Value value) {
        task(value.task()).value(value);
      } else if (event instanceof Event.TaskFinished finished) {
        task(finished.task()).finished(finished);
      } else if (event instanceof Event.Evaluated tested) {
        cachedByCell.put(List.of(tested.stage(), tested.task()), tested.cached());
      } else if (event instanceof Event.Warning warning) {
        warnings.add(warning.text());
      }
    }

    private TaskEvents task(String name) {
      return tasks.computeIfAbsent(name, TaskEvents::new);
    }

    Events events(boolean present, int unreadable) {
      return new Events(
          present,
          new ArrayList<>(tasks.values()),
          List.copyOf(warnings),
          starts,
          cachedByCell.size(),
          (int) cachedByCell.values().stream().filter(cached -> cached).count(),
          unreadable);
    }
  }
}
