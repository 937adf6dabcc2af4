package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Nested memory scopes. DJL attaches a result to the manager of the first operand, so a product
 * that starts with a parameter would live as long as the parameter. Here every long-lived array is
 * lent to the innermost scope while it is open: whatever is computed dies with that scope.
 */
@Singleton
public final class Scopes implements AutoCloseable {
  private final NDManager root;
  private final Deque<NDManager> open = new ArrayDeque<>();
  private final Set<NDArray> longLived = Collections.newSetFromMap(new IdentityHashMap<>());

  @Inject
  public Scopes(NDManager root) {
    this.root = root;
    open.push(root);
  }

  /** The innermost scope. */
  public NDManager current() {
    return open.element();
  }

  /** Runs {@code body} in a scope of its own; arrays it returns are gone, so return numbers. */
  public <R> R within(Supplier<R> body) {
    NDManager inner = current().newSubManager();
    open.push(inner);
    lend(inner);
    try {
      return body.get();
    } finally {
      open.pop();
      lend(current());
      inner.close();
    }
  }

  /** {@link #within(Supplier)} for a body without a result. */
  public void within(Runnable body) {
    within(
        () -> {
          body.run();
          return true;
        });
  }

  /** Makes an array outlive its scope, until {@link #release}. It must own its memory. */
  NDArray adopt(NDArray array) {
    array.attach(current());
    longLived.add(array);
    return array;
  }

  /**
   * A copy without gradient that outlives the scope, until {@link #release}. Row by row in memory,
   * as it will be when it comes back from a checkpoint: the last bits of a sum depend on it.
   */
  NDArray keep(NDArray array) {
    return adopt(array.stopGradient().reshape(-1).reshape(array.getShape()).duplicate());
  }

  /** Hands a long-lived array to the innermost scope, to die with it. */
  void release(NDArray array) {
    longLived.remove(array);
    array.attach(current());
  }

  /** Arrays that outlive scopes at the moment. */
  public int longLived() {
    return longLived.size();
  }

  /** Arrays alive on the root manager and below. */
  public int alive() {
    return root.getParentManager().getManagedArrays().size();
  }

  private void lend(NDManager manager) {
    longLived.forEach(array -> array.attach(manager));
  }

  @Override
  public void close() {
    root.close();
  }
}
