package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file includes counts however the file is named, and has to be there. */
class IncludesTest {
  private static final String PARTS =
      "experiment { backbone { type = glass, checkpoint = c }, stream { type = shelf, root = r } }\n";

  @TempDir private Path folder;

  private static long seed(Path file) {
    return ExperimentFile.read(file, List.of(), MadeUp.registry()).options().seed();
  }

  private List<String> problems(Path file) {
    InvalidInput invalid =
        assertThrows(
            InvalidInput.class, () -> ExperimentFile.read(file, List.of(), MadeUp.registry()));
    return invalid.problems().stream()
        .map(p -> p.replace(folder + File.separator, "").replace('\\', '/'))
        .toList();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** A file under a bare name lies in the folder the tests run in: no other folder will do. */
  @Test
  void countWhetherTheFileIsNamedBareRelativeOrAbsolute() throws IOException {
    Path shared = Files.createTempFile(Path.of(""), "shared", ".conf");
    Path main = Files.createTempFile(Path.of(""), "main", ".conf");
    try {
      Files.writeString(shared, "experiment.seed = 7\n");
      for (String include : List.of("include \"%s\"", "include required(\"%s\")")) {
        Files.writeString(main, PARTS + include.formatted(shared));
        assertEquals(7, seed(main), include);
        assertEquals(7, seed(Path.of(".").resolve(main)), include);
        assertEquals(7, seed(main.toAbsolutePath()), include);
      }
      Files.writeString(shared, "\nexperiment.seed = -7\n");
      String problem =
          ":2: experiment.seed: out of range: found -7, expected at least 0; choose a value in this"
              + " range";
      assertEquals(List.of(shared + problem), problems(main));
      assertEquals(List.of("./" + shared + problem), problems(Path.of(".").resolve(main)));
    } finally {
      Files.delete(main);
      Files.delete(shared);
    }
  }

  @Test
  void areRefusedByLineIfTheyAreNotThere() throws IOException {
    write("deeper/part.conf", "experiment.seed = 1\n\ninclude \"lost\"\n");
    write("deeper/plain.hocon", "experiment.seed = 1\n");
    Path file =
        write(
            "x.conf",
            PARTS
                + "// include \"shared.conf\"\n"
                + "include \"deeper/part\"\n"
                + "include \"shared.conf\"\n"
                + "include required(\"needed.json\")\n"
                + "include \"deeper/plain.hocon\"\n"
                + "experiment { strategy { include file(\"nowhere.conf\") } }\n"
                + "include classpath(\"nothing.conf\")\n");
    String remedy = ", expected one; correct the name or remove the include";
    assertEquals(
        List.of(
            "deeper/part.conf:3: include 'lost': found no readable file deeper/lost.conf,"
                + " deeper/lost.json, deeper/lost.properties"
                + remedy,
            "x.conf:4: include 'shared.conf': found no readable file shared.conf" + remedy,
            "x.conf:5: include 'needed.json': found no readable file needed.json" + remedy,
            "x.conf:6: include 'deeper/plain.hocon': found no readable file deeper/plain.hocon.conf,"
                + " deeper/plain.hocon.json, deeper/plain.hocon.properties"
                + remedy,
            "x.conf:7: include 'nowhere.conf': found no readable file "
                + new File("nowhere.conf").getAbsolutePath()
                + remedy,
            "x.conf:8: include 'nothing.conf': found a place that is no file, expected one; download it and include the file"),
        problems(file));
  }

  @Test
  void readWhatIsThereInEachForm() throws IOException {
    Path other = write("elsewhere/other.conf", "include \"seed\"\n");
    write("elsewhere/seed.properties", "experiment.seed = 3\n");
    assertEquals(3, seed(write("x.conf", PARTS + "include \"" + slashes(other) + "\"\n")));
    assertEquals(3, seed(write("x.conf", PARTS + "include file(\"" + slashes(other) + "\")\n")));
    assertEquals(3, seed(write("x.conf", PARTS + "include url(\"" + other.toUri() + "\")\n")));
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
