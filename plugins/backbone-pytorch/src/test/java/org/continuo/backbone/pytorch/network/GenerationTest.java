package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.LanguageModel.Generation;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Sampling;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.TestLora;
import org.continuo.backbone.pytorch.TestRouter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
  private static final List<long[]> PROMPTS =
      List.of(
          new long[] {1, 17, 300, 42, 5, 88, 91, 12, 4},
          new long[] {1},
          new long[] {1, 250, 33, 7},
          new long[] {1, 9, 400});

  private final ParameterStore store = new ParameterStore();

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @FieldSource("org.continuo.backbone.pytorch.Fixtures#DECODERS")
  void promptsOfDifferentLengthsInOneBatchEqualOneByOne(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    check(backbone, Wiring.NONE);
  }

  @Test
  void withExpertsPromptsAndPrefixesAttached() {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder("llama"), store);
    List<Site> blocks = backbone.sites(Site.Kind.FEED_FORWARD);
    List<Projection> inner = List.of(Projection.GATE, Projection.UP, Projection.DOWN);
    TestLora shared = TestLora.random("shared", backbone.linear(inner), 4, 2, store);
    TestLora own = TestLora.random("own", backbone.linear(inner), 4, 2, store);
    TestLora attention =
        TestLora.random(
            "attention", backbone.linear(List.of(Projection.QUERY, Projection.VALUE)), 4, 2, store);
    Wiring wiring =
        new Wiring(
            List.of(
                new Mixture(blocks, List.of(shared, own), TestRouter.random(blocks, 2, store)),
                new Mixture(attention.sites(), List.of(attention), new SignedGate())),
            List.of(
                TestPrompts.random(backbone.sites(Site.Kind.EMBEDDING).get(0), 3, store),
                TestPrompts.random(backbone.sites(Site.Kind.PREFIX).get(1), 2, store)));
    List<long[]> plain = generate(backbone, Wiring.NONE, PROMPTS);
    List<long[]> wired = check(backbone, wiring);
    assertFalse(Arrays.deepEquals(plain.toArray(), wired.toArray()), "the wiring does nothing");
  }

  @Test
  void withASlidingWindow(@TempDir Path folder) {
    Path windowed = Fixtures.copy("mistral", folder, config -> config.put("sliding_window", 3));
    check(Fixtures.load(windowed, store), Wiring.NONE);
  }

  /** Beyond it all keys turn otherwise than those that were kept. */
  @Test
  void acrossTheLengthOfTheFirstTraining(@TempDir Path folder) {
    Path crossed =
        Fixtures.copy(
            "phi3",
            folder,
            config -> {
              config.put("original_max_position_embeddings", 9);
              config.withObject("rope_parameters").remove("original_max_position_embeddings");
            });
    TransformerBackbone backbone = Fixtures.load(crossed, store);
    for (long[] prompt : PROMPTS) {
      assertArrayEquals(
          withoutCache(backbone, Wiring.NONE, prompt),
          generate(backbone, Wiring.NONE, List.of(prompt)).get(0));
    }
    try (ParameterStore other = new ParameterStore()) {
      TransformerBackbone within = Fixtures.load(Fixtures.folder("phi3"), other);
      assertFalse(
          Arrays.deepEquals(
              generate(within, Wiring.NONE, PROMPTS).toArray(),
              generate(backbone, Wiring.NONE, PROMPTS).toArray()),
          "the length matters");
    }
  }

  @Test
  void endsAtEndIdsAndLimits(@TempDir Path folder) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder("llama"), store);
    long[] free = generate(backbone, Wiring.NONE, PROMPTS.subList(0, 1)).get(0);
    LanguageModel model = backbone.languageModel().orElseThrow();
    long stop = free[3];
    int first = 0;
    while (free[first] != stop) {
      first++;
    }
    Generation stopped =
        new Generation(Wiring.NONE, PROMPTS.subList(0, 2), 12, List.of(511L, stop));
    assertArrayEquals(Arrays.copyOf(free, first), model.generate(stopped).get(0));
    Generation one = new Generation(Wiring.NONE, PROMPTS.subList(0, 1), 1, List.of());
    assertArrayEquals(Arrays.copyOf(free, 1), model.generate(one).get(0));
    assertEquals(List.of(), model.generate(new Generation(Wiring.NONE, List.of(), 1, List.of())));

    Path small =
        Fixtures.copy("llama", folder, config -> config.put("max_position_embeddings", 11));
    try (ParameterStore other = new ParameterStore()) {
      LanguageModel bounded = Fixtures.load(small, other).languageModel().orElseThrow();
      List<long[]> made =
          bounded.generate(new Generation(Wiring.NONE, PROMPTS.subList(0, 2), 12, List.of()));
      assertEquals(List.of(2, 10), List.of(made.get(0).length, made.get(1).length));
    }
  }

  @Test
  void refusesAPromptWithoutTokens() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Generation(Wiring.NONE, List.of(new long[0]), 1, List.of()));
    assertEquals("prompt 0 has no tokens; expected at least one each", e.getMessage());
  }

  @Test
  void theLikeliestTokenIsWhatSamplingComesTo() {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder("llama"), store);
    List<long[]> greedy = generate(backbone, Wiring.NONE, PROMPTS);
    same(greedy, sampled(backbone, PROMPTS, new Sampling(1e-6, 0, 1, 1)));
    same(greedy, sampled(backbone, PROMPTS, new Sampling(2, 1, 1, 1)));
    same(greedy, sampled(backbone, PROMPTS, new Sampling(2, 0, 1e-9, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen3", "gpt2", "phi3", "gemma2", "gemma3"})
  void aDrawnTextDependsOnSeedAndPlaceAlone(String name) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Sampling sampling = new Sampling(1.5, 50, 0.9, 3);
    List<long[]> together = sampled(backbone, PROMPTS, sampling);
    same(together, sampled(backbone, PROMPTS, sampling));
    for (int i = 0; i < PROMPTS.size(); i++) {
      List<long[]> alone = sampled(backbone, PROMPTS.subList(i, i + 1), sampling.after(i));
      assertArrayEquals(alone.get(0), together.get(i), "prompt " + i + " alone and in the batch");
    }
    List<long[]> twice = sampled(backbone, List.of(PROMPTS.get(0), PROMPTS.get(0)), sampling);
    assertFalse(Arrays.equals(twice.get(0), twice.get(1)), "one prompt twice, two texts");
  }

  private static void same(List<long[]> expected, List<long[]> found) {
    assertTrue(Arrays.deepEquals(expected.toArray(), found.toArray()), "other texts");
  }

  private static List<long[]> sampled(
      TransformerBackbone backbone, List<long[]> prompts, Sampling sampling) {
    Generation greedy = new Generation(Wiring.NONE, prompts, 12, List.of());
    return backbone.languageModel().orElseThrow().generate(greedy.sampled(sampling));
  }

  /** The first token of one prompt asked for many times, against the model's own probabilities. */
  @Test
  void theFirstTokenFollowsTheSoftmax() {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder("llama"), store);
    LanguageModel model = backbone.languageModel().orElseThrow();
    long[] prompt = PROMPTS.get(2);
    int draws = 4000;
    Sampling sampling = new Sampling(0.5, 5, 1, 11);
    int[] counts = new int[512];
    Generation many = new Generation(Wiring.NONE, Collections.nCopies(draws, prompt), 1, List.of());
    model.generate(many.sampled(sampling)).forEach(text -> counts[(int) text[0]]++);
    try (NDManager scope = store.manager().newSubManager()) {
      Batch batch = Fixtures.batch(List.of(prompt), scope);
      NDArray hidden =
          backbone.prepare(Request.of(Wiring.NONE)).forward(batch).hidden().orElseThrow();
      float[] logits = model.logits(hidden).toFloatArray();
      float least = sorted(logits)[logits.length - 5];
      double whole = 0;
      for (float logit : logits) {
        whole += logit >= least ? Math.exp(2 * logit) : 0;
      }
      for (int token = 0; token < logits.length; token++) {
        double share = logits[token] >= least ? Math.exp(2 * logits[token]) / whole : 0;
        double deviation = Math.sqrt(share * (1 - share) / draws);
        assertEquals(share, counts[token] / (double) draws, 5 * deviation, "token " + token);
      }
    }
  }

  private static float[] sorted(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @Test
  void leavesNoArraysBehind() {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder("llama"), store);
    generate(backbone, Wiring.NONE, PROMPTS);
    int before = store.liveArrays();
    generate(backbone, Wiring.NONE, PROMPTS);
    assertEquals(before, store.liveArrays());
  }

  private List<long[]> check(TransformerBackbone backbone, Wiring wiring) {
    List<long[]> together = generate(backbone, wiring, PROMPTS);
    for (int i = 0; i < PROMPTS.size(); i++) {
      List<long[]> alone = generate(backbone, wiring, PROMPTS.subList(i, i + 1));
      assertArrayEquals(alone.get(0), together.get(i), "prompt " + i + " alone and in the batch");
      assertArrayEquals(
          withoutCache(backbone, wiring, PROMPTS.get(i)), alone.get(0), "with and without cache");
    }
    return together;
  }

  private static List<long[]> generate(
      TransformerBackbone backbone, Wiring wiring, List<long[]> prompts) {
    return backbone
        .languageModel()
        .orElseThrow()
        .generate(new Generation(wiring, prompts, 12, List.of()));
  }

  /** One whole pass per token. */
  private long[] withoutCache(TransformerBackbone backbone, Wiring wiring, long[] prompt) {
    LanguageModel model = backbone.languageModel().orElseThrow();
    long[] row = prompt;
    for (int i = 0; i < 12; i++) {
      try (NDManager scope = store.manager().newSubManager()) {
        Batch batch = Fixtures.batch(List.of(row), scope);
        NDArray hidden = backbone.prepare(Request.of(wiring)).forward(batch).hidden().orElseThrow();
        row = Arrays.copyOf(row, row.length + 1);
        row[row.length - 1] = model.logits(hidden).argMax(1).getLong(0);
      }
    }
    return Arrays.copyOfRange(row, prompt.length, row.length);
  }

  /** One weight per token, of either sign. */
  private record SignedGate() implements Router {
    @Override
    public NDArray weights(Input input) {
      return input.hidden().mean(new int[] {2}, true).tanh();
    }
  }
}
