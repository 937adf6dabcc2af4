package org.continuo.streams.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.streams.task.TemplateOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words in which faults of options and files are told. */
class FileProblemsTest {
  @TempDir Path root;
  private final FolderPlugin folder = new FolderPlugin();
  private final JsonlPlugin jsonl = new JsonlPlugin();
  private final CsvPlugin csv = new CsvPlugin();
  private Folders folders;

  @BeforeEach
  void writeTasks() {
    folders =
        Folders.at(root)
            .write("agnews/labels.json", "[\"World\", \"Sports\"]")
            .write(
                "agnews/train.json",
                "[{\"sentence\": \"a\", \"label\": \"World\"},\n{\"sentence\": \"b\", \"label\": \"Sports\"}]")
            .write("agnews/dev.json", "[{\"sentence\": \"c\", \"label\": \"World\"}]")
            .write("agnews/test.json", "[{\"sentence\": \"d\", \"label\": \"World\"}]");
  }

  @Test
  void missingRoot() {
    Folders wrong = Folders.at(root.resolve("agnew/deeper"));
    assertEquals(
        "root: found no folder ROOT, expected one that holds a folder per task; in "
            + root
            + ": found 'agnew', available: agnews; did you mean 'agnews'?\n",
        wrong.problems(folder));
  }

  @Test
  void noTasksInRoot() {
    assertEquals(
        "root: found no task in ROOT, expected folders with train.jsonl; folders there: agnews; if its files are of another kind, set type to folder (.json), jsonl or csv\n",
        folders.problems(jsonl));
  }

  @Test
  void rootIsATask() {
    assertEquals(
        "root: ROOT is itself the folder of a task; set root to the folder above it, "
            + root
            + "\n",
        Folders.at(root.resolve("agnews")).problems(folder));
  }

  @Test
  void unknownTasks() {
    assertEquals(
        """
        templates: found 'agnws', available: agnews; did you mean 'agnews'?
        order: found 'AGnews', available: agnews; did you mean 'agnews'?
        order: found 'yelp', available: agnews
        """,
        folders
            .order("AGnews", "agnews", "yelp")
            .templates(Map.of("agnws", Folders.PLAIN))
            .problems(folder));
  }

  @Test
  void namesThatAreNoTaskNames() {
    folders.write("SST 2/train.json", "[]").write("Nul/train.json", "[]");
    assertEquals(
        """
        task folders in ROOT: found the name 'Nul', expected none that Windows reserves for a device; rename it or leave it out of order
        task folders in ROOT: found the name 'SST 2', expected 1 to 100 letters a to z of either case, digits, '.', '_' and '-', the first a letter or a digit, the last no '.'; rename it or leave it out of order
        """,
        folders.problems(folder));
    assertEquals(1, folders.order("agnews").open(folder).tasks().size());
  }

  @Test
  void recordsOfAnArray() {
    folders.write(
        "agnews/train.json",
        """
        [
        {"sentence": "a", "label": "Sport"},
        {"sentence": "b"},
        {"sentence": "  ", "label": "World"},
        {"sentence": "x", "label": null},
        {"sentence": {"title": "d"}, "label": "World"},
        {"sentence": "e", "label": "Weather"},
        7,
        {"sentence": "f", "label": 3}
        ]
        """);
    assertEquals(
        """
        ROOT/agnews/train.json line 8: found a number, expected an object like {"sentence": "...", "label": "..."}
        ROOT/agnews/train.json line 2: label (from labels.json): found 'Sport', available: World, Sports; did you mean 'Sports'?
        ROOT/agnews/train.json line 3: has no field 'label'; fields found: sentence
        ROOT/agnews/train.json line 4: field 'sentence' holds no text; remove the record or fill it
        ROOT/agnews/train.json line 5: field 'label' is null, expected one text; fill it or remove the record
        ROOT/agnews/train.json line 6: field 'sentence' is an object, expected one text; write the text itself, without braces
        ROOT/agnews/train.json: further problems: 2
        """,
        folders.problems(folder));
  }

