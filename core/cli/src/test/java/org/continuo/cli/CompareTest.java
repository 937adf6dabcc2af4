package org.continuo.cli;

import static org.continuo.core.testing.RunFiles.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.continuo.core.testing.MadeUp;
import org.continuo.core.testing.RunFiles;
import org.continuo.results.ResultsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code report --compare A B}. */
class CompareTest {
  private static final String EXPERIMENT =
      "experiment { backbone { type = glass, checkpoint = c }, stream { type = shelf, root = r } }\n";

  @TempDir Path folder;
  private Path a;
  private Path b;

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void twoRuns() throws IOException {
    a = RunFiles.run(folder.resolve("a"), "x");
    b = RunFiles.run(folder.resolve("b"), "x");
    for (Path run : new Path[] {a, b}) {
      Files.writeString(run.resolve("experiment.conf"), EXPERIMENT);
      RunFiles.answers(
          run, "0-x", "x", answer("x/1", "bad", run == a ? 0 : 1), answer("x/2", "good", 0));
    }
  }

  private Outcome report(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Main.commandLine(() -> MadeUp.with(MadeUp.fixed(), MadeUp.listing(ResultsFile.COMPARISON)));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "report";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int status = line.execute(all);
    return new Outcome(status, plain(out), plain(err));
  }

  private String plain(StringWriter writer) {
    return writer.toString().replace(System.lineSeparator(), "\n").replace(folder + "/", "");
  }

  private Outcome compare(String... more) {
    String[] arguments = new String[5 + more.length];
    String[] first = {
      "--compare", a.toString(), b.toString(), "--out", folder.resolve("out").toString()
    };
    System.arraycopy(first, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return report(arguments);
  }

  @Test
  void printsTheDifferencesAndWritesFileAndReport() throws IOException {
    Outcome outcome = compare();
    assertEquals("", outcome.err());
    assertEquals(
        """
        A  a (still, seed 1)
        B  b (still, seed 1)

        TASK  MEASURE    A       B       POINTS  95% INTERVAL
        x     accuracy   0.5000  1.0000  +50.0   +0.0 to +100.0
              fixed@0.5  0.5000  0.5000  +0.0    +0.0 to +0.0

        out/comparison.json
        out/listing.txt
        """,
        outcome.out());
    assertEquals(0, outcome.status());
    assertTrue(Files.readString(folder.resolve("out/comparison.json")).contains("\"fixed@0.5\""));
  }

  @Test
  void takesTheMetricsOfAOrThoseOfTheCommandLine() throws IOException {
    Files.writeString(
        a.resolve("experiment.conf"),
        EXPERIMENT + "experiment.evaluation.metrics = [{ type = fixed, value = 0.25 }]");
    assertTrue(compare().out().contains("fixed@0.25"));
    Outcome set = compare("--set", "evaluation.metrics=[{ type = fixed, value = 0.75 }]");
    assertTrue(set.out().contains("fixed@0.75"), set::out);
    assertFalse(set.out().contains("fixed@0.25"), set::out);
    assertEquals(
        new Outcome(
            2,
            "",
            "evaluation.metrics: found 'fixed@0.5' more than once, expected different metrics;"
                + " remove one or change its options\n"),
        compare("--set", "evaluation.metrics=[fixed, fixed]"));
  }

  @Test
  void theNumberOfResamplesAndTheSeedAreOptions() throws IOException {
    compare("--resamples", "7", "--seed", "3");
    String file = Files.readString(folder.resolve("out/comparison.json"));
    assertTrue(file.contains("\"resamples\" : 7"), file);
    assertTrue(file.contains("\"seed\" : 3"), file);
    assertEquals(
        new Outcome(
            2, "", "--resamples: found 0, expected at least 1; 1000 give steady intervals\n"),
        compare("--resamples", "0"));
  }

  @Test
  void aReportOnAComparisonCanBeWrittenAgain() throws IOException {
    compare();
    Path out = folder.resolve("out");
    Files.delete(out.resolve("listing.txt"));
    assertEquals(new Outcome(0, "out/listing.txt\n", ""), report(out.toString()));
    assertEquals(
        new Outcome(
            2,
            "",
            "b/predictions: found no results.json or comparison.json in it, expected the folder of"
                + " a run; give one of those under runs/\n"),
        report(b.resolve("predictions").toString()));
  }

  @Test
  void exactlyTwoRunsAreCompared() {
    assertEquals(2, report("--compare", a.toString()).status());
    Outcome three = report("--compare", a.toString(), b.toString(), "c");
    assertEquals(
        new Outcome(
            2,
            "",
            """
            found a third folder 'c' beside --compare, expected two runs, A and B; give each comparison a command of its own
            See 'continuo report --help'
            """),
        three);
    assertEquals(
        new Outcome(
            2,
            "",
            """
            found no folder, expected DIR or --compare A B; give one of those under runs/
            See 'continuo report --help'
            """),
        report());
  }
}
