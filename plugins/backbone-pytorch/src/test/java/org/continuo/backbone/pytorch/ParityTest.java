package org.continuo.backbone.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number the original libraries computed for the same files. */
class ParityTest {
  private static final double TOLERANCE = 1e-5;

  private final ParameterStore store = new ParameterStore();

  static List<String> all() {
    return Fixtures.all();
  }

  static List<String> decoders() {
    return Fixtures.DECODERS;
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @MethodSource("all")
  void tokenIds(String name) {
    Path folder = Fixtures.folder(name);
    Backbone backbone = Fixtures.load(folder, store);
    List<long[]> ids = new Fixtures.Expected(folder).ids();
    for (int i = 0; i < ids.size(); i++) {
      assertArrayEquals(ids.get(i), backbone.tokenizer().encode(Fixtures.sentences().get(i)));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void hiddenStates(String name) {
    Path folder = Fixtures.folder(name);
    Backbone backbone = Fixtures.load(folder, store);
    assertEquals(0, store.allocated(), "loading reads no weights");
    try (NDManager scope = store.manager().newSubManager()) {
      Batch batch = batch(backbone, scope);
      Site first = backbone.sites(Site.Kind.LAYER).get(0);
      Capture afterFirst = Capture.of(Capture.What.OUTPUT, List.of(first), Capture.Pool.NONE);
      Request request = new Request(Wiring.NONE, Request.Positions.ALL, List.of(afterFirst), false);
      Forward answer = backbone.prepare(request).forward(batch);

      NDArray one = answer.capture(afterFirst).get(0).reshape(-1, first.out());
      assertClose("hidden_state_1", one, folder, batch, scope);
      assertClose("last_hidden_state", answer.hidden().orElseThrow(), folder, batch, scope);
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void logits(String name) {
    Path folder = Fixtures.folder(name);
    Backbone backbone = Fixtures.load(folder, store);
    LanguageModel model = backbone.languageModel().orElseThrow();
    try (NDManager scope = store.manager().newSubManager()) {
      Batch batch = batch(backbone, scope);
      Request all = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
      NDArray hidden = backbone.prepare(all).forward(batch).hidden().orElseThrow();
      NDArray logits = model.logits(hidden);
      assertClose("logits", logits, folder, batch, scope);

      long[] few = {7, 0, 300};
      NDArray columns = model.logits(hidden, few);
      for (int i = 0; i < few.length; i++) {
        NDArray difference = columns.get(":, {}", i).sub(logits.get(":, {}", few[i]));
        assertEquals(0, difference.abs().max().getFloat(), 1e-5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void greedyText(String name) {
    Path folder = Fixtures.folder(name);
    Backbone backbone = Fixtures.load(folder, store);
    long[] prompt = new Fixtures.Expected(folder).ids().get(0);
    long[] expected = new Fixtures.Expected(folder).greedy();
    List<Long> ends = backbone.tokenizer().endIds();
    long[] made =
        backbone
            .languageModel()
            .orElseThrow()
            .generate(new LanguageModel.Generation(Wiring.NONE, List.of(prompt), 24, ends))
            .get(0);
    boolean ended = ends.contains(expected[expected.length - 1]);
    assertArrayEquals(ended ? Arrays.copyOf(expected, expected.length - 1) : expected, made);
  }

  private static Batch batch(Backbone backbone, NDManager scope) {
    return Fixtures.batch(
        Fixtures.sentences().stream().map(backbone.tokenizer()::encode).toList(), scope);
  }

  private static void assertClose(
      String what, NDArray found, Path folder, Batch batch, NDManager scope) {
    float worst = new Fixtures.Expected(folder).worst(what, found, batch, scope);
    assertTrue(worst < TOLERANCE, what + " differs by " + worst);
  }
}