  @Test
  void manyFilesAtOnce() throws IOException {
    Files.delete(root.resolve("agnews/test.json"));
    folders
        .write("agnews/labels.json", "[\"World\", \"World\"]")
        .write("agnews/dev.json", "[]")
        .write("sst2/train.json", "{\"sentence\": \"a\"}")
        .write("sst2/test.json", "[{\"sentence\": \"a\", \"label\": 1}\n{}]")
        .write("yelp/train.json", "[{\"review\": \"a\", \"stars\": 1}]")
        .write("yelp/test.json", "[] []");
    Files.write(root.resolve("sst2/dev.json"), new byte[] {'[', '"', (byte) 0xE4, '"', ']'});
    assertEquals(
        """
        ROOT/agnews/dev.json: found no records, expected at least one
        ROOT/agnews/test.json: file is missing; every task has train and test, only dev may be left out
        ROOT/agnews/labels.json: found [World, World], expected an array of two or more different labels
        ROOT/sst2/train.json: expected a JSON array of objects; one object per line is read by type = jsonl
        ROOT/sst2/dev.json: is not UTF-8: found the byte E4 in line 1; convert it, for example: iconv -f WINDOWS-1252 -t UTF-8
        ROOT/sst2/test.json line 2: not valid JSON at column 1: Unexpected character ('{' (code 123)): was expecting comma to separate Array entries
        ROOT/yelp/test.json line 1: found more after the end of the array, expected one JSON array
        ROOT/yelp/train.json: no record has the field 'sentence' or 'text'; fields found: review, stars; set text-field
        ROOT/yelp/train.json: no record has the field 'label'; fields found: review, stars; set label-field
        """,
        folders.problems(folder));
  }

  @Test
  void devThatIsACopyOfTest() throws IOException {
    Files.copy(root.resolve("agnews/test.json"), root.resolve("agnews/dev2.json"));
    Files.delete(root.resolve("agnews/dev.json"));
    Files.move(root.resolve("agnews/dev2.json"), root.resolve("agnews/dev.json"));
    assertEquals(
        "ROOT/agnews/test.json: texts that are also in dev.json: 1 of 1, first agnews/test/0 = agnews/dev/0: 'd'; with training.select-best the weights are chosen by the test itself, and the score is not that of unseen texts: set it to false, or delete dev, which is then taken out of train; remove them from one of the two, or set allow-overlap = true\n",
        folders.problems(folder));
    assertEquals(1, folders.allowOverlap().open(folder).tasks().size());
  }

  @Test
  void overlapOfTrainAndTestEvenWithoutDev() throws IOException {
    Files.delete(root.resolve("agnews/dev.json"));
    folders.write(
        "agnews/test.json",
        "[{\"sentence\": \"x\", \"label\": \"World\"}, {\"sentence\": \" b\\n\", \"label\": \"World\"}]");
    assertEquals(
        "ROOT/agnews/test.json: texts that are also in train.json: 1 of 2, first agnews/test/1 = agnews/train/1: 'b'; the score is then partly that of texts learned by heart; remove them from one of the two, or set allow-overlap = true\n",
        folders.problems(folder));
  }

  @Test
  void jsonLines() {
    folders
        .write(
            "t/train.jsonl",
            "{\"text\": \"a\", \"label\": \"x\"}\n\n{\"text\": \"b\"\n[1]\n{\"text\": \"c\", \"label\": \"x\"} {}\n")
        .write("t/test.jsonl", "{\"text\": \"d\", \"label\": \"y\"}");
    assertEquals(
        """
        ROOT/t/train.jsonl line 3: not valid JSON at column 13: Unexpected end-of-input: expected close marker for Object
        ROOT/t/train.jsonl line 4: found an array, expected an object like {"sentence": "...", "label": "..."}
        ROOT/t/train.jsonl line 5: found more after the object, expected one object per line
        ROOT/t/train.jsonl: found the one label 'x', expected two or more; list all in labels.json, or set free-text = true
        """,
        folders.problems(jsonl));
  }

  @Test
  void csvRows() {
    folders
        .write("t/train.csv", "sentence,label\na,1\nb, or c,2\nd\n")
        .write("t/test.csv", "sentence;label\ne;1\n");
    assertEquals(
        """
        ROOT/t/train.csv line 3: columns: found 3, expected 2 as in the header (sentence, label); quote texts that hold the delimiter
        ROOT/t/train.csv line 4: columns: found 1, expected 2 as in the header (sentence, label); quote texts that hold the delimiter
        ROOT/t/test.csv line 1: found ";" between the columns of the header (sentence;label), expected ","; set delimiter = ";"
        ROOT/t/train.csv: found the one label '1', expected two or more; list all in labels.json, or set free-text = true
        """,
        folders.problems(csv));
  }

