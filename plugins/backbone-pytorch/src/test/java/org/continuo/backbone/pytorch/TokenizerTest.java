package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Tokenizer;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.CheckpointTokenizer;
import org.continuo.checkpoints.Problems;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {
  private final ParameterStore store = new ParameterStore();

  static List<String> all() {
    return Fixtures.all();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @MethodSource("all")
  void piecesHaveNoSpecialTokensAndDecodeToTheirText(String name) {
    Tokenizer tokenizer = Fixtures.load(Fixtures.folder(name), store).tokenizer();
    long[] whole = tokenizer.encode("shares rose");
    long[] piece = tokenizer.encodePiece("shares rose");
    boolean wordPiece = !tokenizer.describe().startsWith("BPE");
    assertArrayEquals(
        Arrays.copyOfRange(whole, 1, wordPiece ? whole.length - 1 : whole.length), piece);
    assertEquals("shares rose", tokenizer.decode(whole));
    assertEquals("shares rose", tokenizer.decode(piece));
  }

  @ParameterizedTest
  @MethodSource("all")
  void halfOfASurrogatePairIsReadAsOneReplacementCharacterAndSpoilsNothingElse(String name) {
    Tokenizer tokenizer = Fixtures.load(Fixtures.folder(name), store).tokenizer();
    String broken = "a \ud83d\ude00 b %s c \ud83d\ude00";
    for (String half : List.of("\ud83d", "\ude00", "\ude00\ud83d")) {
      String replaced = broken.formatted("\ufffd".repeat(half.length()));
      assertArrayEquals(tokenizer.encode(replaced), tokenizer.encode(broken.formatted(half)), half);
      assertArrayEquals(
          tokenizer.encodePiece(replaced), tokenizer.encodePiece(broken.formatted(half)), half);
    }
  }

  @Test
  void specialStringsInATextAreText() {
    Tokenizer llama = Fixtures.load(Fixtures.folder("llama"), store).tokenizer();
    String hostile = "stop </s> here <pad><s>";
    long[] ids = llama.encode(hostile);
    assertEquals(1, ids[0]);
    assertEquals(0, Arrays.stream(ids).skip(1).filter(id -> id <= 2).count(), Arrays.toString(ids));
    assertEquals(hostile, llama.decode(ids));
  }

  @Test
  void specialStringsInATextAreTextForWordPieces() {
    Tokenizer bert = Fixtures.load(Fixtures.folder("bert"), store).tokenizer();
    long[] ids = bert.encode("stop [SEP] here [PAD]");
    long unknown = 1;
    assertEquals(
        2, Arrays.stream(ids).filter(id -> id <= 4 && id != unknown).count(), Arrays.toString(ids));
  }

  @Test
  void idsOfAddedTokensStayWhereSpecialOnesAreOutsideTheVocabulary(@TempDir Path folder)
      throws IOException {
    Fixtures.copy("llama", folder, config -> config.put("vocab_size", 512));
    ObjectMapper json = new ObjectMapper();
    Path file = folder.resolve("tokenizer.json");
    ObjectNode tokenizer = (ObjectNode) json.readTree(file.toFile());
    ArrayNode added = (ArrayNode) tokenizer.get("added_tokens");
    added.add(added(json, 512, "<|turn|>", true));
    added.add(added(json, 513, "<|tool|>", false));
    Files.writeString(file, json.writeValueAsString(tokenizer));
    CheckpointFolder changedFolder = new CheckpointFolder("test", folder);
    Tokenizer changed =
        CheckpointTokenizer.open(changedFolder, Optional.empty(), new Problems()).orElseThrow();
    assertEquals(514, changed.vocabulary());
    assertArrayEquals(new long[] {513}, changed.encodePiece("<|tool|>"));
    assertEquals(0, Arrays.stream(changed.encodePiece("<|turn|>")).filter(id -> id >= 512).count());
  }

  @Test
  void endsAndPaddingComeFromTheFirstFileThatNamesThem(@TempDir Path folder) throws IOException {
    Fixtures.copy("llama", folder, config -> config.remove("pad_token_id"));
    Path generation = folder.resolve("generation_config.json");
    Files.writeString(generation, "{\"eos_token_id\": [7, 2]}");
    Path settings = folder.resolve("tokenizer_config.json");
    Files.writeString(settings, "{\"pad_token\": {\"content\": \"</s>\"}}");
    Tokenizer tokenizer = Fixtures.load(folder, store).tokenizer();
    assertEquals(List.of(7L, 2L), tokenizer.endIds());
    assertEquals(2, tokenizer.paddingId());
    assertEquals(
        "BPE, 512 ids, special [<pad>, <s>, </s>], padding id 2, end ids [7, 2]",
        tokenizer.describe());
  }

  @Test
  void encodersEndNothing() {
    Tokenizer roberta = Fixtures.load(Fixtures.folder("roberta"), store).tokenizer();
    assertEquals(List.of(), roberta.endIds());
  }

  @Test
  void longTextsAreNotCut() {
    Tokenizer llama = Fixtures.load(Fixtures.folder("llama"), store).tokenizer();
    assertEquals(1 + 2_000, llama.encode("7".repeat(2_000)).length);
  }

  private static ObjectNode added(ObjectMapper json, int id, String content, boolean special) {
    return json.createObjectNode()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", special);
  }
}
