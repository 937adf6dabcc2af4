package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Text;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.learning.UpdateRule;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Sampling;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A strategy that does all that the api lets one do, killed after each task and resumed. */
class WholeApiTest {
  private static final String MADE = "written";
  private static final String GROWN = "grown/";

  /** {@code v <- 0.9 v + g, w <- w - lr v}: kept by the host until the task ends. */
  private record Momentum() implements UpdateRule {
    @Override
    public List<String> keeps() {
      return List.of("velocity");
    }

    @Override
    public void apply(Update u) {
      NDArray velocity = u.kept().get("velocity");
      velocity.muli(u.scalar(0.9)).addi(u.gradient());
      u.value().subi(velocity.mul(u.scalar(u.learningRate())));
    }
  }

  /**
   * Merges what a task taught into the backbone's own weights, writes texts with what it has become
   * and rehearses them, grows where the data asks for it, and learns in two phases, the second made
   * from the first.
   */
  private record Everything(Options options, Host host) implements Strategy {
    record Options(@Option(doc = "what trains") Expert.LowRank.Factory expert) {}

    private Expert.LowRank expert(String name) {
      List<Site> sites = host.backbone().sites(Site.Kind.LINEAR);
      return (Expert.LowRank) host.expert(name, options.expert, sites);
    }

    private List<Expert> attached() {
      List<Expert> all = new ArrayList<>(List.of(expert("shared")));
      host.seen().stream()
          .filter(task -> !host.kept(GROWN + task.name()).isEmpty())
          .forEach(task -> all.add(expert(task.name())));
      return all;
    }

    @Override
    public Optional<Wiring> wiring(Optional<String> task) {
      return Optional.of(Wiring.of(Mixture.sum(attached())));
    }

    @Override
    public Contribution contribute(Task task) {
      return Contribution.builder()
          .growth("an expert where the model errs", size(expert(task.name())), () -> grow(task))
          .prelude("look around", 0.25, reading())
          .phase(
              "learn",
              0.5,
              Objective.builder()
                  .train(Objective.Group.of(expert("shared").params()).at(0.05).by(new Momentum()))
                  .build())
          .phase("settle", 0.5, 0, this::settle)
          .extra("rehearsal", 0.5, this::rehearse)
          .keepLast()
          .afterTask(() -> merge(expert("shared")))
          .afterTask(() -> write(task))
          .build();
    }

    private static long size(Expert expert) {
      return expert.params().stream().mapToLong(param -> param.shape().size()).sum();
    }

    /** Decided by data: only where the loss before training is above that of guessing. */
    private Objective grow(Task task) {
      float loss = host.loss(host.passes(host.trainingData().subList(0, 8))).getFloat();
      host.record("loss before", loss);
      if (loss < Math.log(2)) {
        return Objective.NONE;
      }
      host.keep(GROWN + task.name(), new Tensors(Map.of("loss", host.scope().create(loss))));
      return Objective.builder().train(expert(task.name()).params(), 0.02).build();
    }

    /** The texts of the task as they stand, read by the language model. */
    private Objective reading() {
      return Objective.builder()
          .train(expert("shared").params(), 0.01)
          .loss(
              "texts",
              1,
              step -> Optional.of(host.read(texts(step.batch()), request()).crossEntropy()))
          .build();
    }

    private Request request() {
      return Request.of(Wiring.of(Mixture.sum(List.of(expert("shared")))));
    }

    private static List<Text> texts(List<Example> examples) {
      return examples.stream().map(e -> new Text(e.text(), e.answer(), Text.Counted.ALL)).toList();
    }

    /** Made from what the phase before has learned: the further it went, the smaller its steps. */
    private Objective settle() {
      double length = Math.sqrt(host.trained().square().sum().getFloat());
      host.record("learned", length);
      return Objective.builder().train(expert("shared").params(), 0.01 / (1 + length)).build();
    }

    private List<Example> rehearse(Step step) {
      List<Example> made = host.made(MADE);
      int from = host.random("rehearsal/" + step.forward()).nextInt(Math.max(1, made.size() - 2));
      return made.subList(from, Math.min(from + 2, made.size()));
    }

    /** {@code W <- W + s B A}, and the expert starts again from nothing. */
    private void merge(Expert.LowRank expert) {
      Backbone.Weights weights = host.backbone().weights().orElseThrow();
      Map<String, NDArray> changed = new HashMap<>();
      for (Site site : expert.sites()) {
        Param own = weights.of(site);
        NDArray delta = expert.b(site).value().matMul(expert.a(site).value());
        changed.put(own.name(), own.value().add(Autograd.scale(delta, expert.scale())));
        changed.put(expert.b(site).name(), expert.b(site).value().zerosLike());
      }
      host.assign(new Tensors(changed));
    }

