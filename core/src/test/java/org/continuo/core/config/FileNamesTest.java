package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that folders get, and texts on the command line, which need no quotes. */
class FileNamesTest {
  private static final String EXPERIMENT =
      "experiment {\n backbone { type = glass, checkpoint = c }, stream { type = shelf, root = r }\n";

  @TempDir private Path folder;

  private Bound<Experiment> read(String more, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), EXPERIMENT + more + "\n}\n");
    return ExperimentFile.read(file, List.of(sets), MadeUp.registry());
  }

  private String problem(String more, String... sets) {
    InvalidInput thrown = assertThrows(InvalidInput.class, () -> read(more, sets));
    return String.join("\n", thrown.problems()).replace(folder.toString(), "DIR");
  }

  @Test
  void namesThatNoFolderCanHave() {
    String place =
        "DIR/x.conf:3: experiment.name: wrong type: found the text '%s', expected %s; choose another name";
    String seen =
        "a name for a folder, without / \\ < > : \" | ? * and without line breaks or other characters that cannot be seen";
    String ends =
        "a name for a folder that does not begin with '-', '.', '~' or a space and does not end with '.' or a space";
    Map<String, String> refused =
        Map.ofEntries(
            Map.entry("", "a name that is not empty"),
            Map.entry("  ", "a name that is not empty"),
            Map.entry("model/variant", seen),
            Map.entry("../../x", seen),
            Map.entry("a\\b", seen),
            Map.entry("a:b", seen),
            Map.entry("a\u202Eb", seen),
            Map.entry("a\u2028b", seen),
            Map.entry("..", ends),
            Map.entry("-rf", ends),
            Map.entry(" a", ends),
            Map.entry("a.", ends),
            Map.entry("a\u00A0", ends),
            Map.entry("NUL", "a name that Windows does not reserve for a device"),
            Map.entry("com1.txt", "a name that Windows does not reserve for a device"),
            Map.entry("\u00FC".repeat(101), "a name of at most 200 bytes"));
    refused.forEach(
        (name, expected) ->
            assertEquals(
                place.formatted(name, expected),
                problem("name = " + ConfigUtil.quoteString(name))));
    assertEquals(place.formatted("a\\u000ab", seen), problem("name = \"a\\nb\""));
  }

  @Test
  void namesThatLookTheSameAreTheSame() throws IOException {
    assertEquals(
        "\u00FCber 1+1 (a_b)", read("name = \"u\u0308ber 1+1 (a_b)\"").options().name().value());
    assertEquals(
        "\u00FC".repeat(100), read("name = " + "\u00FC".repeat(100)).options().name().value());
  }

  @Test
  void aTextOnTheCommandLineIsTakenAsItStands() throws IOException {
    for (String text :
        List.of(
            "{text} Answer=",
            "[INST] {text} [-INST]",
            "{a = 1}",
            "[a, b]",
            "[a",
            "'quoted' {x}",
            "a=b",
            "# no comment",
            "$HOME")) {
      assertEquals(text, read("", "name=" + text).options().name().value());
    }
    assertEquals("quoted", read("", "name=\"quoted\"").options().name().value());
    assertEquals("7", read("", "name=${experiment.seed}", "seed=7").options().name().value());
    assertEquals(
        List.of("x", "{y}"),
        ((MadeUp.ShelfFactory) read("", "stream.order=[x, \"{y}\"]").options().stream())
            .options()
            .order());
  }

  @Test
  void aListWrittenWronglyOnTheCommandLineIsToldBothSpellings() {
    assertEquals(
        "--set stream.order=[a: experiment.stream.order: wrong type: found the text '[a', expected a list; write [value, ...]; in a shell, a list is --set 'experiment.stream.order=[a, b]', a block --set 'experiment.stream.order={a = 1}', and a text stands as it is, --set 'experiment.stream.order=a text'",
        problem("", "stream.order=[a"));
    assertTrue(problem("", "seed={a = 1}").contains("experiment.seed: wrong type: found a block"));
  }

  @Test
  void includesFromElsewhereAreNotFetched() throws IOException {
    for (String include :
        List.of(
            "url(\"http://127.0.0.1:1/x.conf\")",
            "\"http://127.0.0.1:1/x.conf\"",
            "classpath(\"x.conf\")",
            "required(url(\"https://localhost:1/x.conf\"))")) {
      String told = problem("include " + include);
      assertTrue(
          told.startsWith("DIR/x.conf:3: include '")
              && told.endsWith(
                  "': found a place that is no file, expected one; download it and include the file"),
          told);
    }
  }

  @Test
  void blocksInsideEachOtherWithoutEnd() {
    assertEquals(
        "DIR/x.conf: nested too deeply: found more blocks or lists inside each other than can be read, expected a few; flatten it",
        problem("a = " + "[".repeat(100_000)));
  }
}
