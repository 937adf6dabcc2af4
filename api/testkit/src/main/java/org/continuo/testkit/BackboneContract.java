package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Projection;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Sampling;
import org.continuo.api.model.Site;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.junit.jupiter.api.Test;

/**
 * What every backbone keeps to. The test class of a backbone extends it and names the plugin and,
 * by its options, a small checkpoint.
 */
public abstract class BackboneContract extends PluginContract<Backbone.Factory> {
  private static final List<String> TEXTS =
      List.of("the first text w1 w9", "a second, longer text of more w12 w4");

  /** Forms of one computation may differ by this much. */
  private static final float AGREE = 1e-5f;

  protected BackboneContract() {}

  static Batch batch(Backbone backbone, List<String> texts, NDManager scope) {
    Tokenizer tokenizer = backbone.tokenizer();
    List<long[]> rows = texts.stream().map(tokenizer::encode).toList();
    int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    long[] tokens = new long[rows.size() * longest];
    float[] mask = new float[tokens.length];
    long[] read = new long[rows.size()];
    List<Example> examples = new ArrayList<>();
    for (int b = 0; b < rows.size(); b++) {
      long[] row = rows.get(b);
      for (int s = 0; s < longest; s++) {
        tokens[b * longest + s] = s < row.length ? row[s] : tokenizer.paddingId();
        mask[b * longest + s] = s < row.length ? 1 : 0;
      }
      int summary = backbone.summary() == Backbone.Summary.LAST ? row.length - 1 : 0;
      read[b] = (long) b * longest + summary;
      examples.add(new Example("task/test/" + b, "task", texts.get(b), "yes"));
    }
    Shape shape = new Shape(rows.size(), longest);
    return new Batch(
        examples,
        scope.create(tokens, shape),
        scope.create(mask, shape),
        scope.create(read),
        scope.zeros(new Shape(rows.size()), DataType.INT64),
        scope.ones(new Shape(1, 1)),
        backbone.summary() == Backbone.Summary.MEAN ? Batch.Pooling.MEAN : Batch.Pooling.POSITIONS);
  }

  /** The same, read by the mean of all real tokens. */
  private static Batch averaged(Batch batch) {
    long rows = batch.tokens().getShape().get(0);
    long length = batch.tokens().getShape().get(1);
    long[] firsts = LongStream.range(0, rows).map(b -> b * length).toArray();
    return new Batch(
        batch.examples(),
        batch.tokens(),
        batch.mask(),
        batch.tokens().getManager().create(firsts),
        batch.targets(),
        batch.allowed(),
        Batch.Pooling.MEAN);
  }

  private static NDArray read(Backbone backbone, Wiring wiring, Batch batch) {
    return backbone.prepare(Request.of(wiring)).forward(batch).hidden().orElseThrow();
  }

  /** Every linear site; of a backbone that has none, the final hidden states. */
  private static List<Site> places(Backbone backbone) {
    List<Site> linear = backbone.sites(Site.Kind.LINEAR);
    return linear.isEmpty() ? backbone.linear(List.of(Projection.FINAL)) : linear;
  }

  /** An expert at all of these, its values away from zero. */
  private static Wiring wired(Backbone backbone, TinyParameters parameters) {
    List<Site> places = places(backbone);
    assumeFalse(places.isEmpty(), "it takes no experts");
    Expert expert = new TinyExpert(new TinyExpert.Options(2), "expert", places, parameters);
    expert.params().forEach(param -> Gaussian.fill(parameters, param, 0.1));
    return Wiring.of(Mixture.sum(List.of(expert)));
  }

  private static float distance(NDArray one, NDArray other) {
    return one.sub(other).abs().max().getFloat();
  }

