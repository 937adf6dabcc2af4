package org.continuo.moecl;

import java.util.ArrayList;
import java.util.List;

/** Three small tasks whose texts differ in their words, for the fixtures' tokenizers. */
final class TestTasks {
  private static final List<List<String>> WORDS =
      List.of(
          List.of("the", "a", "of", "to", "in"),
          List.of("dog", "cat", "runs", "sleeps", "house"),
          List.of("12", "7", "3.5", "+", "99"));

  private TestTasks() {}

  static TestStream three() {
    return three(6);
  }

  /**
   * @param rows of each task, 1 to 7 words long
   */
  static TestStream three(int rows) {
    TestStream stream = new TestStream();
    for (int t = 0; t < 3; t++) {
      List<TestStream.Row> examples = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word <= (row * 5) % 7; word++) {
          List<String> words = WORDS.get(t);
          text.append(words.get((row + word * (row + 1)) % words.size())).append(' ');
        }
        examples.add(new TestStream.Row(text.toString().strip(), row % 2 == 0 ? "yes" : "no"));
      }
      stream.with("task" + (t + 1), List.of("yes", "no"), examples);
    }
    return stream;
  }
}
