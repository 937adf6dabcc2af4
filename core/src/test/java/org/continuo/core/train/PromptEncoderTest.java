package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.data.Template;
import org.continuo.api.model.Tokenizer;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.toy.ToyBackbone;
import org.continuo.core.toy.ToyExperiments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The toy tokenizer gives one id per word after a first id 1; the limit of the toy runs is 32. */
class PromptEncoderTest {
  private static final Task TASK =
      new Task(
          "topics", 0, new Template("Topic of {text} is one of {options} :"), List.of("a", "b c"));

  private Scopes scopes;
  private Tokenizer tokenizer;
  private PromptEncoder encoder;

  @BeforeEach
  void create() {
    Experiment experiment =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true)).options();
    Engine engine = Engine.getEngine("PyTorch");
    scopes = new Scopes(engine.newBaseManager());
    ToyBackbone backbone =
        new ToyBackbone(new ParameterStore(scopes, new SeedTree(experiment), engine).view("toy"));
    tokenizer = backbone.tokenizer();
    TaskStream stream =
        new TaskStream() {
          @Override
          public List<Task> tasks() {
            return List.of(TASK);
          }

          @Override
          public List<Example> examples(Task task, Split split) {
            return List.of();
          }
        };
    encoder =
        new PromptEncoder(backbone, new Progression(stream, new SilentListener()), experiment);
  }

  @AfterEach
  void close() {
    scopes.close();
  }

  private static Example example(String text) {
    return new Example("id of " + text, "topics", text, "b c");
  }

  @Test
  void promptAndAnswerAreApart() {
    PromptEncoder.Sequence sequence = encoder.sequence(example("this text"));
    assertArrayEquals(tokenizer.encode("Topic of this text is one of a, b c :"), sequence.prompt());
    long[] answer = tokenizer.encodePiece(" b c");
    assertArrayEquals(new long[] {answer[0], answer[1], 2}, sequence.answer());
    assertEquals(0, encoder.cut());
  }

  @Test
  void tooLongATextIsCutNeverTheInstructionOrTheAnswer() {
    Example example = example("word ".repeat(60).strip());
    PromptEncoder.Sequence sequence = encoder.sequence(example);
    assertTrue(sequence.prompt().length + sequence.answer().length <= 32);
    assertTrue(sequence.prompt().length + sequence.answer().length >= 28, "little room is wasted");
    long[] end = tokenizer.encodePiece("is one of a, b c :");
    assertArrayEquals(
        end,
        Arrays.copyOfRange(
            sequence.prompt(), sequence.prompt().length - end.length, sequence.prompt().length));
    assertEquals(1, encoder.cut());
  }

  @Test
  void withoutTheTaskTheTextStandsAlone() {
    assertArrayEquals(
        tokenizer.encode("this text"),
        encoder.prompt(example("this text").withTask(Optional.empty())));
  }
}
