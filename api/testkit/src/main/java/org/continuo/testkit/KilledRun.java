package org.continuo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a run as a kill leaves it. */
public final class KilledRun {
  private KilledRun() {}

  /**
   * Copies what a run that kept {@code checkpoints = all} had written when it was in the middle of
   * a task: no results, the last event cut short.
   *
   * @param tasks those it had trained and tested, at least one
   * @param finished folder of the run
   * @param copy a folder that is not there yet
   * @return {@code copy}
   */
  public static Path after(int tasks, Path finished, Path copy) {
    try (Stream<Path> files = Files.walk(finished)) {
      for (Path file : files.toList()) {
        Path place = finished.relativize(file);
        if (!later(place, tasks)) {
          Files.copy(file, copy.resolve(place.toString()));
        }
      }
      Files.writeString(copy.resolve("events.jsonl"), "{\"event\":\"st", StandardOpenOption.APPEND);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + finished, e);
    }
  }

  private static boolean later(Path place, int tasks) {
    String name = place.getName(0).toString();
    if (List.of("checkpoints", "predictions").contains(name) && place.getNameCount() > 1) {
      String stage = place.getName(1).toString().replaceFirst("-.*", "");
      return stage.matches("\\d+") && Integer.parseInt(stage) >= tasks;
    }
    return name.startsWith("results.json");
  }
}
