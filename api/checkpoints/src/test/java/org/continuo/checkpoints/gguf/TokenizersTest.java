package org.continuo.checkpoints.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Prompt;
import org.continuo.checkpoints.CheckpointConfig;
import org.continuo.checkpoints.CheckpointExport;
import org.continuo.checkpoints.CheckpointFolder;
import org.continuo.checkpoints.CheckpointTokenizer;
import org.continuo.checkpoints.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokenizers of files, through the folders they are written to. */
class TokenizersTest {
  @TempDir private Path folder;

  private CheckpointTokenizer tokenizer(GgufBuilder file) {
    Path out = folder.resolve(file.values.get("tokenizer.ggml.model") + "-" + System.nanoTime());
    GgufImport.read(file.write(folder.resolve("model.gguf"))).write(out, CheckpointExport.Type.F32);
    CheckpointFolder made = CheckpointFolder.open("x", out);
    Problems problems = new Problems();
    Optional<CheckpointTokenizer> tokenizer =
        CheckpointTokenizer.open(made, CheckpointConfig.read(made, problems), problems);
    problems.check();
    return tokenizer.orElseThrow();
  }

  private List<String> tokens(GgufBuilder file, String text) {
    CheckpointTokenizer tokenizer = tokenizer(file);
    return LongStream.of(tokenizer.encode(text))
        .mapToObj(id -> tokenizer.decode(new long[] {id}))
        .toList();
  }

  private static GgufBuilder splitAs(String name) {
    GgufBuilder file = GgufBuilder.llama();
    file.bytesAsTokens(
        List.of("1 2", "12 3", "123 4", "Ġ 1", "Ġ x", "A b", "! !", "!! 1", "' S"), List.of("<s>"));
    file.values.put("tokenizer.ggml.bos_token_id", 265);
    file.values.put("tokenizer.ggml.eos_token_id", 265);
    file.values.put("tokenizer.ggml.pre", name);
    file.floats("token_embd.weight", 266, GgufBuilder.WIDTH);
    return file;
  }

  /** Numbers tell most of them apart. */
  @Test
  void whatIsCutOutBeforePiecesAreMerged() {
    assertEquals(List.of("1234", " 1"), tokens(splitAs("gpt-2"), "1234 1"));
    assertEquals(List.of("1", "2", "3", "4", " ", "1"), tokens(splitAs("smollm"), "1234 1"));
    assertEquals(List.of("1", "2", "3", "4", " ", "1"), tokens(splitAs("qwen2"), "1234 1"));
    assertEquals(List.of("123", "4", " ", "1"), tokens(splitAs("smaug-bpe"), "1234 1"));
    assertEquals(List.of("123", "4", " ", "1"), tokens(splitAs("default"), "1234 1"));
    assertEquals(
        List.of("1", "2", "3", "4", " ", "1"), tokens(splitAs("deepseek-coder"), "1234 1"));
    assertEquals(List.of("", "1", "2", "3", "4", " ", "1"), tokens(splitAs("tekken"), "1234 1"));
    assertEquals(List.of("", "123", "4", " ", "1"), tokens(splitAs("llama-bpe"), "1234 1"));
    assertEquals(List.of("Ab", "Ab"), tokens(splitAs("qwen2"), "AbAb"));
    assertEquals(List.of("a", "'", "S"), tokens(splitAs("gpt-2"), "a'S").subList(0, 3));
    assertEquals(List.of("a", "'S"), tokens(splitAs("smaug-bpe"), "a'S"));
  }

  @Test
  void onlyOneOfThemComposesCharacters() {
    assertEquals(2, tokens(splitAs("qwen2"), "e\u0301").size());
    assertEquals(3, tokens(splitAs("gpt-2"), "e\u0301").size());
  }

