package org.continuo.core.train;

import jakarta.inject.Inject;

/** What a run stores beside the backbone. */
public final class StoredSize {
  private final ParameterStore store;
  private final Keepsakes keepsakes;

  @Inject
  StoredSize(ParameterStore store, Keepsakes keepsakes) {
    this.store = store;
    this.keepsakes = keepsakes;
  }

  /** Numbers in allocated parameters, and in what strategies keep. */
  public long numbers() {
    return store.stored() + keepsakes.size();
  }

  /** Bytes of the training examples that strategies keep. */
  public long exampleBytes() {
    return keepsakes.exampleBytes();
  }

  /** Bytes of the examples that models made and strategies keep. */
  public long madeBytes() {
    return keepsakes.madeBytes();
  }
}
