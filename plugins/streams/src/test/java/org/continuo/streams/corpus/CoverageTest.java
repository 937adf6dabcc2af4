package org.continuo.streams.corpus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.continuo.api.data.Split;
import org.continuo.streams.RealTasks;
import org.junit.jupiter.api.Test;

/** How much of real task texts is made of words that the generated text teaches. */
class CoverageTest {
  private static final Pattern WORD = Pattern.compile("[a-z]+(?:'[a-z]+)?");

  @Test
  void mostWordsOfRealTasksOccurInGeneratedText() throws IOException {
    Path tasks = RealTasks.mtl5();
    Set<String> known = new HashSet<>();
    GeneratedText text = GeneratedText.write(new GeneratedText.Options(8000, 0, 0, 25, 90), 1);
    text.examples(text.tasks().get(0), Split.TRAIN)
        .forEach(example -> known.addAll(words(example.answer())));
    assertTrue(known.size() > 5000, () -> known.size() + " words");
    long total = 0;
    long found = 0;
    for (String task : List.of("agnews", "amazon", "dbpedia", "sst2")) {
      Path file = tasks.resolve(task).resolve("train.json");
      for (JsonNode example : new ObjectMapper().readTree(file.toFile())) {
        List<String> words = words(example.path("sentence").asText().toLowerCase(Locale.ROOT));
        total += words.size();
        found += words.stream().filter(known::contains).count();
      }
    }
    double share = (double) found / total;
    assertTrue(share > 0.80, () -> "generated text covers " + share + " of the words of the tasks");
  }

  /** Words that are written in lower case, so that invented names do not count. */
  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(match -> match.group()).toList();
  }
}
