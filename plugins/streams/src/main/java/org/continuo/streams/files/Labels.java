package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.continuo.streams.task.Problems;

/**
 * The labels a task knows.
 *
 * @param names in their order; empty for free-text answers and after a problem
 * @param source where they come from, for messages
 */
record Labels(List<String> names, String source) {
  private static final String FILE = "labels.json";

  static final Labels NONE = new Labels(List.of(), "");

  Labels {
    names = List.copyOf(names);
  }

  static Path file(Path folder) {
    return folder.resolve(FILE);
  }

  /** As {@code labels.json} lists them. */
  static Labels declared(Path folder, Problems problems) {
    try (FileProblems found = new FileProblems(file(folder), problems)) {
      try {
        JsonNode array = JsonRecords.MAPPER.readTree(Files.readString(file(folder)));
        List<String> names = new ArrayList<>();
        array.forEach(label -> names.add(label.isValueNode() ? label.asText().strip() : ""));
        boolean distinct = new HashSet<>(names).size() == names.size();
        if (array.isArray() && names.size() >= 2 && !names.contains("") && distinct) {
          return new Labels(names, FILE);
        }
        found.add("found %s, expected an array of two or more different labels".formatted(array));
      } catch (JsonProcessingException e) {
        found.add(e.getLocation().getLineNr(), JsonRecords.syntax(e));
      } catch (IOException e) {
        found.add("cannot be read: " + e);
      }
      return NONE;
    }
  }

  /** Those of the training records, sorted: as numbers if all are, else as text. */
  static Labels ofTrain(List<FileRecord> train, String field, FileProblems problems) {
    List<String> names =
        train.stream()
            .flatMap(record -> record.first(List.of(field)).stream())
            .filter(label -> !label.isEmpty())
            .distinct()
            .toList();
    boolean numbers = names.stream().allMatch(name -> name.matches("[+-]?\\d{1,15}(\\.\\d+)?"));
    Comparator<String> order =
        numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
    if (names.size() == 1) {
      problems.add(
          "found the one label '%s', expected two or more; list all in %s, or set free-text = true"
              .formatted(names.get(0), FILE));
      return NONE;
    }
    return new Labels(names.stream().sorted(order).toList(), "train, for want of a " + FILE);
  }
}
