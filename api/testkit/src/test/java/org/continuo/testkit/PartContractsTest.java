package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;
import org.junit.jupiter.api.Test;

/** Which test of a contract finds which fault, and that good parts pass all. */
class PartContractsTest {
  record Offer<F>(Class<F> makes, F factory) implements Plugin<F, Plugin.NoOptions> {
    @Override
    public String id() {
      return "under-test";
    }

    @Override
    public String summary() {
      return "made up for a test";
    }

    @Override
    public F create(NoOptions options) {
      return factory;
    }
  }

  // ---- experts

  /** {@code M x}, M zero at first, with something done to M. */
  private record Matrix(
      String name, List<Site> sites, Parameters parameters, Function<NDArray, NDArray> change)
      implements Expert {
    private Param matrix(Site site) {
      return parameters.param(
          name + "/" + site.name(),
          new Shape(site.in(), site.out()),
          (manager, shape) -> manager.zeros(shape, DataType.FLOAT32));
    }

    @Override
    public List<Param> params() {
      return sites.stream().map(this::matrix).toList();
    }

    @Override
    public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
      return x.matMul(change.apply(matrix(site).value()));
    }
  }

  abstract static class MatrixContract extends ExpertContract {
    NDArray change(NDArray matrix) {
      return matrix;
    }

    @Override
    protected Plugin<? extends Expert.Factory, ?> plugin() {
      return new Offer<>(
          Expert.Factory.class,
          (name, sites, parameters) -> new Matrix(name, sites, parameters, this::change));
    }
  }

  static final class GoodExpert extends MatrixContract {}

  static final class CutExpert extends MatrixContract {
    @Override
    NDArray change(NDArray matrix) {
      return matrix.add(matrix.stopGradient());
    }
  }

  static final class LeakingExpert extends MatrixContract {
    @Override
    protected Plugin<? extends Expert.Factory, ?> plugin() {
      return new Offer<>(
          Expert.Factory.class,
          (name, sites, parameters) ->
              new Matrix(
                  name,
                  sites,
                  parameters,
                  matrix -> matrix.add(((TinyParameters) parameters).scope().create(0f))));
    }
  }

  static final class BusyExpert extends MatrixContract {
    @Override
    NDArray change(NDArray matrix) {
      return matrix.add(1);
    }
  }

  @Test
  void experts() {
    assertEquals(Set.of(), Failures.of(GoodExpert.class));
    assertEquals(Set.of("givesTheGradientOfWhatItComputes"), Failures.of(CutExpert.class));
    assertEquals(Set.of("leavesNoNativeArrayBehind"), Failures.of(LeakingExpert.class));
    assertEquals(Set.of("startsAsItSays"), Failures.of(BusyExpert.class));
  }

  // ---- routers

  abstract static class TokenContract extends RouterContract {
    NDArray weights(NDArray logits) {
      return logits.softmax(-1);
    }

    @Override
    protected Plugin<? extends Router.Factory, ?> plugin() {
      return new Offer<>(
          Router.Factory.class,
          (name, sites, experts, parameters) -> {
            Param matrix =
                parameters.param(
                    name,
                    new Shape(sites.get(0).in(), experts),
                    (manager, shape) -> manager.randomNormal(0, 0.5f, shape, DataType.FLOAT32));
            return input -> weights(input.hidden().matMul(matrix.value()));
          });
    }
  }

  static final class GoodRouter extends TokenContract {}

  static final class UnevenRouter extends TokenContract {
    @Override
    NDArray weights(NDArray logits) {
      return logits.softmax(1);
    }
  }

  static final class FlatRouter extends TokenContract {
    @Override
    NDArray weights(NDArray logits) {
      return logits.softmax(-1).sum(new int[] {1});
    }
  }

  /** Each time with other parameters than the time before. */
  static final class FreshRouter extends RouterContract {
    private static final AtomicInteger MADE = new AtomicInteger();

    @Override
    protected Plugin<? extends Router.Factory, ?> plugin() {
      return new Offer<>(
          Router.Factory.class,
          (name, sites, experts, parameters) -> {
            Param gate =
                parameters.param(
                    name + MADE.incrementAndGet(),
                    new Shape(sites.get(0).in(), experts),
                    (manager, shape) -> manager.randomNormal(0, 0.5f, shape, DataType.FLOAT32));
            return new Router() {
              @Override
              public NDArray weights(Input input) {
                return input.hidden().matMul(gate.value()).softmax(-1);
              }

              @Override
              public List<Param> params() {
                return List.of(gate);
              }
            };
          });
    }
  }

  @Test
  void routers() {
    assertTrue(Failures.of(FreshRouter.class).contains("weighsAlikeWhenMadeTwiceUnderOneName"));
    assertEquals(Set.of(), Failures.of(GoodRouter.class));
    assertEquals(Set.of("givesSharesIfItSaysSo"), Failures.of(UnevenRouter.class));
    assertEquals(
        Set.of("weighsEveryExpertForTokensSequencesOrTheBatch", "givesSharesIfItSaysSo"),
        Failures.of(FlatRouter.class));
  }

  // ---- streams

  abstract static class TinyStreamContract extends TaskStreamContract {
    List<Example> change(List<Example> examples, Split split) {
      return examples;
    }

    @Override
    protected Plugin<? extends TaskStream.Factory, ?> plugin() {
      return new Offer<>(
          TaskStream.Factory.class,
          seed -> {
            TaskStream tiny = new TinyStream(new TinyStream.Options(2, 4), seed);
            return new TaskStream() {
              @Override
              public List<Task> tasks() {
                return tiny.tasks();
              }

              @Override
              public List<Example> examples(Task task, Split split) {
                return change(tiny.examples(task, split), split);
              }
            };
          });
    }
  }

  static final class GoodStream extends TinyStreamContract {}

  static final class DriftingStream extends TinyStreamContract {
    private int asked;

    @Override
    List<Example> change(List<Example> examples, Split split) {
      List<Example> turned = new ArrayList<>(examples);
      Collections.rotate(turned, asked++);
      return turned;
    }
  }

  static final class SharingStream extends TinyStreamContract {
    @Override
    List<Example> change(List<Example> examples, Split split) {
      return examples.stream()
          .map(
              e ->
                  new Example(
                      e.id().replace(split.toString(), "all"), e.task(), e.text(), e.answer()))
          .toList();
    }
  }

  @Test
  void streams() {
    assertEquals(Set.of(), Failures.of(GoodStream.class));
    assertEquals(Set.of("givesTheSameExamplesForTheSameSeed"), Failures.of(DriftingStream.class));
    assertEquals(Set.of("givesEveryExampleOnceInOneSplit"), Failures.of(SharingStream.class));
  }

  // ---- metrics

  abstract static class ShareContract extends MetricContract {
    double value(List<Prediction> predictions) {
      return predictions.stream().mapToDouble(p -> p.grades().get("accuracy")).average().orElse(0);
    }

    @Override
    protected Plugin<? extends Metric.Factory, ?> plugin() {
      return new Offer<>(
          Metric.Factory.class,
          () ->
              new Metric() {
                @Override
                public MetricDefinition definition() {
                  return new MetricDefinition(
                      "share", "Share", "share of right answers", "", "", true);
                }

                @Override
                public Map<String, Double> values(List<Prediction> predictions) {
                  return Map.of(TOTAL, value(predictions));
                }
              });
    }
  }

  static final class GoodMetric extends ShareContract {}

  static final class FirstAnswer extends ShareContract {
    @Override
    double value(List<Prediction> predictions) {
      return predictions.get(0).grades().get("accuracy") * 0.5
          + predictions.get(0).expected().length() / 100.0;
    }
  }

  static final class Counting extends ShareContract {
    @Override
    double value(List<Prediction> predictions) {
      return predictions.size();
    }
  }

  @Test
  void metrics() {
    assertEquals(Set.of(), Failures.of(GoodMetric.class));
    assertEquals(Set.of("hasNoStateAndNoRegardForOrder"), Failures.of(FirstAnswer.class));
    assertEquals(Set.of("givesSharesForAnyAnswers"), Failures.of(Counting.class));
  }
}
