package org.continuo.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Router;
import org.continuo.api.plugin.Plugin;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every strategy on every engine: it runs, or the plan says what it lacks. */
class StrategiesOnBackbonesIT {
  private static final Pattern NEED = Pattern.compile(" needs ([a-z-]+), which nothing offers");
  private static final Path TABLE = SmallModels.MADE.resolve("strategies-on-backbones.md");

  /** What a frozen graph has no place for. */
  private static final Map<String, Set<String>> INSIDE =
      Map.of(
          "l2p", Set.of("gradients", "prompts"),
          "progressive-prompts", Set.of("gradients", "prompts"),
          "moe-cl", Set.of("gradients", "linear-sites", "block-mixing"));

  @TempDir private Path folder;

  private static List<Plugin<?, ?>> parts() {
    List<Plugin<?, ?>> parts = new ArrayList<>();
    Stream.of(
            Strategy.Factory.class,
            Expert.Factory.class,
            Router.Factory.class,
            Adversary.Factory.class)
        .forEach(kind -> Offered.all(kind).forEach(offered -> parts.add(offered.plugin())));
    Offered.all(Head.Factory.class).stream()
        .filter(head -> head.is("classification"))
        .forEach(head -> parts.add(head.plugin()));
    parts.add(Offered.backbone("pytorch"));
    parts.add(Offered.backbone("onnx"));
    return parts;
  }

  private static TinyRun run(String strategy, String backbone) {
    return TinyRun.of(strategy, parts())
        .with("backbone " + backbone)
        .with("protocol.future-data = true")
        .with("training { epochs = 1, learning-rate = 1e-3 }");
  }

  private static String onnx() {
    return "{ type = onnx, checkpoint = \"%s\", cache.size = 0 }".formatted(SmallModels.onnx());
  }

  private static String pytorch() {
    return "{ type = pytorch, checkpoint = \"%s\" }".formatted(SmallModels.fixture("bert"));
  }

  private static List<String> strategies() {
    return Offered.all(Strategy.Factory.class).stream().map(Offered::toString).sorted().toList();
  }

  /** With options that move an expert behind the model, where there is one to be moved. */
  private static String behind(String id) {
    return switch (id) {
      case "combine" ->
          "{ type = combine, of = [{ type = replay, sites = [final] }, { type = ewc, sites = [final] }] }";
      case "l2p", "progressive-prompts", "moe-cl" -> "{ type = " + id + " }";
      default -> "{ type = " + id + ", sites = [final] }";
    };
  }

  private static String inside(String id) {
    return id.equals("combine")
        ? "{ type = combine, of = [replay, ewc] }"
        : "{ type = " + id + " }";
  }

  private static Set<String> lacks(TinyRun run) {
    Set<String> lacks = new TreeSet<>();
    for (String refusal : run.refusals()) {
      Matcher need = NEED.matcher(refusal);
      assertTrue(need.find(), refusal);
      lacks.add(need.group(1));
    }
    return lacks;
  }

  /** Runs it if it is not refused; what it lacks. */
  private Set<String> tried(String name, TinyRun run) {
    Set<String> lacks = lacks(run);
    if (lacks.isEmpty()) {
      assertEquals(2, run.run(folder.resolve(name)).accuracy().size(), name);
    }
    return lacks;
  }

  @Test
  void eachRunsOrIsToldWhatItLacks() throws IOException {
    Map<String, Set<String>> behind = new TreeMap<>();
    List<String> table = new ArrayList<>();
    table.add("| strategy | pytorch | onnx, sites = [final] | onnx, as it is |");
    table.add("|---|---|---|---|");
    for (String id : strategies()) {
      Set<String> onPytorch = tried(id + "-pytorch", run(inside(id), pytorch()));
      assertEquals(Set.of(), onPytorch, id);
      Set<String> onOnnx = tried(id + "-onnx", run(behind(id), onnx()));
      Set<String> asItIs = lacks(run(inside(id), onnx()));
      behind.put(id, onOnnx);
      table.add("| `%s` | runs | %s | %s |".formatted(id, cell(onOnnx), cell(asItIs)));
    }
    Files.write(TABLE, table);
    behind.values().removeIf(Set::isEmpty);
    assertEquals(new TreeMap<>(INSIDE), behind);
  }

  private static String cell(Set<String> lacks) {
    return lacks.isEmpty() ? "runs" : "lacks " + String.join(", ", lacks);
  }

  @Test
  void saysHowAnExpertIsMovedBehindTheModel() {
    List<String> refusals = run("{ type = ewc }", onnx()).refusals();
    assertEquals(2, refusals.size(), refusals::toString);
    assertTrue(
        refusals.stream()
            .allMatch(
                line ->
                    line.contains(
                        "; set sites = [final], for an expert on the final hidden states")),
        refusals::toString);
  }

  /** Both engines end in the same numbers, to what they differ by in hidden states. */
  @Test
  void theSameExperimentHasTheSameAnswersOnBothEngines() {
    for (String strategy :
        List.of("{ type = replay, sites = [final] }", "{ type = ewc, sites = [] }")) {
      TinyRun.Result one = run(strategy, pytorch()).run(folder.resolve("one" + strategy.length()));
      TinyRun.Result other = run(strategy, onnx()).run(folder.resolve("other" + strategy.length()));
      assertEquals(one.accuracy(), other.accuracy(), strategy);
    }
  }
}
