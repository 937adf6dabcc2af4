package org.continuo.baselines.query;

import org.continuo.api.model.Router;

/** The frozen view of a text that is compared. */
public enum FrozenQuery {
  /** Mean of the final hidden states with nothing attached: a pass more per batch. */
  HIDDEN_MEAN(Router.Query.HIDDEN_MEAN),
  /** Mean of the token embeddings. */
  EMBEDDING_MEAN(Router.Query.EMBEDDING_MEAN);

  private final Router.Query query;

  FrozenQuery(Router.Query query) {
    this.query = query;
  }

  public Router.Query query() {
    return query;
  }
}
