package org.continuo.baselines.olora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.baselines.Baselines;
import org.continuo.baselines.FixedParam;
import org.continuo.testkit.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OLoraTest {
  private static final Site SITE = new Site("layers.0.attention.query", 0, Site.Kind.LINEAR, 3, 2);

  @TempDir private Path folder;

  /** Rows of A [2,3]; B is never read. */
  private record Rows(Param a) implements Expert.LowRank {
    @Override
    public Param a(Site site) {
      return a;
    }

    @Override
    public Param b(Site site) {
      throw new IllegalStateException("only A is orthogonalised");
    }

    @Override
    public double scale() {
      return 1;
    }

    @Override
    public double dropout() {
      return 0;
    }

    @Override
    public String name() {
      return "rows";
    }

    @Override
    public List<Site> sites() {
      return List.of(SITE);
    }

    @Override
    public List<Param> params() {
      return List.of(a);
    }

    @Override
    public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
      throw new IllegalStateException("no pass is made");
    }
  }

  private static Rows rows(NDManager manager, float... values) {
    return new Rows(new FixedParam(manager.create(values, new Shape(2, 3))));
  }

  @Test
  void overlapsByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Rows now = rows(manager, 1, 0, 0, 0, 2, 0);
      Rows first = rows(manager, 3, 1, 0, 0, 0, 5);
      Rows second = rows(manager, -1, 0, 9, 0, -1, 0);
      // with the first 3, 2 and 0, 0; with the second -1, 0 and 0, -2
      assertEquals(8, overlap(now, OLora.Overlap.ABSOLUTE, first, second));
      assertEquals(9 + 4 + 1 + 4, overlap(now, OLora.Overlap.SQUARED, first, second));
      Rows orthogonal = rows(manager, 0, 0, 7, 0, 0, -4);
      assertEquals(0, overlap(now, OLora.Overlap.ABSOLUTE, orthogonal));
    }
  }

  private static float overlap(Rows now, OLora.Overlap overlap, Expert.LowRank... earlier) {
    return OLora.overlap(now, List.of(earlier), overlap).getFloat();
  }

  @Test
  void theConstraintBeginsWithTheSecondTaskAndShrinksTheOverlap() {
    String block = "{ type = o-lora, lambda1 = %s, expert { dropout = 0 } }";
    TinyRun.Result result = Baselines.of(block.formatted("5")).run(folder);
    assertEquals(List.of(), result.term("task0", "orthogonality"));
    List<Double> terms = result.term("task1", "orthogonality");
    assertTrue(terms.get(terms.size() - 1) < terms.get(0), terms.toString());
  }

  /** {@code W x + s sum_k B_k A_k x} is the pass with weights {@code W + s sum_k B_k A_k}. */
  @Test
  void theSumOfExpertsIsTheMergedWeight() {
    Baselines.of("{ type = o-lora, sites = [query, value, down], expert { dropout = 0 } }")
        .afterEachTask(
            (host, task) -> {
              List<Example> rows = host.trainingData().subList(0, 4);
              Pass asked = host.passes(rows).get(0);
              Wiring wiring = asked.request().wiring();
              Mixture mixture = wiring.mixtures().get(0);
              assertEquals(task.index() + 1, mixture.experts().size());
              Batch batch = asked.batch();
              NDArray summed = host.pass(batch, Request.of(wiring)).scores().orElseThrow();
              Map<String, NDArray> merged = new HashMap<>();
              for (Site site : mixture.sites()) {
                Param weight = host.backbone().weights().orElseThrow().of(site);
                NDArray sum = weight.value();
                for (Expert expert : mixture.experts()) {
                  Expert.LowRank low = (Expert.LowRank) expert;
                  sum =
                      sum.add(
                          Autograd.scale(
                              low.b(site).value().matMul(low.a(site).value()), low.scale()));
                }
                merged.put(weight.name(), sum);
              }
              NDArray whole =
                  host.at(
                      new Tensors(merged),
                      () -> host.pass(batch, Request.of(Wiring.NONE)).scores().orElseThrow());
              NDArray bare = host.pass(batch, Request.of(Wiring.NONE)).scores().orElseThrow();
              assertEquals(0, summed.sub(whole).abs().max().getFloat(), 1e-6f);
              assertTrue(summed.sub(bare).abs().max().getFloat() > 1e-4f);
              assertEquals(DataType.FLOAT32, summed.getDataType());
            })
        .run(folder);
  }
}