    private void write(Task task) {
      LanguageModel model = host.backbone().languageModel().orElseThrow();
      List<long[]> starts = host.prompts(host.trainingData().subList(0, 6));
      Sampling sampling = new Sampling(1.5, 8, 0.95, host.random("texts").nextLong());
      List<long[]> written =
          model.generate(
              new LanguageModel.Generation(
                      request().wiring(), starts, 5, host.backbone().tokenizer().endIds())
                  .sampled(sampling));
      List<Example> made = new ArrayList<>(host.made(MADE));
      for (int i = 0; i < written.size(); i++) {
        String text = host.backbone().tokenizer().decode(written.get(i));
        String label = task.labels().get(written.get(i).length % task.labels().size());
        made.add(new Example("made/" + task.name() + "/" + i, task.name(), "w1 " + text, label));
      }
      host.rememberMade(MADE, made);
    }
  }

  private static final class EverythingPlugin
      implements Plugin<Strategy.Factory, Everything.Options> {
    @Override
    public String id() {
      return "everything";
    }

    @Override
    public String summary() {
      return "does all that the api lets one do";
    }

    @Override
    public Set<Capability> needs(Everything.Options chosen) {
      return EnumSet.of(Capability.LANGUAGE_MODEL, Capability.GENERATION, Capability.FULL_WEIGHTS);
    }

    @Override
    public Set<Capability> offers(Everything.Options chosen) {
      return EnumSet.of(Capability.WIRING);
    }

    @Override
    public Strategy.Factory create(Everything.Options chosen) {
      return host -> new Everything(chosen, host);
    }
  }

  private static final TinyRun RUN =
      TinyRun.of(new EverythingPlugin())
          .set(
              List.of(
                  "stream.tasks=3",
                  "training.epochs=2",
                  "training.tasks={ task-1 { epochs = 3 } }",
                  "protocol.past-data=false",
                  "checkpoints=all"));

  @TempDir private Path folder;

  private static List<JsonNode> events(Path run, String name) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("events.jsonl"))) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.path("event").asText().equals(name)) {
        events.add(event);
      }
    }
    return events;
  }

  private static List<Double> values(Path run, String name) throws IOException {
    return events(run, "value").stream()
        .filter(event -> event.path("name").asText().endsWith("/" + name))
        .map(event -> event.path("value").asDouble())
        .toList();
  }

  @Test
  void allOfItHappens() throws IOException {
    TinyRun.Result result = RUN.run(folder);
    Path run = result.folder();
    // 32 examples in batches of 8, over a prelude of a quarter of the epochs and two phases
    assertEquals(
        List.of(2 + 4 + 4, 3 + 6 + 6, 2 + 4 + 4),
        events(run, "task-started").stream().map(e -> e.path("steps").asInt()).toList());
    List<Double> losses = values(run, "loss before");
    assertEquals(3, losses.size());
    assertTrue(losses.stream().anyMatch(loss -> loss >= Math.log(2)), "some grow: " + losses);
    assertTrue(losses.stream().anyMatch(loss -> loss < Math.log(2)), "some do not: " + losses);
    assertTrue(values(run, "learned").stream().allMatch(length -> length > 0));
    List<JsonNode> rehearsed =
        events(run, "step").stream().filter(e -> e.path("losses").has("rehearsal")).toList();
    assertTrue(rehearsed.stream().noneMatch(e -> e.path("task").asText().equals("task-0")));
    assertEquals(12 + 8, rehearsed.size(), "in the phases of later tasks");
    JsonNode kept =
        new ObjectMapper()
            .readTree(run.resolve("checkpoints/2-task-2/run.json").toFile())
            .at("/learned/made/everything~1written");
    assertEquals(18, kept.size());
    assertTrue(
        Stream.of("text", "answer").allMatch(key -> !kept.get(0).path(key).asText().isEmpty()));
    assertEquals(false, result.backboneUnchanged());
  }

  @Test
  void killedAfterAnyTaskItEndsAsIfItHadNotBeen() throws IOException {
    Path whole = RUN.run(folder.resolve("whole")).folder();
    for (int tasks = 1; tasks <= 3; tasks++) {
      Path killed = KilledRun.after(tasks, whole, folder.resolve("after-" + tasks));
      RUN.resume(killed);
      assertEquals(predictions(whole), predictions(killed), "killed after " + tasks);
      for (String file : List.of("parameters.safetensors", "kept.safetensors")) {
        Path last = Path.of("checkpoints/2-task-2").resolve(file);
        assertArrayEquals(
            Files.readAllBytes(whole.resolve(last)),
            Files.readAllBytes(killed.resolve(last)),
            file + ", killed after " + tasks);
      }
      assertEquals(
          values(whole, "loss before"), values(killed, "loss before"), "killed after " + tasks);
    }
  }

  private static Map<String, String> predictions(Path run) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(run.resolve("predictions"))) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return all;
  }

  @Test
  void aMergedWeightIsInTheCheckpointAndAnUntouchedOneIsNot() throws IOException {
    Path run = RUN.run(folder).folder();
    byte[] header = Files.readAllBytes(run.resolve("checkpoints/0-task-0/parameters.safetensors"));
    String names = new String(header, 8, 4096, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertTrue(names.contains("backbone/layers.0.feed-forward.up"), names);
    assertEquals(false, names.contains("backbone/embeddings"));
  }
}