  @Test
  void whatTheFileSaysOfTheBeginningCounts() {
    GgufBuilder file = GgufBuilder.llama();
    assertArrayEquals(new long[] {259}, tokenizer(file).encode("12"));
    file.values.put("tokenizer.ggml.add_bos_token", true);
    assertArrayEquals(new long[] {260, 259}, tokenizer(file).encode("12"));
    file.values.put("tokenizer.ggml.add_eos_token", true);
    assertArrayEquals(new long[] {260, 259, 261}, tokenizer(file).encode("12"));
    GgufBuilder llama3 = splitAs("llama-bpe");
    llama3.values.put("tokenizer.ggml.add_bos_token", false);
    assertEquals(List.of("123"), tokens(llama3, "123"));
    file.values.remove("tokenizer.ggml.bos_token_id");
    assertTrue(
        refused(file)
            .endsWith(
                "key 'tokenizer.ggml.add_bos_token': found true, and no"
                    + " 'tokenizer.ggml.bos_token_id'; expected both; get the file again"));
  }

  private String refused(GgufBuilder file) {
    Path path = file.write(folder.resolve("model.gguf"));
    return assertThrows(DataException.class, () -> GgufImport.read(path)).getMessage();
  }

  @Test
  void specialTokensAreWrittenByTemplatesAlone() {
    CheckpointTokenizer tokenizer = tokenizer(GgufBuilder.llama());
    assertArrayEquals(new long[] {261}, tokenizer.encode(Prompt.template("</s>")));
    assertEquals(4, tokenizer.encode("</s>").length);
    assertEquals(List.of(261L), tokenizer.endIds());
  }

