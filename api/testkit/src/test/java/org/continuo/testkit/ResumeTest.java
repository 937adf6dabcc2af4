package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Tensors;
import org.continuo.core.config.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were killed go on as if they had not been, or say why they cannot. */
class ResumeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static final TinyRun RUN =
      TinyRun.of(new HoarderPlugin())
          .set(List.of("stream.tasks=3", "training.maximum-length=8", "training.epochs=2"));

  /**
   * An expert per task, frozen afterwards; it keeps arrays of several types, and examples, and
   * trains by them.
   */
  private record Hoarder(Options options, Host host) implements Strategy {
    record Options(@Option(doc = "what trains") Expert.Factory expert) {}

    private Expert expert(String task) {
      return host.expert("of/" + task, options.expert, host.backbone().sites(Site.Kind.LINEAR));
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return task.map(name -> Wiring.of(Mixture.sum(List.of(expert(name)))));
    }

    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .train(expert(task.name()).params())
          .extra("past", 0.5, rows -> host.remembered("a #few%"))
          .gradient("turned", (step, gradient) -> gradient.times(1 + count() / 7))
          .afterTask(this::hoard)
          .build();
    }

    private double count() {
      Tensors kept = host.kept("counts #1%23");
      return kept.isEmpty()
          ? 0
          : kept.get("long#").toLongArray()[1] + kept.get("double").getDouble();
    }

    private void hoard() {
      host.remember("a #few%", host.trainingData().subList(0, 3));
      long many = (1L << 60) + 1;
      host.keep(
          "counts #1%23",
          new Tensors(
              Map.of(
                  "long#", host.scope().create(new long[] {many, host.seen().size()}),
                  "double", host.scope().create(0.1),
                  "flags", host.scope().create(new boolean[] {true, false}),
                  "none", host.scope().create(new Shape(0, 3), DataType.FLOAT32))));
      host.warn("hoarded after " + host.seen().size());
    }
  }

  private static final class HoarderPlugin implements Plugin<Strategy.Factory, Hoarder.Options> {
    @Override
    public String id() {
      return "hoarder";
    }

    @Override
    public String summary() {
      return "keeps all sorts of things";
    }

    @Override
    public java.util.Set<Capability> offers(Hoarder.Options chosen) {
      return java.util.Set.of(Capability.WIRING);
    }

    @Override
    public Strategy.Factory create(Hoarder.Options chosen) {
      return host -> new Hoarder(chosen, host);
    }
  }

  private TinyRun.Result whole() {
    return RUN.set("checkpoints=all").run(folder.resolve("whole"));
  }

  private static JsonNode withoutTimes(Path run) throws IOException {
    ObjectNode results = (ObjectNode) JSON.readTree(run.resolve("results.json").toFile());
    ((ObjectNode) results.path("cost")).remove(List.of("seconds", "peakMemoryBytes"));
    ((ObjectNode) results.path("provenance")).remove("finished");
    return results;
  }

  /** Without times, and without how many arrays there were: a fresh host has made fewer. */
  private static List<String> events(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("events.jsonl"))) {
      return lines
          .filter(line -> !line.contains("\"event\":\"run-"))
          .map(line -> line.replaceFirst("\"time\":\"[^\"]*\"", ""))
          .map(line -> line.replaceFirst("\"seconds\":[-.0-9E]+", ""))
          .map(line -> line.replaceFirst("\"arrays\":\\d+", ""))
          .toList();
    }
  }

  @Test
  void resultsAndEventsAreThoseOfARunThatWasNotKilled() throws IOException {
    TinyRun.Result whole = whole();
    JsonNode expected = withoutTimes(whole.folder());
    assertTrue(expected.path("warnings").size() > 3, expected::toString);
    for (int tasks = 1; tasks <= 3; tasks++) {
      Path killed = KilledRun.after(tasks, whole.folder(), folder.resolve("after-" + tasks));
      RUN.resume(killed);
      assertEquals(expected, withoutTimes(killed), "killed after " + tasks);
      assertEquals(events(whole.folder()), events(killed), "killed after " + tasks);
    }
  }

  @Test
  void withoutACheckpointItStartsFromTheBeginning() throws IOException {
    TinyRun.Result whole = RUN.set("checkpoints=none").run(folder.resolve("whole"));
    assertFalse(Files.exists(whole.folder().resolve("checkpoints")));
    Path killed = KilledRun.after(1, whole.folder(), folder.resolve("killed"));
    RUN.resume(killed);
    assertEquals(events(whole.folder()), events(killed));
    ObjectNode expected = (ObjectNode) withoutTimes(whole.folder());
    ObjectNode resumed = (ObjectNode) withoutTimes(killed);
    ((ObjectNode) expected.path("provenance")).remove("started");
    ((ObjectNode) resumed.path("provenance")).remove("started");
    assertEquals(expected, resumed);
  }

  private static List<String> checkpoints(TinyRun.Result result) throws IOException {
    try (Stream<Path> all = Files.list(result.folder().resolve("checkpoints"))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theLatestIsKeptUnlessTheOptionsSayOtherwise() throws IOException {
    assertEquals(List.of("2-task-2"), checkpoints(RUN.run(folder)));
    assertEquals(List.of("0-task-0", "1-task-1", "2-task-2"), checkpoints(whole()));
    Path none = RUN.set("checkpoints=unfinished").run(folder).folder().resolve("checkpoints");
    assertFalse(Files.exists(none));
  }

  @Test
  void aRunThatHasCompletedIsNotResumed() {
    TinyRun.Result whole = RUN.run(folder.resolve("whole"));
    InvalidInput refusal = assertThrows(InvalidInput.class, () -> RUN.resume(whole.folder()));
    assertEquals(
        "%s: found a run that has completed, expected one that was interrupted, killed or failed; its results are in %s, 'continuo run %s' makes it once more"
            .formatted(
                whole.folder(),
                whole.folder().resolve("results.json"),
                whole.folder().resolve("experiment.conf")),
        refusal.getMessage());
  }

  @Test
  void anotherExperimentIsRefused() throws IOException {
    Path killed = KilledRun.after(2, whole().folder(), folder.resolve("killed"));
    Path file = killed.resolve("experiment.conf");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("name = tiny", "name = other")
            .replace("epochs = 2", "epochs = 3"));
    InvalidInput refusal = assertThrows(InvalidInput.class, () -> RUN.resume(killed));
    assertEquals(
        "%s: found another experiment than that of the checkpoint %s (experiment.training.epochs = 3, was 2), expected the same; undo the change, or run it as one of its own: continuo run %s"
            .formatted(file, killed.resolve("checkpoints/1-task-1"), file),
        refusal.getMessage());
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    Path killed = KilledRun.after(1, whole().folder(), folder.resolve("killed"));
    Path checkpoint = killed.resolve("checkpoints/0-task-0");
    byte[] parameters = Files.readAllBytes(checkpoint.resolve("parameters.safetensors"));
    parameters[parameters.length - 1] ^= 1;
    Files.write(checkpoint.resolve("parameters.safetensors"), parameters);
    Files.delete(checkpoint.resolve("run.json"));
    String remedy =
        ", expected the checkpoint as it was written; put it back from a copy, or delete the folder: 'continuo resume' then goes on from the one before, or from the beginning";
    DataException refusal = assertThrows(DataException.class, () -> RUN.resume(killed));
    assertEquals(
        List.of(
            checkpoint
                + ": found another digest of parameters.safetensors than in SHA256SUMS"
                + remedy,
            checkpoint + ": found no run.json" + remedy),
        refusal.problems());
    Files.delete(checkpoint.resolve("SHA256SUMS"));
    assertEquals(
        checkpoint + ": found no SHA256SUMS" + remedy,
        assertThrows(DataException.class, () -> RUN.resume(killed)).getMessage());
  }
}
