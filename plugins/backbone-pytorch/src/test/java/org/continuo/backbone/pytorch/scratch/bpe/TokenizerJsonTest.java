package org.continuo.backbone.pytorch.scratch.bpe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenizerJsonTest {
  private static final BytePairEncoding ENCODING = train();

  private static BytePairEncoding train() {
    List<String> texts = new ArrayList<>(RandomTexts.words(2000, new Random(1)));
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      texts.add(RandomTexts.odd(random));
    }
    return BytePairTrainer.train(texts, 900);
  }

  private static HuggingFaceTokenizer library() throws IOException {
    byte[] json = TokenizerJson.of(ENCODING).toString().getBytes(StandardCharsets.UTF_8);
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(json), Map.of("padding", "false", "truncation", "false"));
  }

  @Test
  void theLibraryLoadsItAndPutsTheBeginningInFront() throws IOException {
    try (HuggingFaceTokenizer tokenizer = library()) {
      long[] ids = tokenizer.encode("lo").getIds();
      assertEquals(1, ids[0]);
      assertEquals("lo", tokenizer.decode(ids, true));
      assertEquals("<s>lo", tokenizer.decode(ids, false));
      assertArrayEquals(new long[] {0}, tokenizer.encode("<pad>", false, false).getIds());
      assertArrayEquals(new long[] {2}, tokenizer.encode("</s>", false, false).getIds());
    }
  }

  @Test
  void itsIdsAreThoseOfTheDefinitionAndNothingIsLost() throws IOException {
    ReferenceEncoder reference = new ReferenceEncoder(ENCODING);
    Random random = new Random(3);
    boolean merged = false;
    try (HuggingFaceTokenizer tokenizer = library()) {
      for (int i = 0; i < 2000; i++) {
        String text = RandomTexts.odd(random).replaceAll("</?s>|<pad>", "s");
        long[] ids = tokenizer.encode(text, false, false).getIds();
        assertArrayEquals(reference.encode(text), ids, () -> "'" + text + "'");
        assertEquals(text, tokenizer.decode(ids, true));
        merged |= ids.length < text.length();
      }
    }
    assertTrue(merged, "no merge was ever applied");
  }

  @Test
  void everyByteHasAToken() {
    assertEquals(256, ByteSymbols.alphabet().stream().distinct().count());
    assertTrue(ENCODING.ids().keySet().containsAll(ByteSymbols.alphabet()));
    assertEquals(List.of("<pad>", "<s>", "</s>"), ENCODING.vocabulary().subList(0, 3));
    assertEquals(900, ENCODING.ids().size());
  }

  @Test
  void piecesMakeUpTheText() {
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      String text = RandomTexts.odd(random);
      assertEquals(text, String.join("", Pieces.of(text).toList()));
    }
    assertEquals(
        List.of("We", "'ll", " pay", " $", "5", " ", " now", "!", "\n"),
        Pieces.of("We'll pay $5  now!\n").toList());
  }
}
