package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Prompt;
import org.continuo.api.model.ChatFrame;
import org.continuo.api.model.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On a small vocabulary of word pieces, in the dialects that differ in who writes a first space.
 */
class CheckpointTokenizerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = 1;
  private static final long END = 2;

  /** Pairs that are joined; the last makes a special token of characters, as some converters do. */
  private static final List<String> MERGES =
      List.of(
          "o o",
          "g oo",
          "goo d",
          "\u2581 good",
          "b a",
          "ba d",
          "\u2581 bad",
          "< /",
          "s >",
          "</ s>");

  private static final Map<String, String> NORMALIZERS =
      Map.of(
          "prepend",
          "{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':'\u2581'},"
              + "{'type':'Replace','pattern':{'String':' '},'content':'\u2581'}]}");

  @TempDir Path folder;

  private JsonNode tokenizer(String dialect) throws IOException {
    ObjectNode vocabulary = JSON.createObjectNode();
    List.of("<unk>", "<s>", "</s>").forEach(piece -> vocabulary.put(piece, vocabulary.size()));
    "\u2581ABCabcdefghijklmnopqrstuvwxyz:.\n</>|[]01\u0120\u010a"
        .chars()
        .forEach(c -> vocabulary.put(Character.toString(c), vocabulary.size()));
    MERGES.forEach(
        merge -> {
          String piece = merge.replace(" ", "");
          if (!vocabulary.has(piece)) {
            vocabulary.put(piece, vocabulary.size());
          }
        });
    ObjectNode model = JSON.createObjectNode().put("type", "BPE").put("unk_token", "<unk>");
    model.set("vocab", vocabulary);
    MERGES.forEach(model.putArray("merges")::add);
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    for (String special : List.of("<unk>", "<s>", "</s>")) {
      added
          .addObject()
          .put("id", vocabulary.get(special).asInt())
          .put("content", special)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.set("normalizer", json(NORMALIZERS.getOrDefault(dialect, "null")));
    root.set(
        "pre_tokenizer",
        json(
            dialect.equals("prepend")
                ? "null"
                : dialect.equals("bytes")
                    ? "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':true}"
                    : "{'type':'Metaspace','replacement':'\u2581','split':true,'prepend_scheme':'%s'}"
                        .formatted(dialect)));
    root.set(
        "post_processor",
        json(
            "{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'<s>','type_id':0}},"
                + "{'Sequence':{'id':'A','type_id':0}}],'pair':[],"
                + "'special_tokens':{'<s>':{'id':'<s>','ids':[1],'tokens':['<s>']}}}"));
    root.set("model", model);
    return root;
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private Tokenizer open(JsonNode tokenizer) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), JSON.writeValueAsString(tokenizer));
    Problems problems = new Problems();
    Optional<CheckpointTokenizer> opened =
        CheckpointTokenizer.open(new CheckpointFolder("model", folder), Optional.empty(), problems);
    return opened.orElseThrow(() -> new AssertionError(problems));
  }

  private HuggingFaceTokenizer original() throws IOException {
    try (InputStream file = Files.newInputStream(folder.resolve("tokenizer.json"))) {
      return HuggingFaceTokenizer.newInstance(
          file, Map.of("padding", "false", "truncation", "false"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepend", "always", "first", "never", "bytes"})
  void anAnswerHasTheTokensItHasBehindAPrompt(String dialect) throws IOException {
    Tokenizer tokenizer = open(tokenizer(dialect));
    try (HuggingFaceTokenizer original = original()) {
      for (String prompt : List.of("abc Answer:", "abc\nx", "[a]")) {
        long[] before = original.encode(prompt).getIds();
        for (String answer : List.of(" good", " bad", " A", " .0", " a good bad", " good\nx")) {
          long[] both = original.encode(prompt + answer).getIds();
          assertArrayEquals(before, Arrays.copyOf(both, before.length));
          assertArrayEquals(
              Arrays.copyOfRange(both, before.length, both.length),
              tokenizer.encodePiece(answer),
              dialect + ": " + prompt + answer);
        }
      }
    }
  }

  @Test
  void labelsOfATokenizerThatWritesItsOwnSpaceDifferInTheirFirstToken() throws IOException {
    Tokenizer tokenizer = open(tokenizer("prepend"));
    assertEquals(1, tokenizer.encodePiece(" good").length);
    assertEquals(1, tokenizer.encodePiece(" bad").length);
    assertEquals(4, tokenizer.encodePiece("abad").length + tokenizer.encodePiece("\ngood").length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepend", "always", "first", "never", "bytes"})
  void specialTokensOfATemplateAreThemselvesAsInTheOriginal(String dialect) throws IOException {
    Tokenizer tokenizer = open(tokenizer(dialect));
    try (HuggingFaceTokenizer original = original()) {
      String written = "<s>user: good bad</s><s>answer:";
      assertArrayEquals(
          original.encode(written).getIds(), tokenizer.encode(Prompt.template(written)), dialect);
      Prompt prompt =
          Prompt.template("<s>user: ")
              .then(Prompt.text("good bad"))
              .then(Prompt.template("</s><s>answer:"));
      assertArrayEquals(original.encode(written).getIds(), tokenizer.encode(prompt), dialect);
      assertArrayEquals(
          original.encode(written, false, false).getIds(), tokenizer.encodePiece(prompt), dialect);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepend", "always", "first", "never", "bytes"})
  void specialTokensOfATextStayCharacters(String dialect) throws IOException {
    Tokenizer tokenizer = open(tokenizer(dialect));
    for (String hostile : List.of("</s><s>", "good </s>", "\uFDD02\uFDD1", "<unk>", "</s")) {
      Prompt prompt =
          Prompt.template("<s>").then(Prompt.text(hostile)).then(Prompt.template("s></s>"));
      long[] ids = tokenizer.encodePiece(prompt);
      assertEquals(START, ids[0]);
      assertEquals(END, ids[ids.length - 1]);
      assertEquals(2, Arrays.stream(ids).filter(id -> id == START || id == END).count(), hostile);
      assertTrue(
          Arrays.stream(tokenizer.encode(hostile)).skip(1).noneMatch(id -> id <= END && id > 0));
    }
  }

  @Test
  void aUnigramPieceOfASpecialStringIsNotFoundInATextEither() throws IOException {
    JsonNode tokenizer =
        json(
            "{'version':'1.0','added_tokens':[{'id':1,'content':'</s>','single_word':false,'lstrip':false,"
                + "'rstrip':false,'normalized':true,'special':true}],'normalizer':null,'pre_tokenizer':null,"
                + "'post_processor':null,'decoder':null,'model':{'type':'Unigram','unk_id':0,'vocab':"
                + "[['<unk>',0.0],['</s>',0.0],['<',-3.0],['/',-3.0],['s',-3.0],['>',-3.0]]}}");
    Tokenizer unigram = open(tokenizer);
    assertArrayEquals(new long[] {2, 3, 4, 5}, unigram.encodePiece("</s>"));
    assertArrayEquals(new long[] {1, 4}, unigram.encodePiece(Prompt.template("</s>s")));
  }

  private ChatFrame frame(String template, String settings) throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), template);
    Files.writeString(folder.resolve("tokenizer_config.json"), settings);
    return open(tokenizer("bytes")).chatFrame();
  }

  private static String template(String name) throws IOException {
    try (InputStream file =
        CheckpointTokenizerTest.class.getResourceAsStream("jinja/" + name + ".jinja")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aChatTemplateFramesTheMessage() throws IOException {
    String tokens = "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\"}}";
    assertEquals(
        new ChatFrame("<s>[INST] ", " [/INST]", ChatFrame.Edges.STRIPPED, " "),
        frame(template("inst"), tokens));
    assertEquals(
        new ChatFrame("<|user|>\n", "</s>\n<|assistant|>\n", ChatFrame.Edges.KEPT, ""),
        frame(template("zephyr"), tokens));
    assertEquals(
        new ChatFrame(
            "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n", ChatFrame.Edges.KEPT, ""),
        frame(template("thinking"), tokens));
    assertEquals(
        new ChatFrame(
            "<s><start_of_turn>user\n",
            "<end_of_turn>\n<start_of_turn>model\n",
            ChatFrame.Edges.STRIPPED,
            ""),
        frame(template("turns"), tokens));
    Prompt message = Prompt.text(" </s> \n");
    assertEquals(
        new Prompt(
            List.of(
                new Prompt.Piece(Prompt.Origin.TEMPLATE, "<s>[INST] "),
                new Prompt.Piece(Prompt.Origin.TEXT, "</s>"),
                new Prompt.Piece(Prompt.Origin.TEMPLATE, " [/INST]"))),
        frame(template("inst"), tokens).around(message));
  }

  @Test
  void theTemplateOfTheSettingsIsReadWhereThereIsNoFile() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"x\"},"
            + " {\"name\": \"default\", \"template\": \"U:{{ messages[0].content }} A:\"}]}");
    assertEquals(
        new ChatFrame("U:", " A:", ChatFrame.Edges.KEPT, ""), open(tokenizer("bytes")).chatFrame());
  }

  @Test
  void aChatTemplateThatCannotBeUsedIsRefusedWithItsReason() throws IOException {
    assertEquals(
        "model: the chat template of the tokenizer cannot be used: it writes the message of the user not exactly once; remove chat = true from the template and write the form into its prompt",
        problem("no message"));
    assertEquals(
        "model: the chat template of the tokenizer cannot be used: line 2: the function 'strftime_now' is not known to this renderer; remove chat = true from the template and write the form into its prompt",
        problem("a\n{{ strftime_now('%d') }}{{ messages[0].content }}"));
  }

  private String problem(String template) {
    return assertThrows(DataException.class, () -> frame(template, "{}")).getMessage();
  }

  @Test
  void aTokenizerWithoutAChatTemplateSaysSo() throws IOException {
    Tokenizer tokenizer = open(tokenizer("bytes"));
    assertEquals(
        "model: the tokenizer has no chat template: found no chat_template.jinja, and no chat_template in tokenizer_config.json; remove chat = true from the template and write the form into its prompt",
        assertThrows(DataException.class, tokenizer::chatFrame).getMessage());
  }

  /** As a model of a family reads it, with {@code tokenizer_config.json} beside it. */
  private Tokenizer open(Family family, JsonNode tokenizer, String settings) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), JSON.writeValueAsString(tokenizer));
    Files.writeString(folder.resolve("tokenizer_config.json"), settings.replace('\'', '"'));
    CheckpointConfig config = Configs.read(family, folder, json -> {});
    Problems problems = new Problems();
    Optional<CheckpointTokenizer> opened =
        CheckpointTokenizer.open(
            new CheckpointFolder("model", folder), Optional.of(config), problems);
    problems.check();
    return opened.orElseThrow();
  }

  @Test
  void theClassOfGpt2SaysWhetherATextBeginsWithASpace() throws IOException {
    JsonNode file = tokenizer("bytes");
    long[] apart = open(Family.GPT2, file, "{}").encode("good");
    long[] spaced = open(Family.GPT2, file, "{}").encode(" good");
    assertEquals(2, apart.length);
    assertEquals(3, spaced.length);
    String prefixed = "{'tokenizer_class':'GPT2TokenizerFast','add_prefix_space':true}";
    assertArrayEquals(spaced, open(Family.GPT2, file, prefixed).encode("good"));
    String asItStands = "{'tokenizer_class':'TokenizersBackend','add_prefix_space':true}";
    assertArrayEquals(apart, open(Family.GPT2, file, asItStands).encode("good"));
  }

  @Test
  void theClassOfGemmaWritesASignForEachSpace() throws IOException {
    ObjectNode file = (ObjectNode) tokenizer("bytes");
    ((ObjectNode) file.get("model")).put("byte_fallback", true);
    Tokenizer gemma = open(Family.GEMMA3, file, "{'tokenizer_class':'GemmaTokenizer'}");
    long space = file.get("model").get("vocab").get("\u2581").asLong();
    long bad = file.get("model").get("vocab").get("bad").asLong();
    long spaced = file.get("model").get("vocab").get("\u2581bad").asLong();
    assertArrayEquals(new long[] {START, bad, space, spaced}, gemma.encode("bad  bad"));
    assertEquals(
        folder.resolve("tokenizer_config.json")
            + ": key 'tokenizer_class': found none, which means GemmaTokenizer, whose texts are split at spaces, and a tokenizer.json without byte_fallback; expected the file of that class, or TokenizersBackend, which takes the file as it stands",
        assertThrows(DataException.class, () -> open(Family.GEMMA2, tokenizer("bytes"), "{}"))
            .getMessage());
  }
}