  @Test
  void saysWhatItIsAndWhereExpertsAttach() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      Backbone.Description description = backbone.description();
      assertFalse(description.architecture().isBlank());
      assertTrue(description.width() > 0 && description.parameters() > 0, description::toString);
      assertEquals(backbone.tokenizer().vocabulary(), description.vocabulary());
      List<String> names = backbone.sites().stream().map(Site::name).toList();
      assertEquals(names.size(), new HashSet<>(names).size(), () -> "sites " + names);
    }
  }

  @Test
  void givesTheSameBitsEachTimeItIsLoadedAndAsked() {
    try (TinyParameters one = new TinyParameters(1);
        TinyParameters other = new TinyParameters(2)) {
      Backbone backbone = factory().load(one);
      Batch batch = batch(backbone, TEXTS, one.scope());
      float[] first = read(backbone, Wiring.NONE, batch).toFloatArray();
      assertArrayEquals(first, read(backbone, Wiring.NONE, batch).toFloatArray(), "asked twice");
      Backbone again = factory().load(other);
      assertArrayEquals(
          first,
          read(again, Wiring.NONE, batch(again, TEXTS, other.scope())).toFloatArray(),
          "loaded twice");
    }
  }

  @Test
  void readsARowAloneAsBesideLongerOnes() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      NDManager scope = parameters.scope();
      NDArray both = read(backbone, Wiring.NONE, batch(backbone, TEXTS, scope));
      assertEquals(new Shape(2, backbone.description().width()), both.getShape());
      for (int row = 0; row < TEXTS.size(); row++) {
        NDArray alone =
            read(backbone, Wiring.NONE, batch(backbone, List.of(TEXTS.get(row)), scope));
        assertTrue(distance(alone, both.get("{}:{}", row, row + 1)) < AGREE, "row " + row);
      }
    }
  }

  @Test
  void readsTheMeanOfAllRealTokens() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      NDManager scope = parameters.scope();
      Batch batch = averaged(batch(backbone, TEXTS, scope));
      NDArray means = read(backbone, Wiring.NONE, batch);
      for (int row = 0; row < TEXTS.size(); row++) {
        Batch alone = averaged(batch(backbone, List.of(TEXTS.get(row)), scope));
        assertTrue(
            distance(read(backbone, Wiring.NONE, alone), means.get("{}:{}", row, row + 1)) < AGREE,
            "row " + row + " alone and padded");
      }
      Request all = new Request(Wiring.NONE, Request.Positions.ALL, List.of(), false);
      assumeTrue(backbone.refusals(all).isEmpty(), "it reads no single positions");
      NDArray states = backbone.prepare(all).forward(batch).hidden().orElseThrow();
      long length = batch.tokens().getShape().get(1);
      for (int row = 0; row < TEXTS.size(); row++) {
        long real = backbone.tokenizer().encode(TEXTS.get(row)).length;
        NDArray own = states.get("{}:{}", row * length, row * length + real);
        assertTrue(distance(own.mean(new int[] {0}), means.get(row)) < AGREE, "row " + row);
      }
    }
  }

  @Test
  void pushesExpertsThroughTheMean() {
    try (TinyParameters weights = new TinyParameters(1);
        TinyParameters parameters = new TinyParameters(2)) {
      Backbone backbone = factory().load(weights);
      Batch batch = averaged(batch(backbone, TEXTS, parameters.scope()));
      Wiring all = wired(backbone, parameters);
      int width = backbone.description().width();
      NumericGradient.check(
          parameters,
          () ->
              read(backbone, all, batch)
                  .mul(Gaussian.array(parameters.scope(), 4, TEXTS.size(), width))
                  .sum());
    }
  }

  @Test
  void givesTheSameViewsOfARowAloneAndPadded() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      NDManager scope = parameters.scope();
      for (Router.Query query : views(backbone)) {
        NDArray both = backbone.query(batch(backbone, TEXTS, scope), query);
        assertEquals(new Shape(2, backbone.description().width()), both.getShape());
        for (int row = 0; row < TEXTS.size(); row++) {
          Batch alone = batch(backbone, List.of(TEXTS.get(row)), scope);
          assertTrue(
              distance(backbone.query(alone, query), both.get("{}:{}", row, row + 1)) < AGREE,
              query + " of row " + row);
        }
        assertTrue(distance(both.get(0), both.get(1)) > 10 * AGREE, query + " tells no rows apart");
      }
    }
  }

  /** Those it does not refuse. */
  private static List<Router.Query> views(Backbone backbone) {
    List<Site> places = places(backbone);
    return places.isEmpty()
        ? List.of(Router.Query.HIDDEN_MEAN, Router.Query.HIDDEN_SUMMARY)
        : EnumSet.complementOf(EnumSet.of(Router.Query.NONE)).stream()
            .filter(query -> backbone.refusals(Request.of(viewing(query, places))).isEmpty())
            .toList();
  }

  private static Wiring viewing(Router.Query query, List<Site> places) {
    return Wiring.of(new Mixture(places, List.of(Expert.NONE), new Viewing(query)));
  }

  /** Asks for a view and weighs everything alike. */
  private record Viewing(Query query) implements Router {
    @Override
    public NDArray weights(Input input) {
      return Router.Constant.sum(input.experts().size()).weights(input);
    }
  }

  @Test
  void refusesInRequestsTheViewsItHasNot() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      Batch batch = batch(backbone, TEXTS, parameters.scope());
      List<Router.Query> views = views(backbone);
      assertTrue(
          views.containsAll(List.of(Router.Query.HIDDEN_MEAN, Router.Query.HIDDEN_SUMMARY)),
          views::toString);
      for (Router.Query query : EnumSet.complementOf(EnumSet.of(Router.Query.NONE))) {
        if (!views.contains(query)) {
          assertThrows(IllegalArgumentException.class, () -> backbone.query(batch, query));
        }
      }
    }
  }

  @Test
  void viewsWhatARequestWithNothingAttachedReads() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      Batch batch = batch(backbone, TEXTS, parameters.scope());
      NDArray summary = backbone.query(batch, Router.Query.HIDDEN_SUMMARY);
      assertTrue(distance(read(backbone, Wiring.NONE, batch), summary) < AGREE, "summary");
      NDArray mean = backbone.query(batch, Router.Query.HIDDEN_MEAN);
      assertTrue(distance(read(backbone, Wiring.NONE, averaged(batch)), mean) < AGREE, "mean");
    }
  }

  @Test
  void writesTheSameTextsForTheSameSeed() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      assumeTrue(backbone.languageModel().isPresent(), "it has no language model");
      List<String> greedy = written(backbone, Optional.empty(), TEXTS);
      assertEquals(
          greedy, written(backbone, Optional.of(new Sampling(3, 1, 1, 5)), TEXTS), "top 1");
      Sampling hot = new Sampling(3, 0, 0.95, 5);
      List<String> drawn = written(backbone, Optional.of(hot), TEXTS);
      assertEquals(drawn, written(backbone, Optional.of(hot), TEXTS), "same seed");
      for (int i = 0; i < TEXTS.size(); i++) {
        assertEquals(
            drawn.subList(i, i + 1),
            written(backbone, Optional.of(hot.after(i)), TEXTS.subList(i, i + 1)),
            "prompt " + i + " alone and in the batch");
      }
      assertNotEquals(drawn, written(backbone, Optional.of(hot.after(9)), TEXTS), "another seed");
    }
  }

  private static List<String> written(
      Backbone backbone, Optional<Sampling> sampling, List<String> texts) {
    List<long[]> prompts = texts.stream().map(backbone.tokenizer()::encode).toList();
    return backbone
        .languageModel()
        .orElseThrow()
        .generate(new LanguageModel.Generation(Wiring.NONE, prompts, 8, List.of(), sampling))
        .stream()
        .map(Arrays::toString)
        .toList();
  }

  /** What every form of answer gives, a form prepared before among them. */
  private record Answers(
      Backbone backbone, Batch batch, Backbone.Prepared bare, Backbone.Prepared wired) {
    static Answers of(Backbone backbone, Wiring wiring, NDManager scope) {
      return new Answers(
          backbone,
          BackboneContract.batch(backbone, TEXTS, scope),
          backbone.prepare(Request.of(Wiring.NONE)),
          backbone.prepare(Request.of(wiring)));
    }

    List<float[]> now() {
      NDArray hidden = bare.forward(batch).hidden().orElseThrow();
      List<float[]> all = new ArrayList<>(List.of(hidden.toFloatArray()));
      all.add(wired.forward(batch).hidden().orElseThrow().toFloatArray());
      all.add(backbone.query(batch, Router.Query.HIDDEN_MEAN).toFloatArray());
      all.add(backbone.query(batch, Router.Query.HIDDEN_SUMMARY).toFloatArray());
      backbone.languageModel().ifPresent(m -> all.add(m.logits(hidden).toFloatArray()));
      return all;
    }
  }

  @Test
  void answersWithAWeightThatIsOverwrittenAndPutBack() {
    try (TinyParameters weights = new TinyParameters(1);
        TinyParameters fresh = new TinyParameters(1);
        TinyParameters parameters = new TinyParameters(2)) {
      Backbone backbone = factory().load(weights);
      assumeTrue(backbone.weights().isPresent(), "its weights cannot be read");
      Wiring wiring = wired(backbone, parameters);
      Answers answers = Answers.of(backbone, wiring, parameters.scope());
      List<float[]> before = answers.now();
      List<Site> linear = backbone.sites(Site.Kind.LINEAR);
      Param weight = backbone.weights().orElseThrow().of(linear.get(linear.size() - 1));
      float[] old = weight.value().toFloatArray();
      float[] merged = old.clone();
      for (int i = 0; i < merged.length; i++) {
        merged[i] += 0.1f * (i % 3 - 1);
      }
      weights.assign(weight.name(), merged);
      List<float[]> after = answers.now();
      Backbone never = factory().load(fresh);
      fresh.values();
      fresh.assign(weight.name(), merged);
      List<float[]> expected = Answers.of(never, wiring, parameters.scope()).now();
      for (int i = 0; i < expected.size(); i++) {
        assertFalse(Arrays.equals(before.get(i), after.get(i)), "answer " + i + " does not change");
        assertArrayEquals(expected.get(i), after.get(i), AGREE, "answer " + i);
      }
      weights.assign(weight.name(), old);
      List<float[]> restored = answers.now();
      for (int i = 0; i < before.size(); i++) {
        assertArrayEquals(before.get(i), restored.get(i), "answer " + i + " once put back");
      }
    }
  }

  @Test
  void attachesExpertsAndGivesTheirGradients() {
    try (TinyParameters weights = new TinyParameters(1);
        TinyParameters parameters = new TinyParameters(2)) {
      Backbone backbone = factory().load(weights);
      Batch batch = batch(backbone, TEXTS, parameters.scope());
      NDArray bare = read(backbone, Wiring.NONE, batch);
      Wiring all = wired(backbone, parameters);
      assertTrue(distance(bare, read(backbone, all, batch)) > 10 * AGREE, "experts change nothing");
      int width = backbone.description().width();
      NumericGradient.check(
          parameters,
          () ->
              read(backbone, all, batch)
                  .mul(Gaussian.array(parameters.scope(), 4, TEXTS.size(), width))
                  .sum());
    }
  }

  @Test
  void capturesWhatALayerGives() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      List<Site> layers = backbone.sites(Site.Kind.LAYER);
      Capture capture = Capture.of(Capture.What.OUTPUT, layers, Capture.Pool.MASKED_MEAN);
      Request request = Request.of(Wiring.NONE).capturing(List.of(capture));
      assumeFalse(layers.isEmpty(), "it names no layers");
      assumeTrue(backbone.refusals(request).isEmpty(), "it captures nothing of a layer");
      List<NDArray> captured =
          backbone
              .prepare(request)
              .forward(batch(backbone, TEXTS, parameters.scope()))
              .capture(capture);
      assertEquals(layers.size(), captured.size());
      captured.forEach(
          mean -> assertEquals(new Shape(2, backbone.description().width()), mean.getShape()));
    }
  }

  @Test
  void leavesItsWeightsAndNoNativeArrayBehind() {
    try (TinyParameters parameters = new TinyParameters(1)) {
      Backbone backbone = factory().load(parameters);
      read(backbone, Wiring.NONE, batch(backbone, TEXTS, parameters.scope()));
      var weights = parameters.values();
      int before = parameters.alive();
      parameters.within(scope -> read(backbone, Wiring.NONE, batch(backbone, TEXTS, scope)));
      assertEquals(before, parameters.alive(), "native arrays alive");
      var after = parameters.values();
      weights.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
    }
  }
}
