package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the neighbours and the padding of a row must not change, and what windows must. */
class BatchTest {
  private static final long[] LONG = {1, 17, 300, 42, 5, 88, 91, 12, 4};
  private static final long[] SHORT = {1, 250, 33};
  private static final Request ROWS = Request.of(Wiring.NONE);

  private final ParameterStore store = new ParameterStore();
  private final NDManager scope = store.manager().newSubManager();

  static List<String> all() {
    return Fixtures.all();
  }

  @AfterEach
  void close() {
    scope.close();
    store.close();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRowIsTheSameAloneInABatchAndWithMorePadding(String name) {
    Backbone backbone = Fixtures.load(Fixtures.folder(name), store);
    NDArray together = hidden(backbone, Fixtures.batch(List.of(LONG, SHORT), scope));
    NDArray longest = hidden(backbone, Fixtures.batch(List.of(LONG), scope));
    NDArray padded = hidden(backbone, Fixtures.batch(List.of(SHORT), 40, scope));
    assertClose(longest, together.get("0:1"));
    assertClose(padded, together.get("1:2"));
    assertTrue(worst(longest, padded) > 0.1, "the rows differ");
  }

  @Test
  void aRowOfPaddingAloneStaysFinite() {
    Backbone bert = Fixtures.load(Fixtures.folder("bert"), store);
    Batch batch = Fixtures.batch(List.of(SHORT, new long[0]), scope);
    Request all = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
    NDArray hidden = bert.prepare(all).forward(batch).hidden().orElseThrow();
    assertFalse(hidden.isNaN().any().getBoolean());
    assertClose(hidden(bert, Fixtures.batch(List.of(SHORT), scope)), hidden.get("2:3"));
  }

  @Test
  void rowsMayNameAnyPositionAnyNumberOfTimes() {
    Backbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    Batch batch = Fixtures.batch(List.of(LONG, SHORT), scope);
    Batch picking =
        new Batch(
            List.of(),
            batch.tokens(),
            batch.mask(),
            scope.create(new long[] {11, 0, 8, 8}),
            batch.targets(),
            batch.allowed());
    Request all = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
    NDArray every = llama.prepare(all).forward(batch).hidden().orElseThrow();
    NDArray picked = hidden(llama, picking);
    assertEquals(new Shape(18, 64), every.getShape());
    for (int i = 0; i < 4; i++) {
      long position = List.of(11L, 0L, 8L, 8L).get(i);
      assertClose(every.get("{}", position), picked.get("{}", i));
    }
  }

  @Test
  void poolsReadRealTokensOnly() {
    Backbone llama = Fixtures.load(Fixtures.folder("llama"), store);
    Site block = llama.sites(Site.Kind.FEED_FORWARD).get(1);
    Site gate = llama.linear(List.of(Projection.GATE)).get(2);
    List<Site> sites = List.of(gate, block);
    Capture whole = Capture.of(Capture.What.OUTPUT, sites, Capture.Pool.NONE);
    Capture mean = Capture.of(Capture.What.OUTPUT, sites, Capture.Pool.MASKED_MEAN);
    Capture last = Capture.of(Capture.What.OUTPUT, sites, Capture.Pool.LAST);
    Capture input = Capture.of(Capture.What.INPUT, List.of(gate), Capture.Pool.NONE);
    Request request =
        new Request(Wiring.NONE, Request.Positions.NONE, List.of(whole, mean, last, input), false);
    Forward read = llama.prepare(request).forward(Fixtures.batch(List.of(LONG, SHORT), scope));
    assertTrue(read.hidden().isEmpty());
    for (int i = 0; i < 2; i++) {
      NDArray all = read.capture(whole).get(i);
      assertEquals(new Shape(2, 9, sites.get(i).out()), all.getShape());
      assertClose(all.get("0").mean(new int[] {0}), read.capture(mean).get(i).get("0"));
      assertClose(all.get("1, 0:3").mean(new int[] {0}), read.capture(mean).get(i).get("1"));
      assertClose(all.get("1, 2"), read.capture(last).get(i).get("1"));
    }
    assertEquals(new Shape(2, 9, 64), read.capture(input).get(0).getShape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "roberta", "gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void queriesAreMeansOfFrozenStates(String name) {
    Backbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Batch batch = Fixtures.batch(List.of(LONG, SHORT), scope);
    Capture embedded =
        Capture.of(
            Capture.What.OUTPUT, backbone.sites(Site.Kind.EMBEDDING), Capture.Pool.MASKED_MEAN);
    Request request = new Request(Wiring.NONE, Request.Positions.ALL, List.of(embedded), false);
    Forward answer = backbone.prepare(request).forward(batch);
    assertClose(
        answer.capture(embedded).get(0), backbone.query(batch, Router.Query.EMBEDDING_MEAN));
    NDArray last = answer.hidden().orElseThrow().reshape(2, 9, -1).get("1, 0:3");
    assertClose(last.mean(new int[] {0}), backbone.query(batch, Router.Query.HIDDEN_MEAN).get("1"));
  }

  @Test
  void aWindowOfThreeForgetsWhatIsSixTokensBack(@TempDir Path folder) {
    Path windowed = Fixtures.copy("mistral", folder, config -> config.put("sliding_window", 3));
    Backbone three = Fixtures.load(windowed, store);
    // Each of 3 layers looks 2 tokens back; rotary positions are relative.
    long[] tail = Arrays.copyOfRange(LONG, LONG.length - 7, LONG.length);
    NDArray expected = hidden(three, Fixtures.batch(List.of(tail), scope));
    NDArray found = hidden(three, Fixtures.batch(List.of(LONG), scope));
    assertEquals(0, worst(expected, found), 1e-4);
    long[] shorter = Arrays.copyOfRange(LONG, LONG.length - 6, LONG.length);
    assertTrue(worst(hidden(three, Fixtures.batch(List.of(shorter), scope)), found) > 1e-4);
    try (ParameterStore other = new ParameterStore()) {
      Backbone full = Fixtures.load(Fixtures.folder("mistral"), other);
      NDArray unlimited = hidden(full, Fixtures.batch(List.of(LONG), other.manager()));
      assertTrue(worst(unlimited, found) > 1e-3, "the window changes the answer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "bert", "roberta"})
  void refusesInputsBeyondTheLongest(String name, @TempDir Path folder) {
    Path small = Fixtures.copy(name, folder, config -> config.put("max_position_embeddings", 256));
    Backbone backbone = Fixtures.load(small, store);
    int longest = name.equals("roberta") ? 255 : 256;
    assertEquals(longest, backbone.description().maximumLength());
    Backbone.Prepared prepared = backbone.prepare(ROWS);
    prepared.forward(Fixtures.batch(List.of(SHORT), longest, scope));
    Batch tooLong = Fixtures.batch(List.of(SHORT), longest + 1, scope);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> prepared.forward(tooLong));
    assertEquals(
        "an input of %d tokens, soft prompts included; the model takes at most %d"
            .formatted(longest + 1, longest),
        e.getMessage());
  }

  private static NDArray hidden(Backbone backbone, Batch batch) {
    return backbone.prepare(ROWS).forward(batch).hidden().orElseThrow();
  }

  private static void assertClose(NDArray expected, NDArray found) {
    assertEquals(expected.getShape(), found.getShape());
    assertEquals(0, worst(expected, found), 1e-5);
  }

  private static float worst(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getFloat();
  }
}
