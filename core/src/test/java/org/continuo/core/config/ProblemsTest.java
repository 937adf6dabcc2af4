package org.continuo.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.continuo.api.model.Backbone;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.core.testing.MadeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of every problem a file can have. */
class ProblemsTest {
  /** The parts that have no default, on one line so that a test's own text starts on line 2. */
  private static final String BASE =
      "experiment { backbone { type = glass, checkpoint = c }, stream { type = shelf, root = r } }";

  @TempDir private Path folder;

  /** The problems of a file, with its path as {@code x.conf}. */
  private List<String> problems(PluginRegistry registry, String text, String... sets)
      throws IOException {
    Path file = Files.writeString(folder.resolve("x.conf"), text);
    InvalidInput invalid =
        assertThrows(InvalidInput.class, () -> ExperimentFile.read(file, List.of(sets), registry));
    return invalid.problems().stream().map(p -> p.replace(file.toString(), "x.conf")).toList();
  }

  private void expect(String text, String... problems) throws IOException {
    assertEquals(
        List.of(problems), problems(MadeUp.registry(), BASE + "\nexperiment {\n" + text + "\n}"));
  }

  private void expectSet(String set, String... problems) throws IOException {
    assertEquals(List.of(problems), problems(MadeUp.registry(), BASE, set));
  }

  @Test
  void aProblemIsOneLineWhateverWasWritten() throws IOException {
    expectSet(
        "seed=a\nb",
        "--set seed=a\\u000ab: experiment.seed: wrong type: found the text 'a\\u000ab', expected a"
            + " whole number; write the number alone, without a unit");
  }

  @Test
  void unknownOption() throws IOException {
    expect(
        "training { epoch = 3 }",
        "x.conf:3: experiment.training.epoch: unknown option: found 'epoch', available:"
            + " accumulation, batch-size, clip-norm, epochs, evaluations-per-epoch, learning-rate,"
            + " maximum-length, schedule, select-best, tasks, warmup, weight-decay; did you mean"
            + " 'epochs'?");
    expect(
        "strategy { type = still, zzz = 3 }",
        "x.conf:3: experiment.strategy.zzz: unknown option of strategy 'still': found 'zzz',"
            + " available: expert, second; use one of these or remove it");
  }

  @Test
  void anOptionOfAPluginThatHasNone() throws IOException {
    expect(
        "head { dropout = 0.1 }",
        "x.conf:3: experiment.head.dropout: unknown option of head 'plain': found 'dropout',"
            + " available: none; remove it");
  }

  @Test
  void wrongType() throws IOException {
    expect(
        "seed = one",
        "x.conf:3: experiment.seed: wrong type: found the text 'one', expected a whole number;"
            + " write the number alone, without a unit");
    expect(
        "seed = 1.5",
        "x.conf:3: experiment.seed: wrong type: found 1.5, expected a whole number; write the"
            + " number alone, without a unit");
    expect(
        "training.batch-size = 3000000000",
        "x.conf:3: experiment.training.batch-size: wrong type: found 3000000000, expected a whole"
            + " number between -2147483648 and 2147483647; write the number alone, without a"
            + " unit");
    expect(
        "training.epochs = 3 epochs",
        "x.conf:3: experiment.training.epochs: wrong type: found the text '3 epochs', expected a"
            + " number; write the number alone, without a unit");
    expect(
        "training.epochs = 1e999",
        "x.conf:3: experiment.training.epochs: wrong type: found 1e999, expected a number that fits"
            + " a double (up to 1.8e308); write the number alone, without a unit");
    expect(
        "protocol.past-data = yes",
        "x.conf:3: experiment.protocol.past-data: wrong type: found the text 'yes', expected true"
            + " or false; write one of the two");
    expect(
        "name = [a]",
        "x.conf:3: experiment.name: wrong type: found a list, expected a name for a folder;"
            + " choose another name");
    expect(
        "backbone.checkpoint = \"\"",
        "x.conf:3: experiment.backbone.checkpoint: wrong type: found the text '', expected a path;"
            + " write a path, in double quotes if it holds special characters");
    expect(
        "training = 3",
        "x.conf:3: experiment.training: wrong type: found 3, expected a block; write { option ="
            + " value, ... }");
    expect(
        "stream.order = a",
        "x.conf:3: experiment.stream.order: wrong type: found the text 'a', expected a list; write"
            + " [value, ...]");
    expect(
        "stream.order = [a,\n[b], null]",
        "x.conf:4: experiment.stream.order[1]: wrong type: found a list, expected a text; write a"
            + " text, in double quotes if it holds special characters",
        "x.conf:4: experiment.stream.order[2]: wrong type: found null, expected a text; write a"
            + " text, in double quotes if it holds special characters");
    expect(
        "stream.weights = 3",
        "x.conf:3: experiment.stream.weights: wrong type: found 3, expected a block; write { name ="
            + " value, ... }");
    expect(
        "strategy = 3",
        "x.conf:3: experiment.strategy: wrong type: found 3, expected a plugin of kind strategy;"
            + " write its id, or { type = id, option = value, ... }");
    expect(
        "strategy.type = [still]",
        "x.conf:3: experiment.strategy.type: wrong type: found a list, expected the id of a"
            + " strategy, available: drift, still; write one of these");
  }