  @Test
  void theSameFieldTwiceInAnObject() {
    folders
        .write(
            "agnews/train.json",
            """
            [{"sentence": "a", "label": "World"},
            {"sentence": "b", "label": "World",
             "label": "Sports"}]
            """)
        .write(
            "agnews/test.json",
            "[{\"sentence\": \"d\", \"label\": \"World\",\n\"more\": {\"x\": 1, \"x\": 1}}]");
    assertEquals(
        """
        ROOT/agnews/train.json line 3: found the field 'label' twice in one object, expected it once; remove one of the two
        ROOT/agnews/test.json line 2: found the field 'x' twice in one object, expected it once; remove one of the two
        """,
        folders.problems(folder));
    folders
        .write(
            "t/train.jsonl",
            """
            {"text": "a", "label": "x"}

            {"text": "b", "te\\u0078t": "c", "label": "y"}
            {"text": "d", "label": "y"}
            {"label": "x", "text": "e", "label": "x"}
            """)
        .write("t/test.jsonl", "{\"text\": \"f\", \"label\": \"y\"}");
    assertEquals(
        """
        ROOT/t/train.jsonl line 3: found the field 'text' twice in one object, expected it once; remove one of the two
        ROOT/t/train.jsonl line 5: found the field 'label' twice in one object, expected it once; remove one of the two
        """,
        folders.problems(jsonl));
  }

  @Test
  void columnsBetweenOtherDelimiters() {
    folders
        .write("t/train.csv", "text\tlabel\n\"he said \"\"hi, 0\"\"\"\tx\n")
        .write("t/dev.csv", "\ntext|label\na|x\n")
        .write("t/test.csv", "text,label\nb,x\n");
    assertEquals(
        """
        ROOT/t/train.csv line 1: found "/t" between the columns of the header (text\tlabel), expected ","; set delimiter = "/t"
        ROOT/t/dev.csv line 2: found "|" between the columns of the header (text|label), expected ","; set delimiter = "|"
        """,
        folders.write("t/labels.json", "[\"x\", \"y\"]").problems(csv));
    assertEquals(
        """
        ROOT/t/dev.csv line 2: found "|" between the columns of the header (text|label), expected "/t"; set delimiter = "|"
        ROOT/t/test.csv line 1: found "," between the columns of the header (text,label), expected "/t"; set delimiter = ","
        """,
        folders.delimiter("\t").problems(csv));
  }

  @Test
  void theSameColumnTwice() {
    folders
        .write("t/train.csv", "sentence,label, label,,\na,1,2,,\nb,2,1,,\n")
        .write("t/test.csv", "sentence,label,,\nc,1,,\n");
    assertEquals(
        "ROOT/t/train.csv line 1: found the column 'label' more than once in the header (sentence, label, label, , ), expected it once; rename or remove the others\n",
        folders.problems(csv));
  }

  @Test
  void optionsThatDoNotGoTogether() {
    Folders odd =
        folders
            .order("agnews", "agnews")
            .templates(
                Map.of(
                    "a", new TemplateOptions("{txt}", true, Optional.empty()),
                    "b", new TemplateOptions("no text", false, Optional.empty())))
            .freeText()
            .delimiter(";;")
            .fields("x", "x");
    assertEquals(
        List.of(
            "order: found 'agnews' more than once; each task is met once",
            "templates.a.prompt: prompt template has unknown placeholders [txt]; available: [text, options, lettered, task]",
            "templates.b.prompt: prompt template must hold {text} exactly once, found: 'no text'",
            "text-field and label-field are both 'x'; expected two fields: set one of them",
            "free-text = true, but a template has letters = true; free text has no options: remove one of them",
            "delimiter: found ';;', but json files have no columns; remove it or use type = csv"),
        folder.conflicts(odd.options()));
    assertEquals(
        "delimiter: found ';;', expected one character, no quote and no line break, for example ';' or a tab (\\t)",
        csv.conflicts(odd.options()).get(5));
    assertEquals(List.of(), jsonl.conflicts(Folders.at(root).options()));
    assertEquals(List.of(), csv.conflicts(Folders.at(root).delimiter("\t").options()));
  }
}
