package org.continuo.backbone.pytorch.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.LanguageModel.Generation;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.continuo.backbone.pytorch.Fixtures;
import org.continuo.backbone.pytorch.ParameterStore;
import org.continuo.backbone.pytorch.TestLora;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A weight that is overwritten in the middle of a run counts from then on, wherever it is read. */
class OverwrittenWeightsTest {
  private static final List<long[]> ROWS =
      List.of(new long[] {1, 17, 300, 42, 5, 88}, new long[] {1, 250, 33});

  private final ParameterStore store = new ParameterStore();

  @AfterEach
  void close() {
    store.close();
  }

  /** The forms of one backbone, made once and asked again and again. */
  private record Answers(
      TransformerBackbone backbone, Backbone.Prepared bare, Backbone.Prepared mixed) {
    static Answers of(TransformerBackbone backbone, ParameterStore experts) {
      List<Site> blocks = backbone.sites(Site.Kind.FEED_FORWARD);
      List<Site> inner =
          backbone.sites(Site.Kind.LINEAR).stream()
              .filter(site -> blocks.stream().anyMatch(site::inside))
              .toList();
      Mixture fused =
          new Mixture(
              blocks,
              List.of(
                  TestLora.random("one", inner, 2, 1, experts),
                  TestLora.random("other", inner, 2, 1, experts)),
              new Router.Constant(List.of(0.25, 0.75)));
      return new Answers(
          backbone,
          backbone.prepare(Request.of(Wiring.NONE)),
          backbone.prepare(Request.of(Wiring.of(fused))));
    }

    List<float[]> now(NDManager parent) {
      try (NDManager scope = parent.newSubManager()) {
        Batch batch = Fixtures.batch(ROWS, scope);
        NDArray hidden = bare.forward(batch).hidden().orElseThrow();
        List<float[]> all = new ArrayList<>(List.of(hidden.toFloatArray()));
        all.add(mixed.forward(batch).hidden().orElseThrow().toFloatArray());
        all.add(backbone.query(batch, Router.Query.HIDDEN_MEAN).toFloatArray());
        backbone
            .languageModel()
            .ifPresent(
                model -> {
                  all.add(model.logits(hidden).toFloatArray());
                  all.add(model.logits(hidden, new long[] {7, 300}).toFloatArray());
                });
        return all;
      }
    }

    List<long[]> written() {
      return backbone
          .languageModel()
          .orElseThrow()
          .generate(new Generation(Wiring.NONE, ROWS, 12, List.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama", "qwen2", "bert", "gpt2", "phi3", "gemma2", "gemma3", "modernbert"})
  void answersAreThoseOfACheckpointWithTheNewWeight(String name, @TempDir Path folder) {
    TransformerBackbone backbone = Fixtures.load(Fixtures.folder(name), store);
    Answers answers = Answers.of(backbone, store);
    NDManager scope = store.manager();
    List<float[]> before = answers.now(scope);
    for (String part : List.of("layers.0.attention.value", "layers.1.feed-forward.down")) {
      Site site =
          backbone.sites().stream().filter(s -> s.name().equals(part)).findFirst().orElseThrow();
      Param weight = backbone.weights().orElseThrow().of(site);
      NDArray old = weight.value().duplicate();
      float[] merged = old.toFloatArray();
      for (int i = 0; i < merged.length; i++) {
        merged[i] += 0.2f * (i % 3 - 1);
      }
      store.assign(weight, scope.create(merged, weight.shape()));
      List<float[]> after = answers.now(scope);
      Path target = folder.resolve(part);
      backbone.weights().orElseThrow().export(target);
      try (ParameterStore other = new ParameterStore()) {
        Answers expected = Answers.of(Fixtures.load(target, other), other);
        List<float[]> stored = expected.now(other.manager());
        for (int i = 0; i < before.size(); i++) {
          assertFalse(Arrays.equals(before.get(i), after.get(i)), part + ": answer " + i);
          assertArrayEquals(stored.get(i), after.get(i), part + ": answer " + i);
        }
        if (backbone.languageModel().isPresent()) {
          assertArrayEquals(expected.written().toArray(), answers.written().toArray(), part);
        }
      }
      store.assign(weight, old);
      List<float[]> again = answers.now(scope);
      for (int i = 0; i < before.size(); i++) {
        assertArrayEquals(before.get(i), again.get(i), part + ": answer " + i + ", put back");
      }
    }
  }
}