  @Test
  void outOfRange() throws IOException {
    expect(
        "training.batch-size = 0",
        "x.conf:3: experiment.training.batch-size: out of range: found 0, expected at least 1"
            + " examples; choose a value in this range");
    expect(
        "backbone.layers = 97",
        "x.conf:3: experiment.backbone.layers: out of range: found 97, expected between 1 and 96;"
            + " choose a value in this range");
    expect(
        "seeds.data = -1",
        "x.conf:3: experiment.seeds.data: out of range: found -1, expected at least 0; choose a"
            + " value in this range");
    expect(
        "stream.weights { a = 0.5, b = 2 }",
        "x.conf:3: experiment.stream.weights.b: out of range: found 2, expected between 0 and 1;"
            + " choose a value in this range");
    expect(
        "stream.order = []",
        "x.conf:3: experiment.stream.order: out of range: found 0 elements, expected at least 1;"
            + " choose a value in this range");
  }

  @Test
  void unknownChoice() throws IOException {
    expect(
        "training.schedule = cosin",
        "x.conf:3: experiment.training.schedule: unknown choice: found 'cosin', available:"
            + " constant, linear, cosine; did you mean 'cosine'?");
    expect(
        "stream.form = xml",
        "x.conf:3: experiment.stream.form: unknown choice: found 'xml', available: json, csv; use"
            + " one of these or remove it");
  }

  @Test
  void missing() throws IOException {
    assertEquals(
        List.of(
            "x.conf:2: experiment.backbone.checkpoint: missing: found nothing, expected a path"
                + " (folder of the checkpoint); add 'checkpoint = ...' to experiment.backbone",
            "x.conf:3: experiment.stream: no stream chosen: found no type and none is preferred,"
                + " available: shelf; add 'type = shelf' or another of these"),
        problems(MadeUp.registry(), "experiment {\n backbone = glass\n stream { root = r }\n}"));
    assertEquals(
        List.of(
            "x.conf:1: experiment.backbone: no backbone chosen: found no type and none is"
                + " preferred, available: glass; add 'type = glass' or another of these",
            "x.conf:1: experiment.stream: no stream chosen: found no type and none is preferred,"
                + " available: shelf; add 'type = shelf' or another of these"),
        problems(MadeUp.registry(), "experiment {}"));
  }

  @Test
  void nullTakesBack() throws IOException {
    expect(
        "backbone.checkpoint = null",
        "x.conf:1: experiment.backbone.checkpoint: missing: found nothing, expected a path (folder"
            + " of the checkpoint); add 'checkpoint = ...' to experiment.backbone");
  }

  @Test
  void unknownPlugin() throws IOException {
    expect(
        "strategy { type = drft }",
        "x.conf:3: experiment.strategy.type: unknown strategy: found 'drft', available: drift,"
            + " still; did you mean 'drift'?");
    expect(
        "strategy = ewc",
        "x.conf:3: experiment.strategy: unknown strategy: found 'ewc', available: drift, still; use"
            + " one of these");
  }

  @Test
  void aPluginOfTooWideAKind() throws IOException {
    expect(
        "strategy { type = still, expert = wide }",
        "x.conf:3: experiment.strategy.expert: unknown low-rank expert: found 'wide', available:"
            + " thin; use one of these");
  }

