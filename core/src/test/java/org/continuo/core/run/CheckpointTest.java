package org.continuo.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.result.Metric;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.checkpoint.CheckpointFolders;
import org.continuo.results.Reading;
import org.continuo.results.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private static final List<Reading> READINGS =
      List.of(
          new Reading(
              Map.of("rate", Map.of("total", 1.0 / 3, "label:no", 0.0)),
              Map.of(
                  "rate",
                  List.of(
                      new Metric.Curve(
                          "total",
                          "share",
                          "precision",
                          List.of(new Metric.Point(0.1, 1), new Metric.Point(0.7, 0.3)),
                          Optional.of(new Metric.Point(0.7, 0.3))),
                      new Metric.Curve("other", "x", "y", List.of(), Optional.empty())))),
          new Reading(Map.of(), Map.of()));

  /** With something in every place, and numbers that no short decimal gives. */
  private static final RunState FULL =
      new RunState(
          "fingerprint",
          Map.of("cpu", "one \"with\" quotes", "sha256 of task 'a'", "ff"),
          (1L << 40) + 1,
          new RunState.Scores(
              List.of(List.of(0.1 + 0.2, 1.0 / 3)),
              Optional.of(List.of(0.5, 0.0)),
              List.of(List.of(1.0, Math.nextUp(0.25))),
              Optional.of(READINGS),
              List.of(READINGS)),
          new RunState.Spent(
              Instant.parse("2026-01-02T03:04:05.678901234Z"),
              List.of((1L << 53) + 1),
              7,
              8,
              Math.PI,
              Math.E,
              1e-300,
              9),
          List.of("a warning\nof two lines", "\u00e9"),
          Map.of(
              "a/test",
              new RunState.Tested(
                  Map.of("backbone", 0L, "p", 12L),
                  2.0 / 3,
                  Optional.of(0.75),
                  List.of(
                      new Prediction(
                          "a/test/1",
                          "yes",
                          "no",
                          Map.of("accuracy", 0.0),
                          Map.of("yes", 0.1f + 0.0, "no", 0.9)),
                      new Prediction("a/test/2", "", "", Map.of(), Map.of())))),
          new RunState.Learned(
              List.of("a"),
              Set.of("s/expert"),
              Map.of("p", 12L),
              Set.of("backbone/w"),
              Set.of("a\n3\na/train/1"),
              Map.of(
                  "s/memory",
                  List.of(
                      new Example("a/train/1", "a", "text", "yes"),
                      new Example("a/train/2", Optional.empty(), "", ""))),
              Optional.of(
                  Map.of("s/written", List.of(new Example("a/made/1", "a", "made", "no"))))));

  @TempDir Path folder;

  private static Checkpoint write(Path run, RunState state) throws IOException {
    Checkpoint.Content content = new Checkpoint.Content("x = 1", Tensors.EMPTY, Tensors.EMPTY);
    new CheckpointFolders(run).add("0-a", into -> Checkpoint.write(into, state, content));
    return Checkpoint.latest(run).orElseThrow();
  }

  @Test
  void everyPartComesBack() throws IOException {
    Checkpoint read = write(folder, FULL);
    assertEquals(FULL, read.state());
    assertEquals("x = 1", read.experiment());
  }

  @Test
  void whatIsMissingStaysMissing() throws IOException {
    RunState bare =
        new RunState(
            "",
            Map.of(),
            0,
            RunState.Scores.NONE,
            RunState.Spent.none(Instant.EPOCH),
            List.of(),
            Map.of(),
            new RunState.Learned(
                List.of(), Set.of(), Map.of(), Set.of(), Set.of(), Map.of(), Optional.empty()));
    assertEquals(bare, write(folder, bare).state());
  }

  @Test
  void aFormFromElsewhereIsRefused() throws IOException {
    Path checkpoint = folder.resolve("checkpoints/0-a");
    new CheckpointFolders(folder)
        .add("0-a", into -> Files.writeString(into.resolve("run.json"), "{\"schemaVersion\": 2}"));
    assertEquals(
        checkpoint.resolve("run.json")
            + ": found schemaVersion 2, expected schemaVersion 1, which this version of Continuo"
            + " reads; resume it with the version that wrote it, or run its experiment anew",
        assertThrows(DataException.class, () -> Checkpoint.latest(folder)).getMessage());
  }

  @Test
  void otherDataIsRefusedAndAnotherMachineToldOf() throws IOException {
    Checkpoint checkpoint = write(folder, FULL);
    Map<String, String> now = Map.of("cpu", "another", "sha256 of task 'a'", "ee");
    assertEquals(
        List.of(
            checkpoint.folder()
                + ": found sha256 of task 'a' = ee, was ff; expected what the run began with; put it"
                + " back, or run "
                + checkpoint.folder().resolve("experiment.conf")
                + " as one of its own"),
        Checkpointing.refusals(checkpoint, now));
    assertEquals(
        List.of(
            "resumed with cpu = another, was one \"with\" quotes: numbers may differ in their last"
                + " digits from those of a run that was not interrupted"),
        Checkpointing.warnings(checkpoint, now));
    assertEquals(List.of(), Checkpointing.refusals(checkpoint, checkpoint.state().environment()));
    assertEquals(List.of(), Checkpointing.warnings(checkpoint, checkpoint.state().environment()));
  }

  @Test
  void twoRunsDoNotShareAFolder() throws IOException {
    RunFolder first = RunFolder.Place.at(folder).open("first");
    assertEquals(
        folder + ": found a run at work in it, expected none; wait for its end, or interrupt it",
        assertThrows(DataException.class, () -> RunFolder.Place.at(folder).open("other"))
            .getMessage());
    first.close();
    RunFolder.Place.at(folder).open("later").close();
  }
}
