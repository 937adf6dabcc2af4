package org.continuo.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.continuo.core.config.InvalidInput;
import org.continuo.core.experiment.Evaluation;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
  private static final String EXPERIMENT =
      """
      experiment { backbone { type = glass, checkpoint = "/c" }, stream { type = shelf, root = "/r" } }
      """;

  @TempDir private Path folder;

  private Suite suite(String block, String... sets) throws IOException {
    Path file =
        Files.writeString(folder.resolve("x.conf"), EXPERIMENT + "suite {\n" + block + "\n}");
    return Suite.read(file, List.of(sets), MadeUp.registry());
  }

  private List<String> problems(String block, String... sets) {
    String file = folder.resolve("x.conf").toString();
    return assertThrows(InvalidInput.class, () -> suite(block, sets)).problems().stream()
        .map(problem -> problem.replace(file, "x.conf"))
        .toList();
  }

  @Test
  void aSuiteWithoutStrategies() {
    for (String block : List.of("seeds = [1]", "strategies {}")) {
      List<String> told = problems(block);
      assertEquals(1, told.size(), told.toString());
      assertTrue(
          told.get(0)
              .endsWith(
                  "suite.strategies: out of range: found 0 elements, expected at least 1; choose a value in this range"),
          told.get(0));
    }
  }

  private static List<Cell> cells(Suite suite) {
    Map<Row, Point> chosen = new LinkedHashMap<>();
    suite.rows().forEach(row -> chosen.put(row, Point.NONE));
    return suite.cells(chosen);
  }

  private static MadeUp.Still still(Cell cell) {
    return ((MadeUp.StillFactory) experiment(cell).strategy()).options();
  }

  private static Experiment experiment(Cell cell) {
    return cell.run().experiment().options();
  }

  private static List<String> order(Cell cell) {
    return ((MadeUp.ShelfFactory) experiment(cell).stream()).options().order();
  }

  @Test
  void everyStrategyMeetsEveryOrderWithEverySeed() throws IOException {
    Suite suite =
        suite(
            """
            strategies { still {}, small { type = still, expert.rank = 2 } }
            orders { ab = [a, b], ba = [b, a] }
            seeds = [3, 4]
            """);
    assertEquals("x", suite.name());
    List<Cell> cells = cells(suite);
    assertEquals(
        List.of(
            "small, ab, seed 3",
            "small, ab, seed 4",
            "small, ba, seed 3",
            "small, ba, seed 4",
            "still, ab, seed 3",
            "still, ab, seed 4",
            "still, ba, seed 3",
            "still, ba, seed 4"),
        cells.stream().map(cell -> cell.run().label()).toList());
    assertEquals(8, cells.stream().map(cell -> cell.run().hash()).distinct().count());
    assertEquals(List.of("b", "a"), order(cells.get(2)));
    assertEquals(4, experiment(cells.get(3)).seed());
    assertEquals(2, ((MadeUp.ThinFactory) still(cells.get(0)).expert()).options().rank());
  }

  @Test
  void furtherAxesMultiplyTheRows() throws IOException {
    Suite suite =
        suite(
            """
            strategies { still {} }
            axes {
              "training.epochs" { few = 1, many = 5 }
              "backbone" { deep { layers = 12 }, flat { layers = 1 } }
            }
            """);
    assertEquals(
        List.of(
            "still (backbone = deep, training.epochs = few)",
            "still (backbone = deep, training.epochs = many)",
            "still (backbone = flat, training.epochs = few)",
            "still (backbone = flat, training.epochs = many)"),
        suite.rows().stream().map(Row::label).toList());
    Experiment last = experiment(cells(suite).get(3));
    assertEquals(5, last.training().epochs());
    assertEquals(1, ((MadeUp.GlassFactory) last.backbone()).options().layers());
    assertEquals(Path.of("/c"), ((MadeUp.GlassFactory) last.backbone()).options().checkpoint());
  }

  @Test
  void sharedOptionsGoToThoseThatHaveThemAndOverridesToOne() throws IOException {
    Suite suite =
        suite(
            """
            shared { expert { rank = 3 }, second = wide }
            strategies { one = still, two { type = still, expert.alpha = 5 } }
            overrides { two { training { epochs = 7 }, evaluation.zero-shot = false } }
            """);
    List<Cell> cells = cells(suite);
    assertEquals(new MadeUp.Thin(3, 16), thin(cells.get(0)));
    assertEquals(new MadeUp.Thin(3, 5), thin(cells.get(1)));
    assertTrue(still(cells.get(1)).second().isPresent());
    assertEquals(3, experiment(cells.get(0)).training().epochs());
    assertEquals(7, experiment(cells.get(1)).training().epochs());
    assertEquals(false, experiment(cells.get(1)).evaluation().zeroShot());
  }

  private static MadeUp.Thin thin(Cell cell) {
    return ((MadeUp.ThinFactory) still(cell).expert()).options();
  }

  @Test
  void seedsMayVaryOnePurposeOnly() throws IOException {
    Suite suite = suite("strategies { still {} }, seeds = [5, 6], vary = [initialisation]");
    List<Cell> cells = cells(suite);
    assertEquals(1, experiment(cells.get(1)).seed());
    assertEquals(OptionalLong.of(6), experiment(cells.get(1)).seeds().initialisation());
    assertEquals(OptionalLong.empty(), experiment(cells.get(1)).seeds().shuffling());
  }

  @Test
  void ordersAreDrawnWithoutRepetition() throws IOException {
    Suite suite =
        suite(
            "strategies { still {} }, orders { first = [a, b, c] }, drawn-orders { number = 5, seed = 2 }",
            "stream.order=[a, b, c]");
    assertEquals(
        List.of("first", "drawn-1", "drawn-2", "drawn-3", "drawn-4", "drawn-5"),
        List.copyOf(suite.orders().keySet()));
    assertEquals(6, new HashSet<>(suite.orders().values()).size());
    Suite again =
        suite(
            "strategies { still {} }, orders { first = [a, b, c] }, drawn-orders { number = 5, seed = 2 }",
            "stream.order=[a, b, c]");
    assertEquals(suite.orders(), again.orders());
  }

  @Test
  void aHashIsThatOfWhatDecidesTheNumbers() throws IOException {
    String hash = cells(suite("strategies { still {} }")).get(0).run().hash();
    assertTrue(hash.matches("[0-9a-f]{16}"), hash);
    // another name, the same value written out, another number of seeds: the same run
    assertEquals(
        hash,
        cells(
                suite(
                    "strategies { other { type = still, expert.rank = 4 } }, seeds = [1, 2]",
                    "name=else"))
            .get(0)
            .run()
            .hash());
    for (String set : List.of("training.epochs=4", "seed=2", "suite.seeds=[2]", "strategy=drift")) {
      String other = cells(suite("strategies { still {} }", set)).get(0).run().hash();
      boolean decides = !set.startsWith("seed=") && !set.startsWith("strategy=");
      if (decides) {
        assertNotEquals(hash, other, set);
      } else {
        assertEquals(hash, other, set + " is what the suite itself says");
      }
    }
  }

  @Test
  void aSearchTriesTheSameNumberOfPointsForEachOnDevOnly() throws IOException {
    Suite suite =
        suite(
            """
            strategies { one = still, two = still }
            orders { ab = [a, b, c] }
            search {
              trials = 3, tasks = 2
              space { "training.learning-rate" = [1e-4, 1e-3, 1e-2], "training.epochs" = [1, 2] }
              spaces { two { "strategy.expert.rank" = [1, 2, 3, 4] } }
            }
            """);
    List<Trial> trials = suite.trials();
    assertEquals(
        Map.of("one", 3L, "two", 3L),
        trials.stream()
            .collect(Collectors.groupingBy(t -> t.row().strategy(), Collectors.counting())));
    assertEquals(6, trials.stream().map(t -> t.row() + " " + t.point()).distinct().count());
    for (Trial trial : trials) {
      Experiment experiment = trial.run().experiment().options();
      assertEquals(Evaluation.Tested.DEV, experiment.evaluation().split());
      assertEquals(
          List.of("a", "b"), ((MadeUp.ShelfFactory) experiment.stream()).options().order());
      assertEquals(0, experiment.seed());
    }
    Row two = suite.rows().get(1);
    Point chosen = trials.get(5).point();
    Cell cell = suite.cells(Map.of(two, chosen)).get(0);
    assertEquals(chosen.plain().get("strategy.expert.rank"), thin(cell).rank());
    assertEquals(Evaluation.Tested.TEST, experiment(cell).evaluation().split());
    assertEquals(List.of("a", "b", "c"), order(cell));
  }

  @Test
  void aSearchOfTheWholeGridTakesItInOrder() throws IOException {
    Suite suite =
        suite(
            """
            strategies { still {} }
            search { trials = 4, on = held-out-order, order = [b, a]
                     space { "training.epochs" = [1, 2], "training.batch-size" = [4, 8] } }
            """);
    assertEquals(
        List.of(
            Map.of("training.batch-size", 4, "training.epochs", 1),
            Map.of("training.batch-size", 8, "training.epochs", 1),
            Map.of("training.batch-size", 4, "training.epochs", 2),
            Map.of("training.batch-size", 8, "training.epochs", 2)),
        suite.trials().stream().map(trial -> trial.point().plain()).toList());
  }

  @Test
  void everythingWrongWithTheSuiteIsToldAtOnce() {
    assertEquals(
        List.of(
            "x.conf:3: suite.strategies.stil: no type: the block gives none and its name is not"
                + " one: found 'stil', available: drift, still; did you mean 'still'?",
            "x.conf:4: suite.shared.exprt: no strategy has this option: found 'exprt', available:"
                + " expert, second; did you mean 'expert'?",
            "x.conf:5: suite.overrides.nobody: unknown strategy: found 'nobody', available: stil,"
                + " still; use one of these or remove it",
            "x.conf:6: suite.orders.b: the same order as 'a', expected another; remove one of them",
            "x.conf:7: suite.seeds: found [1, 1], expected seeds, each once; write [1, 2, 3]",
            "x.conf:8: suite.axes.seed: not an axis here: use suite.seeds, which is for this",
            "x.conf:9: suite.reference: unknown strategy: found 'ewc', available: stil, still; use"
                + " one of these or remove it",
            "x.conf:10: suite.metric: unknown metric: found 'accuracy', available: acc.final,"
                + " acc.final-samples, aia, aia.samples, acc.all-average, la, bwt.gem,"
                + " bwt.all-pairs, forgetting.first-last, forgetting.chaudhry, forgetting.clamped,"
                + " fwt.gem, fwt.no-baseline; use one of these or remove it",
            "x.conf:11: suite.search.trials: too few points for 'stil': found a grid of 1, expected"
                + " at least the 2 trials of every strategy; add values to search.spaces.stil or"
                + " lower the trials",
            "x.conf:11: suite.search.trials: too few points for 'still': found a grid of 1,"
                + " expected at least the 2 trials of every strategy; add values to"
                + " search.spaces.still or lower the trials",
            "x.conf:11: suite.search.tasks: too few tasks: found 2 in order 'a', expected at least"
                + " 3; lower the number or name the tasks of the order"),
        problems(
            """
            strategies { still {}, stil {} }
            shared { exprt = thin }
            overrides { nobody {} }
            orders { a = [x, y], b = [x, y] }
            seeds = [1, 1]
            axes { seed { one = 1 } }
            reference = ewc
            metric = accuracy
            search { trials = 2, space { "training.epochs" = [1] }, tasks = 3 }\
            """));
  }

  @Test
  void everythingWrongWithTheRunsIsToldAtOnceWithTheLineThatSetIt() {
    assertEquals(
        List.of(
            "x.conf:3: experiment.strategy.rank: unknown option of strategy 'still': found 'rank',"
                + " available: expert, second; use one of these or remove it",
            "x.conf:4: experiment.training.epochs: out of range: found -1, expected at least 0"
                + " epochs; choose a value in this range",
            "x.conf:5: experiment.backbone.layers: out of range: found 0, expected between 1 and 96;"
                + " choose a value in this range"),
        problems(
            """
            strategies { still { rank = 2 } }
            overrides { still { training.epochs = -1 } }
            axes { backbone { flat { layers = 0 }, deep { layers = 2 } } }\
            """));
  }

  @Test
  void whatAStrategyLacksIsToldBeforeAnythingRuns() {
    List<String> problems = problems("strategies { drift {} }", "protocol.past-data=false");
    assertEquals(2, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("'drift' needs"), problems.toString());
    assertTrue(problems.get(1).contains("'drift' needs"), problems.toString());
  }

  @Test
  void otherBlocksAndMissingOnes() throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), "experiment {}\nsuit {}");
    List<String> problems =
        assertThrows(InvalidInput.class, () -> Suite.read(file, List.of(), MadeUp.registry()))
            .problems();
    assertEquals(
        List.of(
            file + ": missing block: found no 'suite', expected one; add suite { ... }",
            file
                + ":2: suit: unknown block: found 'suit', available: experiment, suite; did you"
                + " mean 'suite'?"),
        problems);
  }

  @Test
  void anUnresolvedSubstitutionIsNamed() {
    List<String> problems = problems("strategies { still { expert = ${nowhere} } }");
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).startsWith("x.conf:3: suite.strategies.still: unresolved substitution"),
        problems.toString());
  }
}
