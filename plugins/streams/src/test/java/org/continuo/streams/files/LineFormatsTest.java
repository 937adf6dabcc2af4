package org.continuo.streams.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFormatsTest {
  @TempDir Path root;

  @Test
  void jsonLinesSkipBlankLinesAndTheByteOrderMark() {
    Folders folders =
        Folders.at(root)
            .write(
                "t/train.jsonl",
                "\uFEFF{\"text\": \"a\", \"label\": 10}\n\n{\"text\": \"b\\nc\", \"label\": 9}\r\n")
            .write("t/test.jsonl", "{\"text\": \"d\", \"label\": 9, \"more\": [1]}");
    TaskStream stream = folders.devShare(0).open(new JsonlPlugin());
    Task task = stream.tasks().get(0);
    assertEquals(List.of("9", "10"), task.labels());
    assertEquals(
        List.of(
            new Example("t/train/0", "t", "a", "10"), new Example("t/train/1", "t", "b\nc", "9")),
        stream.examples(task, Split.TRAIN));
  }

  @Test
  void csvReadsQuotedTextsOtherDelimitersAndOtherColumns() {
    Folders folders =
        Folders.at(root)
            .write(
                "t/train.csv",
                "\uFEFFid;stars;review\n1;1;\"bad; and\n\"\"worse\"\"\"\n\n2;-1;x\n3;2.5;y\n")
            .write("t/dev.csv", "stars;review\n1;fine\n")
            .write("t/test.csv", "review;stars\nfair;2.5\n");
    TaskStream stream = folders.delimiter(";").fields("review", "stars").open(new CsvPlugin());
    Task task = stream.tasks().get(0);
    assertEquals(List.of("-1", "1", "2.5"), task.labels());
    assertEquals(
        new Example("t/train/0", "t", "bad; and\n\"worse\"", "1"),
        stream.examples(task, Split.TRAIN).get(0));
    assertEquals("t/train/2", stream.examples(task, Split.TRAIN).get(2).id());
    assertEquals(
        List.of(new Example("t/test/0", "t", "fair", "2.5")), stream.examples(task, Split.TEST));
  }

  @Test
  void labelsFileSetsTheOrder() {
    Folders folders =
        Folders.at(root)
            .write("t/labels.json", "[\"spam\", \"ham\", \"eggs\"]")
            .write("t/train.csv", "sentence,label\na,ham\n")
            .write("t/test.csv", "sentence,label\nb,spam\n");
    TaskStream stream = folders.open(new CsvPlugin());
    assertEquals(List.of("spam", "ham", "eggs"), stream.tasks().get(0).labels());
    assertEquals(List.of(), stream.examples(stream.tasks().get(0), Split.DEV));
  }
}
