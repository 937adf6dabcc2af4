package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.junit.jupiter.api.Test;

/**
 * What every backbone keeps to. The test class of a backbone extends it and names the plugin and,
 * by its options, a small checkpoint.
 */
public abstract class BackboneContract extends PluginContract<Backbone.Factory> {
  private static final List<String> TEXTS =
      List.of("the first text", "a second, longer text of more");

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
      int summary = backbone.summary() == Backbone.Summary.FIRST ? 0 : row.length - 1;
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
        scope.ones(new Shape(1, 1)));
  }

  private static NDArray read(Backbone backbone, Wiring wiring, Batch batch) {
    return backbone.prepare(Request.of(wiring)).forward(batch).hidden().orElseThrow();
  }

  /** An expert at every linear site, its values away from zero. */
  private static Wiring wired(Backbone backbone, TinyParameters parameters) {
    Expert expert =
        new TinyExpert(
            new TinyExpert.Options(2), "expert", backbone.sites(Site.Kind.LINEAR), parameters);
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
