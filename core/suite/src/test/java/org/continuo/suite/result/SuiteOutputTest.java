package org.continuo.suite.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.core.testing.MadeUp;
import org.continuo.core.testing.RunFiles;
import org.continuo.results.Protocol;
import org.continuo.results.ResultsFile;
import org.continuo.results.RunResults;
import org.continuo.results.RunStatus;
import org.continuo.results.SuiteResults;
import org.continuo.suite.Cell;
import org.continuo.suite.Point;
import org.continuo.suite.Row;
import org.continuo.suite.Suite;
import org.continuo.suite.result.SuiteOutcome.CellResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and JSON of a suite whose scores are known: strategy a by 0.1 above b, c failing once. */
class SuiteOutputTest {
  private static final String SUITE =
      """
      experiment { backbone { type = glass, checkpoint = "/c" }, stream { type = shelf, root = "/r" } }
      suite {
        strategies { a = still, b = still, c = still }
        seeds = [1, 2]
        reference = a
      }
      """;

  @TempDir private Path folder;
  private Suite suite;

  @BeforeEach
  void read() throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), SUITE);
    suite = Suite.read(file, List.of(), MadeUp.registry());
  }

  /** Two tasks; the last row is (first, second). */
  private static RunResults results(double first, double second, double seconds) {
    AccuracyMatrix matrix =
        new AccuracyMatrix(
            List.of("x", "y"),
            List.of(List.of(0.8, 0.5), List.of(first, second)),
            Optional.of(List.of(0.5, 0.5)),
            List.of(10, 10));
    return new RunResults(
        RunStatus.COMPLETED,
        Optional.empty(),
        "made up",
        "still",
        1,
        matrix.tasks(),
        "accuracy",
        Optional.empty(),
        matrix.scores(),
        matrix.zeroShot(),
        Optional.empty(),
        matrix.testExamples(),
        ContinualMetrics.of(matrix),
        ContinualMetrics.definitions(),
        Optional.empty(),
        new Protocol("given", false, "test", false),
        RunFiles.cost(List.of(100L, 200L), 300, 5000, seconds),
        RunFiles.provenance("/c"),
        List.of());
  }

  private Analysis analysis(double seconds) {
    Map<Row, Point> chosen = new LinkedHashMap<>();
    suite.rows().forEach(row -> chosen.put(row, Point.NONE));
    List<CellResult> results = new ArrayList<>();
    for (Cell cell : suite.cells(chosen)) {
      double better = cell.row().strategy().equals("a") ? 0.1 : 0;
      double luck = 0.02 * cell.seed();
      boolean fails = cell.row().strategy().equals("c") && cell.seed() == 2;
      results.add(
          new CellResult(
              cell,
              fails
                  ? RunOutcome.failed("the loss is NaN at step 3")
                  : RunOutcome.completed(results(0.6 + better + luck, 0.7 + better, seconds))));
    }
    return new Analysis(new SuiteOutcome(suite, List.of(), chosen, results));
  }

  @Test
  void text() {
    assertEquals(
        """
        STRATEGY  RUNS  ACC.FINAL        INTERVAL        LA               BWT.GEM           FORGETTING.CHAUDHRY  FWT.GEM          RANK  P (HOLM)  TRAINED/TASK  STORED  TOKENS  SECONDS
        -- task id given, not used, no past data
        a         2/2   0.7650 \u00b1 0.0071  0.7600..0.7700  0.8000 \u00b1 0.0000  -0.0700 \u00b1 0.0141  0.0700 \u00b1 0.0141      0.0000 \u00b1 0.0000  1.00  -         150           300     5,000   8.0
        b         2/2   0.6650 \u00b1 0.0071  0.6600..0.6700  0.7500 \u00b1 0.0000  -0.1700 \u00b1 0.0141  0.1700 \u00b1 0.0141      0.0000 \u00b1 0.0000  2.50  1.000     150           300     5,000   8.0
        c         1/2   0.6600           -               0.7500           -0.1800           0.1800               0.0000           2.50  1.000     150           300     5,000   8.0\
        """,
        String.join("\n", new TableForms(new MainTable(analysis(7))).text()));
  }

  @Test
  void latex() {
    assertEquals(
        """
        % needs \\usepackage{booktabs}; scores in percent, mean and standard deviation
        \\begin{tabular}{lrrrrrrrr}
        \\toprule
        Strategy & Final accuracy & Learning accuracy & Backward transfer & Forgetting & Forward transfer & $p$ (Holm) & Stored parameters & Training tokens \\\\
        \\midrule
        \\multicolumn{9}{l}{\\textit{task id given, not used, no past data}} \\\\
        a & $\\mathbf{76.5} \\pm 0.7$ & $80.0 \\pm 0.0$ & $-7.0 \\pm 1.4$ & $7.0 \\pm 1.4$ & $0.0 \\pm 0.0$ & -- & 300 & 5,000 \\\\
        b & $66.5 \\pm 0.7$ & $75.0 \\pm 0.0$ & $-17.0 \\pm 1.4$ & $17.0 \\pm 1.4$ & $0.0 \\pm 0.0$ & 1.000 & 300 & 5,000 \\\\
        c (1/2 runs) & $66.0$ & $75.0$ & $-18.0$ & $18.0$ & $0.0$ & 1.000 & 300 & 5,000 \\\\
        \\bottomrule
        \\end{tabular}
        """,
        new TableForms(new MainTable(analysis(7))).latex());
  }

  @Test
  void markdown() {
    List<String> lines = new TableForms(new MainTable(analysis(7))).markdown();
    assertEquals("**task id given, not used, no past data**", lines.get(0));
    assertEquals(
        "| strategy | runs | acc.final | interval | la | bwt.gem | forgetting.chaudhry | fwt.gem | rank | p (Holm) | trained/task | stored | tokens | seconds |",
        lines.get(2));
    assertEquals(
        "| a | 2/2 | 0.7650 \u00b1 0.0071 | 0.7600..0.7700 | 0.8000 \u00b1 0.0000 | -0.0700 \u00b1 0.0141 | 0.0700 \u00b1 0.0141 | 0.0000 \u00b1 0.0000 | 1.00 | - | 150 | 300 | 5,000 | 8.0 |",
        lines.get(4));
    assertEquals(8, lines.size());
  }

  @Test
  void csv() {
    List<String> lines = new TableForms(new MainTable(analysis(7))).csv().lines().toList();
    assertEquals(4, lines.size());
    assertTrue(
        lines
            .get(0)
            .startsWith(
                "strategy,setting,task id,uses task id,past data,future data,runs planned,"));
    assertTrue(
        lines.get(3).startsWith("c,,given,false,not kept,not seen,2,1,1,0.6599"), lines.get(3));
    assertEquals(1, lines.stream().map(line -> line.split(",", -1).length).distinct().count());
  }

  @Test
  void aFailedRunIsACellWithItsMessage() {
    SuiteResults suite = SuiteDocument.of(analysis(7));
    assertEquals(SuiteResults.Status.FAILED, suite.status());
    assertEquals(6, suite.cells().size());
    SuiteResults.Made failed = suite.cells().get(5).run();
    assertEquals(SuiteResults.RunStanding.FAILED, failed.status());
    assertEquals(Optional.of("the loss is NaN at step 3"), failed.message());
    assertEquals(Optional.empty(), failed.folder());
    assertEquals(1, suite.rows().get(2).runs().failed());
    SuiteResults.OfMetric contest = suite.comparisons().get(0).metrics().get("acc.final");
    // complete blocks only: seed 2 lacks c
    assertEquals(1, contest.ranking().orElseThrow().blocks());
    assertEquals(2, contest.tests().get(0).pairs());
    assertEquals(-0.1, contest.tests().get(0).difference(), 1e-12);
    assertEquals(2, contest.wins().get(0).get(1).wins());
    assertTrue(suite.rows().get(0).paretoFront().storedParameters());
    assertFalse(suite.rows().get(1).paretoFront().storedParameters());
    assertEquals(0.8, suite.rows().get(0).stream().get(0).mean(), 1e-12);
  }

  @Test
  void onlyTimesDependOnTheMachine() throws IOException {
    String fast = text(7);
    String slow = text(70);
    assertNotEquals(fast, slow);
    assertEquals(withoutTimes(fast), withoutTimes(slow));
  }

  private String text(double seconds) throws IOException {
    return Files.readString(ResultsFile.SUITE.write(SuiteDocument.of(analysis(seconds)), folder));
  }

  private static String withoutTimes(String json) {
    return json.replaceAll("\"times\" : \\{[^}]*}", "");
  }
}
