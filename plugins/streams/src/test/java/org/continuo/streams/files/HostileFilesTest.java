package org.continuo.streams.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.TaskStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what their names say, hold what no text holds, or too much of it. */
class HostileFilesTest {
  private static final String GOOD =
      "[{\"text\": \"a\", \"label\": \"x\"}, {\"text\": \"b\", \"label\": \"y\"}]";

  @TempDir Path root;
  private final FolderPlugin folder = new FolderPlugin();
  private Folders folders;

  @BeforeEach
  void writeTask() {
    folders =
        Folders.at(root)
            .write("t/labels.json", "[\"x\", \"y\"]")
            .write("t/train.json", GOOD)
            .write("t/test.json", "[{\"text\": \"c\", \"label\": \"x\"}]");
  }

  private String problemsOf(byte[] train) throws IOException {
    Files.write(root.resolve("t/train.json"), train);
    return folders.problems(folder);
  }

  @Test
  void otherEncodingsAreCalledByTheirNames() throws IOException {
    String told =
        "ROOT/t/train.json: is %1$s text, expected UTF-8; convert it: iconv -f %1$s -t UTF-8\n";
    for (String name : List.of("UTF-16LE", "UTF-16BE")) {
      assertEquals(told.formatted(name), problemsOf(GOOD.getBytes(Charset.forName(name))));
      assertEquals(
          told.formatted("UTF-16"), problemsOf(("\uFEFF" + GOOD).getBytes(Charset.forName(name))));
    }
    assertEquals(
        told.formatted("UTF-32"),
        problemsOf(("\uFEFF" + GOOD).getBytes(Charset.forName("UTF-32LE"))));
    assertEquals(
        "ROOT/t/train.json: is not UTF-8: found the byte FC in line 3; convert it, for example: iconv -f WINDOWS-1252 -t UTF-8\n",
        problemsOf("[\n\n{\"text\": \"f\u00FCr\"}]".getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void otherFormsAreCalledByTheirNames() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(GOOD.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(
        "ROOT/t/train.json: is a gzip archive; unpack it (gunzip)\n",
        problemsOf(packed.toByteArray()));
    assertEquals(
        "ROOT/t/train.json: is the pointer that Git LFS leaves in place of a file; fetch the file (git lfs pull)\n",
        problemsOf(
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
                .getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "ROOT/t/train.json: holds nothing (0 bytes), expected at least one record; fetch or write it again\n",
        problemsOf(new byte[0]));
    assertEquals(
        "ROOT/t/train.json: found one object with the fields version, data, expected a JSON array of objects; write the array alone\n",
        problemsOf("{\"version\": 2, \"data\": [{}]}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFolderOrALinkToNothingInPlaceOfAFile() throws IOException {
    Files.delete(root.resolve("t/train.json"));
    Files.createDirectory(root.resolve("t/train.json"));
    Files.delete(root.resolve("t/test.json"));
    Files.createSymbolicLink(root.resolve("t/test.json"), root.resolve("gone.json"));
    assertEquals(
        """
        ROOT/t/train.json: is a folder, expected a file; rename it, or put the file in its place
        ROOT/t/test.json: is a link to something that is not there; correct the link
        """,
        folders.problems(folder));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsNotWaitedFor() throws Exception {
    Files.delete(root.resolve("t/train.json"));
    Files.delete(root.resolve("t/labels.json"));
    for (String name : List.of("train.json", "labels.json")) {
      Process made = new ProcessBuilder("mkfifo", root.resolve("t/" + name).toString()).start();
      assertEquals(0, made.waitFor());
    }
    assertEquals(
        """
        ROOT/t/train.json: is a pipe, a device or a socket, expected a file; write what it gives into a file
        ROOT/t/labels.json: is a pipe, a device or a socket, expected a file; write what it gives into a file
        """,
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> folders.problems(folder)));
  }

  @Test
  void valuesThatAreNoSingleText() {
    folders.write(
        "t/train.json",
        """
        [{"text": "a", "label": ["x"]},
        {"text": "b", "label": []},
        {"text": "c", "label": {"x": [1]}},
        {"text": ["d", "e"], "label": true},
        {"text": null, "label": "x"}]
        """);
    assertEquals(
        """
        ROOT/t/train.json line 1: field 'label' is an array of 1, expected one text; write the one that counts, without brackets
        ROOT/t/train.json line 2: field 'label' is an array of 0, expected one text; fill it or remove the record
        ROOT/t/train.json line 3: field 'label' is an object, expected one text; write the text itself, without braces
        ROOT/t/train.json line 4: field 'text' is an array of 2, expected one text; write the one that counts, without brackets
        ROOT/t/train.json line 4: label (from labels.json): found 'true', available: x, y
        ROOT/t/train.json: further problems: 1
        """,
        folders.problems(folder));
    folders.write("t/labels.json", "[\"x\", null]");
    assertEquals(
        "ROOT/t/labels.json: found [x, ], expected an array of two or more different labels",
        folders.problems(folder).lines().toList().get(0));
  }

  @Test
  void numbersAndTruthValuesAreReadAsTheyAreWritten() {
    List<Example> examples =
        train(
            folders
                .write("t/labels.json", "[1.50, true, 1e3]")
                .write("t/test.json", "[{\"text\": 7, \"label\": 1.50}]")
                .write(
                    "t/train.json",
                    "[{\"text\": 0.10, \"label\": 1.50}, {\"text\": false, \"label\": \"true\"},"
                        + " {\"text\": \"z\", \"label\": 1e3}]")
                .open(folder));
    assertEquals(List.of("0.10", "false", "z"), examples.stream().map(Example::text).toList());
    assertEquals(List.of("1.50", "true", "1e3"), examples.stream().map(Example::answer).toList());
  }

  @Test
  void numbersThatJsonDoesNotHave() {
    folders
        .write(
            "t/train.json",
            "[{\"text\": \"a\", \"label\": \"x\"},\n{\"text\": \"b\", \"label\": NaN}]")
        .write("t/test.json", "[{\"text\": \"c\", \"label\": -Infinity}]");
    assertEquals(
        """
        ROOT/t/train.json line 2: found NaN, which is no value of JSON; put it in quotes if it is a label, else remove the record
        ROOT/t/test.json line 1: found -Infinity, which is no value of JSON; put it in quotes if it is a label, else remove the record
        """,
        folders.problems(folder));
  }

  @Test
  void theCharacterNul() {
    folders.write(
        "t/train.json",
        "[{\"text\": \"a\\u0000b\", \"label\": \"x\"}, {\"text\": \"c\", \"label\": \"x\\u0000\"}]");
    String told =
        "ROOT/t/train.%1$s line %2$d: field '%3$s' holds the character NUL (U+0000), which no text has; remove it, or write the file again\n";
    assertEquals(
        told.formatted("json", 1, "text") + told.formatted("json", 1, "label"),
        folders
            .problems(folder)
            .lines()
            .limit(2)
            .map(line -> line + "\n")
            .reduce("", String::concat));
    folders
        .write("t/train.csv", "text,label\na,x\nb\0c,y\n")
        .write("t/test.csv", "text,label\nd,x\n");
    assertEquals(told.formatted("csv", 3, "text"), folders.problems(new CsvPlugin()));
  }

  @Test
  void moreThanTheParserTakes() {
    folders.write(
        "t/train.json",
        "[\n{\"text\": \"a\", \"label\": \"x\", \"deep\": "
            + "[".repeat(20_000)
            + "]".repeat(20_000)
            + "}]");
    assertEquals(
        "ROOT/t/train.json line 2: holds more than is read, at column 1036: Document nesting depth (1001) exceeds the maximum allowed (1000); split or shorten it\n",
        folders.problems(folder));
    folders.write(
        "t/train.json", "[\n\n{\"label\": \"x\", \"text\": \"" + "a".repeat(21_000_000) + "\"}]");
    String told = folders.problems(folder);
    assertTrue(
        told.startsWith("ROOT/t/train.json line 3: holds more than is read, at column "), told);
    assertTrue(told.contains("exceeds the maximum allowed (20000000); split"), told);
    folders
        .write(
            "t/train.jsonl",
            "{\"text\": \"a\", \"label\": \"x\"}\n{\"x\": ".repeat(1)
                + "{\"x\": ".repeat(20_000)
                + "\n")
        .write("t/test.jsonl", "{\"text\": \"c\", \"label\": \"x\"}\n");
    told = folders.problems(new JsonlPlugin());
    assertTrue(
        told.startsWith("ROOT/t/train.jsonl line 2: holds more than is read, at column "), told);
  }

  @Test
  void lineEndsAndByteOrderMarksChangeNothing() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      for (String last : List.of("", end)) {
        for (String first : List.of("", "\uFEFF")) {
          String mixed = first + "text,label" + end + "a,x\nb,y" + last;
          folders.write("t/train.csv", mixed).write("t/test.csv", "text,label\nc,x\n");
          folders
              .write(
                  "t/train.jsonl",
                  first
                      + "{\"text\": \"a\", \"label\": \"x\"}"
                      + end
                      + "{\"text\": \"b\", \"label\": \"y\"}"
                      + last)
              .write("t/test.jsonl", "{\"text\": \"c\", \"label\": \"x\"}")
              .write("t/labels.json", first + "[\"x\"," + end + "\"y\"]" + last);
          for (TaskFilesPlugin plugin : List.of(new CsvPlugin(), new JsonlPlugin())) {
            assertEquals(
                List.of("a", "b"),
                train(folders.devShare(0).open(plugin)).stream().map(Example::text).toList());
          }
        }
      }
    }
  }

  private static List<Example> train(TaskStream stream) {
    return stream.examples(stream.tasks().get(0), Split.TRAIN);
  }

  @Test
  void labelsThatLookAlikeAreToldButKept() throws IOException {
    Files.delete(root.resolve("t/labels.json"));
    TaskStream stream =
        folders
            .write(
                "t/train.json",
                "[{\"text\": \"a\", \"label\": \"Caf\u00E9 bar\"}, {\"text\": \"b\", \"label\": \"Cafe\u0301 bar\"},"
                    + " {\"text\": \"c\", \"label\": \"cafe  bar\"}, {\"text\": \"d\", \"label\": \"tea\"}]")
            .write("t/test.json", "[{\"text\": \"e\", \"label\": \"tea\"}]")
            .open(folder);
    assertEquals(4, stream.tasks().get(0).labels().size());
    assertEquals(
        List.of(
            "task 't': the labels 'Cafe\u0301 bar', 'Caf\u00E9 bar', 'cafe  bar' differ in case, accents, spaces or the form of their characters only, and count as different answers; if they mean the same, write them the same"),
        stream.warnings());
  }

  @Test
  void overlapsThatAreAllowedAreToldOnceForAllTasks() {
    String same = "[{\"text\": \"c\", \"label\": \"x\"}, {\"text\": \"a\", \"label\": \"x\"}]";
    for (String task : List.of("t", "u")) {
      folders
          .write(task + "/labels.json", "[\"x\", \"y\"]")
          .write(task + "/train.json", GOOD)
          .write(task + "/dev.json", same)
          .write(task + "/test.json", same);
    }
    assertEquals(
        List.of(
            "dev texts that are also in train: 1 of 2 of task 't', 1 of 2 of task 'u'; training.select-best then favours weights that know these texts by heart",
            "test texts that are also in train: 1 of 2 of task 't', 1 of 2 of task 'u'; the score is then partly that of texts learned by heart",
            "test texts that are also in dev: 2 of 2 of task 't', 2 of 2 of task 'u'; with training.select-best the weights are chosen by the test itself, and the score is not that of unseen texts: set it to false, or delete dev, which is then taken out of train"),
        folders.allowOverlap().open(folder).warnings());
  }
}