  @Test
  void aRegistryWithProblemsIsMentioned() throws IOException {
    PluginRegistry registry =
        PluginRegistry.of(
            List.of(
                MadeUp.simple(
                    "Bad", Backbone.Factory.class, MadeUp.Glass.class, MadeUp.GlassFactory::new)));
    assertEquals(
        "x.conf:1: experiment.backbone.type: unknown backbone: found 'glass', available: none;"
            + " add a module that provides one; 1 problem with plugins: see 'continuo doctor'",
        problems(registry, BASE).get(0));
  }

  @Test
  void conflict() throws IOException {
    expect(
        "strategy {\n lambda = 0, mean = true }",
        "x.conf:3: experiment.strategy: options do not go together: found mean = true with lambda ="
            + " 0, expected a pull; raise lambda");
  }

  @Test
  void aRecordThatRefuses() throws IOException {
    expect(
        "strategy {\n ramp { from = 2 } }",
        "x.conf:4: experiment.strategy.ramp: options not accepted: found from 2.0 above to 1.0,"
            + " expected a rising ramp; swap them");
    expect(
        "strategy.ramps { \"a b\" { from = 2 } }",
        "x.conf:3: experiment.strategy.ramps.\"a b\": options not accepted: found from 2.0 above"
            + " to 1.0, expected a rising ramp; swap them");
  }

  @Test
  void fiveMistakesAreFiveProblemsInTheOrderOfTheFile() throws IOException {
    String text =
        """
        experiment {
          seed = -1
          backbone { type = glass }
          stream { type = shelf, root = r, form = xml }

          strategy {
            type = drift
            lamda = 2
            expert { type = thin, rank = eight }
          }
        }
        """;
    assertEquals(
        List.of(
            "x.conf:2: experiment.seed: out of range: found -1, expected at least 0; choose a value"
                + " in this range",
            "x.conf:3: experiment.backbone.checkpoint: missing: found nothing, expected a path"
                + " (folder of the checkpoint); add 'checkpoint = ...' to experiment.backbone",
            "x.conf:4: experiment.stream.form: unknown choice: found 'xml', available: json, csv;"
                + " use one of these or remove it",
            "x.conf:8: experiment.strategy.lamda: unknown option of strategy 'drift': found"
                + " 'lamda', available: expert, lambda, learning-rate, mean, memory, ramp, ramps,"
                + " with; did you mean 'lambda'?",
            "x.conf:9: experiment.strategy.expert.rank: wrong type: found the text 'eight',"
                + " expected a whole number; write the number alone, without a unit"),
        problems(MadeUp.registry(), text));
  }

  @Test
  void includedFilesAreNamed() throws IOException {
    Path part = Files.writeString(folder.resolve("part.conf"), "# shared\nseed = -1\n");
    assertEquals(
        List.of(
            part
                + ":2: experiment.seed: out of range: found -1, expected at least 0; choose a value"
                + " in this range"),
        problems(MadeUp.registry(), BASE + "\nexperiment { include \"part.conf\" }"));
  }

  @Test
  void syntax() throws IOException {
    String fix = "; close every bracket, and put text with special characters in double quotes";
    PluginRegistry registry = MadeUp.registry();
    assertEquals(
        List.of(
            "x.conf:3: not valid HOCON: Expecting close brace } or a comma, got '@' (Reserved"
                + " character '@' is not allowed outside quotes)"
                + fix),
        problems(registry, "experiment {\n\n name = a@b\n}"));
    assertEquals(
        List.of("x.conf:2: not valid HOCON: expecting a closing '}' here, not: end of file" + fix),
        problems(registry, "experiment {\n"));
    assertEquals(
        List.of(
            "x.conf:1: not valid HOCON: path has a leading, trailing, or two adjacent period '.'"
                + " (use quoted \"\" empty string if you want an empty element)"
                + fix),
        problems(registry, "experiment..name = x"));
  }

  @Test
  void substitutions() throws IOException {
    expect(
        "name = ${nowhere}\nseed = ${neither}",
        "x.conf:3: experiment.name: unresolved substitution: found ${nowhere}, expected the path of"
            + " something that is set, or an environment variable; set it or write the value here",
        "x.conf:4: experiment.seed: unresolved substitution: found ${neither}, expected the path of"
            + " something that is set, or an environment variable; set it or write the value"
            + " here");
    expect(
        "name = ${experiment.seed}\nseed = ${experiment.name}",
        "x.conf:3: unresolved substitution: Could not resolve substitution to a value:"
            + " ${experiment.seed} was part of a cycle of substitutions involving"
            + " ${experiment.name}, ${experiment.seed}, ${experiment.name}; break the cycle by"
            + " writing one of the values");
  }

