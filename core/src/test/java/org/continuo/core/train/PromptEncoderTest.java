package org.continuo.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Prompt;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.api.data.Text;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.ChatFrame;
import org.continuo.api.model.Tokenizer;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.toy.ToyBackbone;
import org.continuo.core.toy.ToyExperiments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The toy tokenizer gives one id per word after a first id 1; the limit of the toy runs is 32. */
class PromptEncoderTest {
  private static final Task TASK =
      new Task(
          "topics", 0, new Template("Topic of {text} is one of {options} :"), List.of("a", "b c"));

  private Experiment experiment;
  private Scopes scopes;
  private Tokenizer tokenizer;
  private PromptEncoder encoder;

  @BeforeEach
  void create() {
    experiment =
        ToyExperiments.bound(1, ToyExperiments.TRAINING, ToyExperiments.experts(true)).options();
    Engine engine = Engine.getEngine("PyTorch");
    scopes = new Scopes(engine.newBaseManager());
    ToyBackbone backbone =
        new ToyBackbone(new ParameterStore(scopes, new SeedTree(experiment), engine).view("toy"));
    tokenizer = backbone.tokenizer();
    encoder =
        new PromptEncoder(
            backbone, new Progression(new OneTask(TASK), new SilentListener()), experiment);
  }

  /** An encoder of at most 32 tokens whose tokenizer gives an id per byte of UTF-8, after a 1. */
  private PromptEncoder bytes(Template template) {
    Tokenizer bytes =
        part(
            Tokenizer.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "encode" -> bytes("\u0001" + arguments[0]);
                  case "encodePiece" -> bytes((String) arguments[0]);
                  case "endIds" -> List.of();
                  default -> throw new AssertionError("unexpected " + method);
                });
    return encoder(bytes, template);
  }

  private PromptEncoder encoder(Tokenizer tokenizer, Template template) {
    Task task = new Task("topics", 0, template, List.of("a", "b c"));
    return new PromptEncoder(
        backbone(tokenizer), new Progression(new OneTask(task), new SilentListener()), experiment);
  }

  private static Backbone backbone(Tokenizer tokenizer) {
    return part(
        Backbone.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "tokenizer" -> tokenizer;
              case "description" ->
                  new Backbone.Description(
                      "toy", "", "", 1, 1, 1, 256, 32, "F32", Optional.empty());
              default -> throw new AssertionError("unexpected " + method);
            });
  }

  private static <T> T part(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }

  private static long[] bytes(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return IntStream.range(0, encoded.limit()).mapToLong(i -> encoded.get(i) & 0xff).toArray();
    } catch (CharacterCodingException e) {
      throw new AssertionError("half a character was handed over", e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "xy", "xyz"})
  void aTextOfCharactersBeyondTheBasicPlaneFillsTheRoomAndNoneIsHalved(String before) {
    long[] prompt = bytes(Template.PLAIN).prompt(example(before + "\ud83d\ude00".repeat(100)));
    assertTrue(prompt.length >= 24 && prompt.length <= 32, "of 32: " + prompt.length);
  }

  @Test
  void anInstructionThatLeavesNoRoomIsRefusedWithTheNumbers() {
    Task task = new Task("topics", 0, new Template("x".repeat(31) + "{text}"), List.of("a", "b"));
    assertEquals(
        Optional.of(
            "the prompt of task 'topics' has 32 tokens without any text, training.maximum-length is 32; raise it or shorten the template"),
        bytes(task.template()).refusal(task, List.of(), false));
    assertEquals(
        Optional.of(
            "the prompt of task 'topics' has 32 tokens without any text and 2 are kept for its answer, training.maximum-length is 32; raise it or shorten the template"),
        bytes(task.template()).refusal(task, List.of(), true));
  }

  @Test
  void aLittleRoomIsRefusedWhereATextWouldBeCutOnly() {
    Template template = new Template("x".repeat(25) + "{text}");
    Task task = new Task("topics", 0, template, List.of("a", "b"));
    PromptEncoder tight = bytes(template);
    assertEquals(Optional.empty(), tight.refusal(task, List.of(example("123456")), false));
    assertTrue(tight.refusal(task, List.of(example("1234567")), false).isPresent());
    Template roomy = new Template("x".repeat(23) + "{text}");
    Task one = new Task("topics", 0, roomy, List.of("a", "b"));
    assertEquals(
        Optional.empty(), bytes(roomy).refusal(one, List.of(example("1".repeat(99))), false));
  }

  @Test
  void aLongAnswerGivesWayToTheInstructionAndTheStartToken() {
    Template template = new Template("x".repeat(19) + "{text}");
    Example example = new Example("id", "topics", "1".repeat(50), "y".repeat(40));
    PromptEncoder.Sequence sequence = bytes(template).sequence(example);
    assertEquals(1, sequence.prompt()[0]);
    assertTrue(sequence.prompt().length > 20, "some of the text is left");
    assertTrue(sequence.answer().length >= 4);
    assertTrue(sequence.prompt().length + sequence.answer().length <= 32);
  }

  @Test
  void aTextIsCountedOnceWhicheverRoomsItWasCutFor() {
    Example example = example("word ".repeat(60).strip());
    encoder.prompt(example);
    encoder.sequence(example);
    encoder.length(new Example(example.id(), example.task(), example.text(), "a"));
    encoder.prompt(example.withTask(Optional.empty()));
    assertEquals(1, encoder.cut());
    encoder.prompt(example("other ".repeat(60).strip()));
    encoder.prompt(example("short"));
    assertEquals(2, encoder.cut());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 31})
  void aTextThatIsDenserBehindItsBeginningFillsTheRoom(int sparse) {
    String text = "x".repeat(sparse) + "\ud83d\ude00".repeat(500);
    long[] prompt = bytes(Template.PLAIN).prompt(example(text));
    assertTrue(prompt.length >= 24 && prompt.length <= 32, "of 32: " + prompt.length);
    assertArrayEquals(Arrays.copyOf(bytes("\u0001" + text), prompt.length), prompt);
  }

  @Test
  void anAnswerThatIsCutIsCounted() {
    Example fits = new Example("1", "topics", "text", "a b");
    Example cut = new Example("2", "topics", "text", "a ".repeat(40));
    assertEquals(1, encoder.cutAnswers(List.of(fits, cut)));
    assertEquals(1, bytes(Template.PLAIN).cutAnswers(List.of(fits, cut)), "without an end token");
  }

  /** A tokenizer with ids per character, whose special tokens are 500 and 501. */
  private PromptEncoder chat(Template template) {
    Tokenizer characters =
        part(
            Tokenizer.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "encode" -> characters("<s>", arguments[0]);
                  case "encodePiece" -> characters("", arguments[0]);
                  case "endIds" -> List.of(501L);
                  case "chatFrame" -> new ChatFrame("<s>[", "]\n", ChatFrame.Edges.STRIPPED, "");
                  default -> throw new AssertionError("unexpected " + method);
                });
    return encoder(characters, template);
  }

  private static long[] characters(String before, Object read) {
    Prompt prompt = read instanceof Prompt written ? written : Prompt.text((String) read);
    return Prompt.template(before).then(prompt).pieces().stream()
        .map(
            piece ->
                piece.origin() == Prompt.Origin.TEMPLATE
                    ? piece.text().replace("<s>", "\u01f4").replace("</s>", "\u01f5")
                    : piece.text())
        .flatMapToLong(text -> text.chars().asLongStream())
        .toArray();
  }

  @Test
  void inAChatThePromptIsTheMessageAndTheAnswerTheTurnOfTheModel() {
    PromptEncoder encoder = chat(new Template("</s>{text}?", false, true));
    PromptEncoder.Sequence sequence = encoder.sequence(example(" <s>"));
    assertArrayEquals(characters("<s>[</s> ", "<s>?]\n"), sequence.prompt());
    assertArrayEquals(characters("b c</s>", ""), sequence.answer());
    assertEquals(Optional.empty(), encoder.chatRefusal(TASK));
  }

  @Test
  void theStartTokenIsNotReadTwiceAndAnEndTokenOfTheTemplateStays() {
    PromptEncoder encoder = chat(new Template("<s>{text}</s>", false));
    assertArrayEquals(characters("<s>hi</s>", ""), encoder.sequence(example("hi")).prompt());
    assertArrayEquals(characters("<s>", "<s>"), chat(Template.PLAIN).prompt(example("<s>")));
  }

  @Test
  void aChatWithoutAChatTemplateIsRefusedByTask() {
    Task task = new Task("topics", 0, new Template("{text}", false, true), List.of("a"));
    assertEquals(
        Optional.of(
            "the template of task 'topics' has chat = true, but the tokenizer has no chat template; remove chat = true and write the form the model was trained with into the prompt"),
        encoder.chatRefusal(task));
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

  @Test
  void ofATextTheAnswerCountsOrAllButTheFirstToken() {
    PromptEncoder.Sequence answer = encoder.sequence(new Text("a b", "c", Text.Counted.ANSWER));
    assertEquals(3, answer.prompt().length);
    assertArrayEquals(new long[] {tokenizer.encodePiece("c")[0], 2}, answer.answer());
    PromptEncoder.Sequence all = encoder.sequence(new Text("a b", "c", Text.Counted.ALL));
    assertArrayEquals(new long[] {1}, all.prompt());
    assertArrayEquals(
        new long[] {
          tokenizer.encodePiece("a")[0],
          tokenizer.encodePiece("b")[0],
          tokenizer.encodePiece("c")[0],
          2
        },
        all.answer());
    assertEquals(
        32,
        encoder.sequence(new Text("a ".repeat(40), "c", Text.Counted.ANSWER)).prompt().length + 2);
    assertEquals(
        31, encoder.sequence(new Text("a ".repeat(40), "", Text.Counted.ALL)).answer().length);
  }
}
