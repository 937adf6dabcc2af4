package org.continuo.api.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * How much each of K experts counts. It reads its {@link Input} and nothing else of the model.
 *
 * <p>Rows share a batch where their {@link Wiring}s are equal, and a request is prepared once per
 * wiring. So whoever wires a router gives the same object each time, as a field or a map holds it,
 * or a record equal by value: a new object for each row or step would leave batches of one row and
 * a form prepared for each of them.
 */
@Stability(Stability.Level.STABLE)
public interface Router {
  /**
   * Weights per token, per sequence or for the whole batch, by shape.
   *
   * @return [B or 1, S or 1, K]
   */
  NDArray weights(Input input);

  /** The pooled query it wants in its input. */
  default Query query() {
    return Query.NONE;
  }

  default List<Param> params() {
    return List.of();
  }

  /** A frozen pooled view of a sequence; may be cached by example id while no weight changes. */
  enum Query {
    NONE,
    /** Masked mean of the token embeddings. */
    EMBEDDING_MEAN,
    /** Largest token embedding over the real tokens, dimension by dimension. */
    EMBEDDING_MAX,
    /** Masked mean of the final hidden states with nothing attached. */
    HIDDEN_MEAN,
    /**
     * The {@link Backbone#summary()} of the row, of the final hidden states with nothing attached.
     */
    HIDDEN_SUMMARY
  }

  /**
   * @param hidden [B,S,d] what the site reads
   * @param mask [B,S]
   * @param query [B,d], present unless {@link Router#query()} is {@code NONE}
   * @param experts the K to be weighed
   */
  record Input(
      Site site,
      NDArray hidden,
      NDArray mask,
      Optional<NDArray> query,
      List<Expert> experts,
      boolean training) {
    public Input {
      experts = List.copyOf(experts);
    }
  }

  /** Form: the same fixed weights everywhere, such as a sum or the choice of one expert. */
  record Constant(List<Double> values) implements Router {
    public Constant {
      values = List.copyOf(values);
    }

    public static Constant sum(int experts) {
      return new Constant(Collections.nCopies(experts, 1.0));
    }

    @Override
    public NDArray weights(Input input) {
      float[] weights = new float[values.size()];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = values.get(k).floatValue();
      }
      return input.mask().getManager().create(weights, new Shape(1, 1, weights.length));
    }
  }

  /** Form: {@code softmax(G h)} per token. */
  interface TokenSoftmax extends Router {
    /** G [K,d] of one site. */
    Param weight(Site site);

    @Override
    default NDArray weights(Input input) {
      return input.hidden().matMul(weight(input.site()).value().transpose()).softmax(-1);
    }
  }

  /** Makes routers of one kind; an options record names one, so any strategy takes any router. */
  interface Factory {
    /**
     * A router of these parameters: asked for twice by one name, the two weigh alike. They need not
     * be equal, so keep the one that is wired.
     *
     * @param name prefix of its parameters, unique within the strategy
     * @param experts K
     */
    Router create(String name, List<Site> sites, int experts, Parameters parameters);

    /** True if every task is to have a router of its own, frozen when the task ends. */
    default boolean perTask() {
      return false;
    }
  }
}