  @Test
  void noFile() {
    PluginRegistry registry = MadeUp.registry();
    Path missing = Path.of("no", "such.conf");
    assertEquals(
        List.of(
            missing
                + ": found no such file, expected a HOCON file; check the path or its"
                + " permissions"),
        assertThrows(InvalidInput.class, () -> ExperimentFile.read(missing, List.of(), registry))
            .problems());
    assertEquals(
        List.of(
            folder + ": found a folder, expected a HOCON file; check the path or its permissions"),
        assertThrows(InvalidInput.class, () -> ExperimentFile.read(folder, List.of(), registry))
            .problems());
  }

  @Test
  void topLevel() throws IOException {
    PluginRegistry registry = MadeUp.registry();
    assertEquals(
        List.of(
            "x.conf: missing block: found no 'experiment', expected one; add experiment { ... }",
            "x.conf:1: experimnt: unknown block: found 'experimnt', available: experiment; did you"
                + " mean 'experiment'?"),
        problems(registry, "experimnt {}"));
    assertEquals(
        List.of(
            "x.conf:2: seed: unknown block: found 'seed' outside, expected it in experiment { ... };"
                + " move it there",
            "x.conf:3: suite: reserved block: found a suite of experiments, expected a single one;"
                + " run it with 'continuo suite', or keep the suite in a file of its own, which may"
                + " include this one"),
        problems(registry, BASE + "\nseed = 1\nsuite { seeds = [1, 2] }"));
  }

  @Test
  void overrides() throws IOException {
    expectSet(
        "training.epochs=many",
        "--set training.epochs=many: experiment.training.epochs: wrong type: found the text 'many',"
            + " expected a number; write the number alone, without a unit");
    expectSet(
        "experiment.seed=-1",
        "--set experiment.seed=-1: experiment.seed: out of range: found -1, expected at least 0;"
            + " choose a value in this range");
    expectSet(
        "strategy={type=still, expert={rnk=3}}",
        "--set strategy={type=still, expert={rnk=3}}: experiment.strategy.expert.rnk: unknown"
            + " option of expert 'thin': found 'rnk', available: alpha, rank; did you mean"
            + " 'rank'?");
    expectSet(
        "seed",
        "--set seed: found no path and value, expected path=value; write it as in --set"
            + " training.epochs=2");
    expectSet(
        "stream.order=[a",
        "--set stream.order=[a: experiment.stream.order: wrong type: found the text '[a',"
            + " expected a list; write [value, ...]; in a shell, a list is --set"
            + " 'experiment.stream.order=[a, b]', a block --set 'experiment.stream.order={a = 1}',"
            + " and a text stands as it is, --set 'experiment.stream.order=a text'");
    expectSet(
        "a..b=3",
        "--set a..b=3: not valid HOCON: Invalid path 'a..b': path has a leading, trailing, or two adjacent period '.'"
            + " (use quoted \"\" empty string if you want an empty element); close every bracket,"
            + " and put text with special characters in double quotes");
  }

  @Test
  void aProblemOfABlockIsPlacedInTheFileEvenIfPartsOfItAreOverridden() throws IOException {
    assertEquals(
        List.of(
            "x.conf:2: experiment.strategy: options do not go together: found mean = true with"
                + " lambda = 0, expected a pull; raise lambda"),
        problems(
            MadeUp.registry(),
            BASE + "\nexperiment.strategy {\n mean = true }",
            "strategy.lambda=0",
            "strategy.with=[still, still]"));
  }

  @Test
  void problemsOfFileAndOverridesComeTogether() throws IOException {
    assertEquals(
        List.of(
            "x.conf:2: experiment.seed: out of range: found -1, expected at least 0; choose a value"
                + " in this range",
            "--set training.epochs={}: experiment.training.epochs: wrong type: found a block,"
                + " expected a number; write the number alone, without a unit"),
        problems(MadeUp.registry(), BASE + "\nexperiment.seed = -1", "training.epochs={}"));
  }
}
