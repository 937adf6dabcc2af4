package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a pass computes on the way. Where a gradient is recorded, backward may read it, and it lives
 * until the pass does; elsewhere it is freed with the part of the pass that it belongs to, so a
 * pass needs the memory of its largest part and not of all its layers.
 *
 * <p>DJL attaches a result to the scope of its first operand. So for the time of a part its
 * operands belong to a scope of its own.
 */
final class Intermediates {
  private final boolean needed;
  private final Captures captures;

  private Intermediates(boolean needed, Captures captures) {
    this.needed = needed;
    this.captures = captures;
  }

  /** Of a pass that begins now: whether its gradient is recorded does not change on the way. */
  static Intermediates of(Captures captures) {
    return new Intermediates(JniUtils.isGradMode(), captures);
  }

  /** The result of a part that computes with {@code operands} before anything else. */
  NDArray part(List<NDArray> operands, Supplier<NDArray> part) {
    return within(operands, operands, part);
  }

  /** The same, after which nobody reads the operands but who captured them. */
  NDArray last(List<NDArray> operands, Supplier<NDArray> part) {
    return within(operands, List.of(), part);
  }

  private NDArray within(List<NDArray> operands, List<NDArray> livingOn, Supplier<NDArray> part) {
    if (needed) {
      return part.get();
    }
    NDManager around = operands.get(0).getManager();
    try (NDManager own = around.newSubManager()) {
      var homes = new IdentityHashMap<NDArray, NDManager>();
      operands.forEach(operand -> homes.putIfAbsent(operand, operand.getManager()));
      operands.forEach(operand -> operand.attach(own));
      NDArray y = part.get();
      livingOn.forEach(operand -> operand.attach(homes.get(operand)));
      leave(y, own, around);
      captures.leave(own, around);
      return y;
    }
  }

  /** Takes an array out of a scope that closes. */
  static void leave(NDArray array, NDManager own, NDManager around) {
    if (array.getManager() == own) {
      array.attach(around);
    }
  }
}
