package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.toy.ToyBackbone;
import org.continuo.core.toy.ToyExperiments;
import org.junit.jupiter.api.Test;

/** The toy tokenizer gives one id per word after a first id 1; the limit of the toy runs is 32. */
class BatchMakerTest {
  @Test
  void aTestReadsFewerTextsAtOnceWhereTheyAreLong() {
    Experiment experiment =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true)).options();
    Engine engine = Engine.getEngine("PyTorch");
    try (Scopes scopes = new Scopes(engine.newBaseManager())) {
      ToyBackbone backbone =
          new ToyBackbone(new ParameterStore(scopes, new SeedTree(experiment), engine).view("toy"));
      Task task = new Task("topics", 0, new Template("{text}"), List.of("a", "b"));
      PromptEncoder encoder =
          new PromptEncoder(
              backbone, new Progression(new OneTask(task), new SilentListener()), experiment);
      BatchMaker batches = new BatchMaker(encoder, backbone);
      List<Example> examples =
          IntStream.range(0, 600).mapToObj(i -> example(i, i < 300 ? 2 : 40)).toList();
      List<List<Example>> tests = batches.forTest(examples, 250);
      assertEquals(
          List.of(250, 132, 118, 100),
          tests.stream().map(List::size).toList(),
          "250 short texts, then 50 short and 200 of 31 tokens, 4,096 / 31 = 132 at once, then 100");
      assertTrue(tests.stream().allMatch(batch -> batch.size() * longest(encoder, batch) <= 4096));
      assertEquals(
          batches.byLength(examples, 250).stream().flatMap(List::stream).toList(),
          tests.stream().flatMap(List::stream).toList(),
          "in the same order");
    }
  }

  private static int longest(PromptEncoder encoder, List<Example> batch) {
    return batch.stream().mapToInt(encoder::length).max().orElseThrow();
  }

  private static Example example(int number, int words) {
    return new Example(
        "topics/test/" + number,
        Optional.of("topics"),
        String.join(" ", Collections.nCopies(words, "w")),
        "a");
  }
}