  @Test
  void eachTokenThatEndsAnAnswerIsNamed() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("tokenizer.ggml.eot_token_id", 260);
    assertEquals(List.of(261L, 260L), tokenizer(file).endIds());
  }

  @Test
  void aFileWithoutTheNameOfItsSplitsIsWarnedOf() {
    GgufBuilder file = splitAs("default");
    List<String> named = tokens(file, "1234 1 'tis");
    file.values.remove("tokenizer.ggml.pre");
    assertEquals(named, tokens(file, "1234 1 'tis"));
    Path path = file.write(folder.resolve("model.gguf"));
    assertEquals(
        List.of(
            path
                + ": key 'tokenizer.ggml.pre' is missing: texts are split as llama.cpp splits them"
                + " then, which may not be as the model learned them"),
        GgufImport.read(path).warnings());
  }

  @Test
  void mergesAndTokensFitTogether() {
    GgufBuilder file = GgufBuilder.llama();
    file.values.put("tokenizer.ggml.merges", List.of("h e", "q q"));
    assertTrue(
        refused(file)
            .endsWith(
                "key 'tokenizer.ggml.merges': found 'q q' as number 2, expected two tokens that make"
                    + " a third; get the file again"));
    file.values.put("tokenizer.ggml.merges", List.of("h e"));
    List<Object> tokens = new ArrayList<>((List<?>) file.values.get("tokenizer.ggml.tokens"));
    tokens.set(5, tokens.get(6));
    file.values.put("tokenizer.ggml.tokens", tokens);
    assertTrue(refused(file).contains("as 5 and 6, expected each token once; get the file again"));
    tokens.addAll(List.of("more", "most"));
    assertTrue(refused(file).contains("found 264, expected at most 262, the rows of the table"));
    file.values.put("tokenizer.ggml.model", "bert");
    assertTrue(
        refused(file)
            .endsWith(
                "key 'tokenizer.ggml.model': found 'bert', expected 'gpt2' (merges of bytes) or"
                    + " 'llama' (SentencePiece); use the folder the file was made from"));
  }

  /** Pieces with scores: three control tokens, bytes, then letters and what they make. */
  private static GgufBuilder sentencePieces() {
    Map<String, Float> pieces = new LinkedHashMap<>();
    List<String> letters = List.of("\u2581", "g", "o", "d", "b", "a", "\u00e9");
    pieces.put("oo", -1f);
    pieces.put("goo", -2f);
    pieces.put("good", -3f);
    pieces.put("\u2581good", -4f);
    pieces.put("od", -0.5f);
    pieces.put("ba", -6f);
    pieces.put("ad", -5f);
    pieces.put("bad", -7f);
    List<Object> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Object> scores = new ArrayList<>(List.of(0f, 0f, 0f));
    List<Object> kinds = new ArrayList<>(List.of(2, 3, 3));
    for (int b = 0; b < 256; b++) {
      tokens.add("<0x%02X>".formatted(b));
      scores.add(0f);
      kinds.add(6);
    }
    letters.forEach(
        letter -> {
          tokens.add(letter);
          scores.add(-100f);
          kinds.add(1);
        });
    pieces.forEach(
        (piece, score) -> {
          tokens.add(piece);
          scores.add(score);
          kinds.add(1);
        });
    tokens.add("[PAD274]");
    scores.add(0f);
    kinds.add(5);
    GgufBuilder file = GgufBuilder.llama();
    file.values.keySet().removeIf(key -> key.startsWith("tokenizer."));
    file.values.put("tokenizer.ggml.model", "llama");
    file.values.put("tokenizer.ggml.tokens", tokens);
    file.values.put("tokenizer.ggml.scores", scores);
    file.values.put("tokenizer.ggml.token_type", kinds);
    file.values.put("tokenizer.ggml.unknown_token_id", 0);
    file.values.put("tokenizer.ggml.bos_token_id", 1);
    file.values.put("tokenizer.ggml.eos_token_id", 2);
    file.floats("token_embd.weight", tokens.size(), GgufBuilder.WIDTH);
    return file;
  }

  private static long id(GgufBuilder file, String piece) {
    return ((List<?>) file.values.get("tokenizer.ggml.tokens")).indexOf(piece);
  }

  @Test
  void thePairOfTheBestScoreIsJoinedFirst() {
    GgufBuilder file = sentencePieces();
    CheckpointTokenizer tokenizer = tokenizer(file);
    // od before oo: g, o, od, and nothing joins them
    assertArrayEquals(
        new long[] {1, id(file, "\u2581"), id(file, "g"), id(file, "o"), id(file, "od")},
        tokenizer.encode("good"));
    // ad before ba
    assertArrayEquals(new long[] {1, id(file, "\u2581"), id(file, "bad")}, tokenizer.encode("bad"));
    assertEquals("good bad", tokenizer.decode(tokenizer.encode("good bad")));
    // no piece: its bytes
    assertArrayEquals(
        new long[] {1, id(file, "\u2581"), id(file, "<0xC3>"), id(file, "<0xB6>")},
        tokenizer.encode("\u00f6"));
    assertArrayEquals(
        new long[] {1, id(file, "\u2581"), id(file, "\u00e9")}, tokenizer.encode("\u00e9"));
  }

  @Test
  void theSpaceBeforeATextCanBeOff() {
    GgufBuilder file = sentencePieces();
    file.values.put("tokenizer.ggml.add_space_prefix", false);
    file.values.put("tokenizer.ggml.add_bos_token", false);
    CheckpointTokenizer tokenizer = tokenizer(file);
    assertArrayEquals(new long[] {id(file, "bad")}, tokenizer.encode("bad"));
    assertEquals(" bad", tokenizer.decode(tokenizer.encode(" bad")));
  }

  @Test
  void scoresAreNeeded() {
    GgufBuilder file = sentencePieces();
    file.values.put("tokenizer.ggml.scores", List.of(1f));
    assertTrue(
        refused(file)
            .endsWith(
                "key 'tokenizer.ggml.scores': found a list of 1, expected a number for each of 275"
                    + " tokens"));
    file.values.remove("tokenizer.ggml.scores");
    assertTrue(
        refused(file)
            .endsWith("key 'tokenizer.ggml.scores': is missing, expected a score for each token"));
  }
}
