package org.continuo.streams.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
      return new TextFile(file(folder))
          .read(found, "file is missing", reader -> declared(reader, found))
          .orElse(NONE);
    }
  }

  private static Labels declared(Reader reader, FileProblems problems) throws IOException {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = JsonRecords.FORMAT.createParser(reader)) {
      try {
        boolean usable = parser.nextToken() == JsonToken.START_ARRAY;
        while (usable && parser.nextToken() != JsonToken.END_ARRAY) {
          names.add(
              JsonRecords.value(parser) instanceof FieldValue.Single label
                  ? label.text().strip()
                  : "");
        }
        usable &= parser.nextToken() == null;
        boolean distinct = new HashSet<>(names).size() == names.size();
        if (usable && names.size() >= 2 && !names.contains("") && distinct) {
          return new Labels(names, FILE);
        }
        problems.add(
            "found %s, expected an array of two or more different labels"
                .formatted(usable ? names : "no such array alone"));
      } catch (JsonProcessingException e) {
        problems.add(JsonRecords.location(e, parser).getLineNr(), JsonRecords.syntax(e, parser));
      }
    }
    return NONE;
  }

  /** Those of the training records, sorted: as numbers if all are, else as text. */
  static Labels ofTrain(List<FileRecord> train, String field, FileProblems problems) {
    List<String> names =
        train.stream()
            .flatMap(record -> record.text(field).stream())
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

  /**
   * Names that differ in case, accents, spaces or the form of their characters only, as they come
   * about by hand: which would be learned as different answers.
   */
  List<List<String>> alike() {
    return names.stream()
        .collect(Collectors.groupingBy(Labels::plain, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .filter(same -> same.size() > 1)
        .toList();
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKD)
        .replaceAll("\\p{InCombiningDiacriticalMarks}+", "")
        .replaceAll("[\\s\\p{Z}_-]+", " ")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
