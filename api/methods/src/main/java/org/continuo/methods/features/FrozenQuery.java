package org.continuo.methods.features;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Consumer;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Router;
import org.continuo.api.plugin.Stability;

/** The frozen view of a text, [d] for each: what is trained does not change it. */
@Stability(Stability.Level.EVOLVING)
public enum FrozenQuery {
  /** Mean of the final hidden states with nothing attached: a pass more per batch. */
  HIDDEN_MEAN(Router.Query.HIDDEN_MEAN),
  /** Mean of the token embeddings. */
  EMBEDDING_MEAN(Router.Query.EMBEDDING_MEAN);

  private static final int ROWS = 32;

  private final Router.Query query;

  FrozenQuery(Router.Query query) {
    this.query = query;
  }

  /** The same as a router asks for it. */
  public Router.Query query() {
    return query;
  }

  /**
   * @return [B,d], no gradient
   */
  public NDArray of(Batch batch, Host host) {
    return host.backbone().query(batch, query);
  }

  /**
   * Views many texts, answers left out, in pieces of at most 32.
   *
   * @param consumer of [B,d], in a memory scope of its own: what it does not add up in place is
   *     gone afterwards
   */
  public void each(List<Example> examples, Host host, Consumer<NDArray> consumer) {
    for (List<Example> piece : Batches.of(examples, ROWS)) {
      List<Example> rows = piece.stream().map(Example::withoutAnswer).toList();
      host.within(() -> consumer.accept(of(host.batch(rows), host)));
    }
  }
}
