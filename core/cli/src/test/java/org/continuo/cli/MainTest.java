package org.continuo.cli;

import static org.continuo.cli.Console.EXPERIMENT;
import static org.continuo.cli.Console.failing;
import static org.continuo.cli.Console.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.continuo.api.learning.Head;
import org.continuo.api.plugin.Plugin.NoOptions;
import org.continuo.cli.Console.Outcome;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.continuo.core.testing.RunFiles;
import org.continuo.results.ResultsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  @TempDir private Path folder;

  /** Tables without what depends on the version: its text and the width of its column. */
  private static String cells(String table) {
    return table.replace(Version.text(), "0").replaceAll(" {2,}", "  ");
  }

  private static PluginRegistry none() {
    return PluginRegistry.of(List.of());
  }

  @Test
  void validateSaysWhatWasChosenAndCreatesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), EXPERIMENT);
    Outcome outcome = run("validate", file.toString(), "--set", "strategy=still");
    assertEquals(0, outcome.status());
    assertEquals(
        """
        FILE is valid
        BLOCK  TYPE  MODULE  VERSION
        experiment.backbone  glass  org.continuo.cli  0
        experiment.stream  shelf  org.continuo.cli  0
        experiment.head  plain  org.continuo.cli  0
        experiment.strategy  still  org.continuo.cli  0
        experiment.strategy.expert  thin  org.continuo.cli  0
        """
            .replace("FILE", file.toString()),
        cells(outcome.out()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void helpAndVersionNeedNoPlugins() {
    for (String command : List.of("validate", "plugins", "report", "doctor")) {
      Outcome help = failing(new IllegalStateException("plugins were asked"), "--help");
      assertEquals(0, help.status());
      assertTrue(run("--help").out().contains("  " + command), command);
      assertTrue(run(command, "--help").out().startsWith("Usage: continuo " + command), command);
    }
    assertEquals(new Outcome(0, "continuo " + Version.text() + "\n", ""), run("--version"));
  }

  @Test
  void pluginsAreListedByKindAndId() {
    Outcome outcome = run("plugins", "list");
    assertEquals(
        """
        KIND  ID  DEFAULT  VERSION  MODULE  SUMMARY  NEEDS  OFFERS
        backbone  glass  0  org.continuo.cli  glass for tests
        expert  thin  yes  0  org.continuo.cli  thin for tests
        expert  wide  0  org.continuo.cli  wide for tests
        head  plain  yes  0  org.continuo.cli  plain for tests
        strategy  drift  yes  0  org.continuo.cli  pull towards earlier weights  past-data, gradients
        strategy  still  0  org.continuo.cli  still for tests
        stream  shelf  0  org.continuo.cli  shelf for tests
        """,
        cells(outcome.out()));
    assertEquals(outcome, run("plugins"));
  }

  @Test
  void problemsOfPluginsGoToStandardError() {
    Outcome outcome =
        run(
            () ->
                PluginRegistry.of(
                    List.of(
                        MadeUp.simple(
                            "Bad",
                            Head.Factory.class,
                            NoOptions.class,
                            o -> new MadeUp.PlainFactory()))),
            "plugins");
    assertEquals(0, outcome.status());
    assertTrue(outcome.err().contains("found the id 'Bad'"), outcome::err);
  }

  @Test
  void describe() {
    assertEquals(
        """
        strategy drift
        pull towards earlier weights
        source: Made Up et al. 2025, eq. 3
        module: org.continuo.cli VERSION
        needs: past-data, gradients
        offers: nothing

        OPTION         TYPE              DEFAULT  ALLOWED       UNIT   MEANING
        lambda         double            1.0      >= 0                 weight of the pull
        ramp           block             {}                            how the weight grows
        ramp.from      double            0        >= 0                 first weight
        ramp.to        double            1        >= 0                 last weight
        learning-rate  double            none     >= 0                 learning rate of its own
        expert         expert            thin     thin, wide           what it trains
        with           list of strategy  []       drift, still         strategies beside it
        memory         long              10                     steps  how many steps it looks back
        mean           boolean           false                         pull towards the mean
        ramps          map to block      {}                            ramps by task
        ramps.from     double            0        >= 0                 first weight
        ramps.to       double            1        >= 0                 last weight
        """
            .replace("VERSION", Version.text()),
        run("plugins", "describe", "drift").out());
  }

  @Test
  void describeAsMarkdown() {
    assertEquals(
        """
        ## expert thin

        thin for tests

        - module: org.continuo.cli VERSION
        - needs: nothing
        - offers: nothing

        ### Options

        | OPTION | TYPE | DEFAULT | ALLOWED | UNIT | MEANING |
        |---|---|---|---|---|---|
        | rank | int | 8 | >= 1 |  | rank |
        | alpha | double | 16 |  |  | scale times rank |
        """
            .replace("VERSION", Version.text()),
        run("plugins", "describe", "thin", "--markdown").out());
  }

  @Test
  void describeKnowsTheBlocksOfAnExperimentAndPluginsThatMustBeToldSomething() {
    assertTrue(run("plugins", "describe", "experiment").out().contains("training.batch-size"));
    Outcome glass = run("plugins", "describe", "glass");
    assertEquals(0, glass.status());
    assertTrue(glass.out().contains("checkpoint  path    must be set"), glass::out);
  }

  @Test
  void describePrintsBothOfTwoKinds() {
    Outcome outcome =
        run(
            () ->
                PluginRegistry.of(
                    List.of(
                        MadeUp.simple(
                            "same",
                            Head.Factory.class,
                            NoOptions.class,
                            o -> new MadeUp.PlainFactory()),
                        MadeUp.report("same", ResultsFile.RUN, folder -> folder))),
            "plugins",
            "describe",
            "same");
    assertTrue(outcome.out().startsWith("head same\n"), outcome::out);
    assertTrue(outcome.out().contains("no options\n\nreport same\n"), outcome::out);
  }

  @Test
  void describeAll() {
    Outcome outcome = run("plugins", "describe", "--all", "--markdown");
    assertEquals(0, outcome.status(), outcome.err());
    assertEquals(
        List.of(
            "## experiment",
            "## suite",
            "## backbone glass",
            "## expert thin",
            "## expert wide",
            "## head plain",
            "## strategy drift",
            "## strategy still",
            "## stream shelf"),
        outcome.out().lines().filter(line -> line.startsWith("## ")).toList());
    assertTrue(outcome.out().contains("\n\n## expert wide\n\nwide for tests\n\n- module"));
    assertTrue(outcome.out().contains("| training.batch-size | int | 8 | >= 1 | examples |"));
    for (List<String> wrong : List.of(List.of("thin", "--all"), List.<String>of())) {
      Outcome refused =
          run(
              Stream.concat(Stream.of("plugins", "describe"), wrong.stream())
                  .toArray(String[]::new));
      assertEquals(
          new Outcome(
              2,
              "",
              "plugins describe: found "
                  + (wrong.isEmpty() ? "neither" : "both")
                  + ", expected one of ID and --all; give the id of a plugin, or --all\n"),
          refused);
    }
  }

  @Test
  void theListIsWrittenBetweenMarks() throws IOException {
    String table =
        """
        | kind | id | is | source |
        |---|---|---|---|
        | backbone | `glass` | glass for tests |  |
        | expert | `thin` (default) | thin for tests |  |
        | expert | `wide` | wide for tests |  |
        | head | `plain` (default) | plain for tests |  |
        | strategy | `drift` (default) | pull towards earlier weights | Made Up et al. 2025, eq. 3 |
        | strategy | `still` | still for tests |  |
        | stream | `shelf` | shelf for tests |  |
        """;
    assertEquals(new Outcome(0, table, ""), run("plugins", "list", "--markdown"));
    Path file = folder.resolve("README.md");
    Files.writeString(file, "a\n<!-- plugins: begin -->\nold\n<!-- plugins: end -->\nb\n");
    assertEquals(
        new Outcome(0, "", ""), run("plugins", "list", "--markdown", "--into", file.toString()));
    assertEquals(
        "a\n<!-- plugins: begin -->\n" + table + "<!-- plugins: end -->\nb\n",
        Files.readString(file));
    Files.writeString(file, "a\n<!-- plugins: end -->\n");
    assertEquals(
        new Outcome(
            2,
            "",
            file
                + ": found no lines '<!-- plugins: begin -->' and '<!-- plugins: end -->', expected"
                + " both; add them where the text is to go\n"),
        run("plugins", "list", "--markdown", "--into", file.toString()));
  }

  @Test
  void placesOfPluginsAddUpWhereverTheyStand() {
    List<Path> places = new ArrayList<>();
    CommandLine line =
        Main.commandLine(
            given -> {
              places.addAll(given);
              return none();
            });
    line.setOut(new PrintWriter(new StringWriter()));
    String arguments = "--plugins a --plugins b plugins --plugins c list --plugins d --plugins a";
    assertEquals(0, line.execute(arguments.split(" ", -1)));
    assertEquals(Stream.of("a", "b", "c", "d").map(Path::of).toList(), places);
  }

  @Test
  void theSchemaIsJson() throws IOException {
    Outcome outcome = run("schema");
    assertEquals(0, outcome.status(), outcome.err());
    assertEquals(
        "strategy 'drift'",
        new ObjectMapper().readTree(outcome.out()).at("/$defs/strategy.drift/title").asText());
  }

  @Test
  void describeOfNothing() {
    assertEquals(
        new Outcome(
            2,
            "",
            "unknown plugin: found 'drif', available: drift, experiment, glass, plain, shelf,"
                + " still, suite, thin, wide; did you mean 'drift'?\n"),
        run("plugins", "describe", "drif"));
  }

  @Test
  void reportsAreWrittenEvenIfOneFails() throws IOException {
    RunFiles.run(folder, "x");
    Outcome outcome =
        run(
            () -> PluginRegistry.of(List.of(MadeUp.fullDisk(), MadeUp.listing(ResultsFile.RUN))),
            "report",
            folder.toString());
    assertEquals(
        new Outcome(
            1,
            folder.resolve("listing.txt") + "\n",
            "report 'full' failed on "
                + folder
                + ": no space left; results.json is as it was, to report on it again: continuo report "
                + folder
                + "\n"),
        outcome);
    assertTrue(Files.exists(folder.resolve("listing.txt")));
  }

  @Test
  void reportWantsTheFolderOfARun() throws IOException {
    assertEquals(
        new Outcome(
            2,
            "",
            folder
                + ": found no results.json in it, expected the folder of a run; give one of those"
                + " under runs/\n"),
        run("report", folder.toString()));
    Files.writeString(folder.resolve("results.json"), "{}");
    assertEquals(
        new Outcome(
            2,
            "",
            "found no report plugin, expected at least one; add a module that provides one, see"
                + " 'continuo doctor'\n"),
        run(MainTest::none, "report", folder.toString()));
  }

  @Test
  void resumeWantsTheFolderOfAnUnfinishedRun() throws IOException {
    Path missing = folder.resolve("missing");
    assertEquals(
        new Outcome(
            2,
            "",
            missing
                + ": found no such folder, expected the folder of a run; give one of those under"
                + " runs/\n"),
        run("resume", missing.toString()));
    assertEquals(
        new Outcome(
            2,
            "",
            folder
                + ": found no experiment.conf in it, expected the folder of a run; give one of"
                + " those under runs/\n"),
        run("resume", folder.toString()));
    Files.writeString(folder.resolve("experiment.conf"), EXPERIMENT);
    RunFiles.run(folder, "x");
    assertEquals(
        new Outcome(
            2,
            "",
            folder
                + ": found a run that has completed, expected one that was interrupted, killed or"
                + " failed; its results are in "
                + folder.resolve("results.json")
                + ", 'continuo run "
                + folder.resolve("experiment.conf")
                + "' makes it once more\n"),
        run("resume", folder.toString()));
  }

  @Test
  void aSuiteNeedsAtLeastOneWorker() {
    assertEquals(
        new Outcome(2, "", "--workers: found 0, expected at least 1; give a number\n"),
        run("suite", "x.conf", "--workers", "0"));
  }
}
