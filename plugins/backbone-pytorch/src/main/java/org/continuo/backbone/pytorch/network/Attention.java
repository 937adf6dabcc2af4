package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;
import java.util.OptionalDouble;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Autograd;
import org.continuo.checkpoints.CheckpointConfig.Heads;
import org.continuo.checkpoints.Rope;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, eq. 1), with heads of keys and values shared
 * by groups of query heads (Ainslie et al. 2023).
 *
 * @param prefix where soft keys and values come in
 * @param queryNorm of each head, before it turns
 * @param rope how queries and keys turn to their positions, if they do
 * @param scale of the scores
 * @param cap what scores stay below, see {@link NonLinearity#capped}
 * @param window how many keys back a query sees, itself included; in an encoder to both sides
 */
record Attention(
    int layer,
    Site prefix,
    Projection query,
    Projection key,
    Projection value,
    Projection output,
    Optional<Norm> queryNorm,
    Optional<Norm> keyNorm,
    Heads heads,
    Optional<Rope> rope,
    double scale,
    OptionalDouble cap,
    int window) {

  /** [B,S,d] to [B,S,d]. */
  NDArray apply(NDArray x, Pass pass) {
    long rows = x.getShape().get(0);
    long length = x.getShape().get(1);
    int shared = heads.keyValue();
    int group = heads.count() / shared;
    int size = heads.size();

    NDArray q = pass.part(x, h -> turned(query, h, heads.count(), queryNorm, pass));
    NDArray k = pass.part(x, h -> turned(key, h, shared, keyNorm, pass));
    NDArray v = value.apply(x, pass).reshape(rows, length, shared, size);

    Sequence.KeysAndValues memory =
        pass.sequence()
            .remember(
                layer,
                prefixed(
                    x,
                    new Sequence.KeysAndValues(k.transpose(0, 2, 1, 3), v.transpose(0, 2, 1, 3)),
                    pass));
    long keys = memory.keys().getShape().get(2);

    // The queries of a group stand below each other, so shared keys are read without copying them.
    NDArray grouped =
        Autograd.scale(q, scale)
            .reshape(rows, length, shared, group, size)
            .transpose(0, 2, 3, 1, 4)
            .reshape(rows, shared, group * length, size);
    NDArray scores =
        pass.part(
            grouped,
            g ->
                g.matMul(memory.keys().transpose(0, 1, 3, 2))
                    .reshape(rows, shared, group, length, keys));
    NDArray capped = cap.isPresent() ? pass.last(scores, s -> NonLinearity.capped(cap, s)) : scores;
    NDArray seen = pass.last(capped, s -> s.add(pass.sequence().bias(window, keys)));
    NDArray weights =
        pass.last(seen, s -> s.softmax(-1).reshape(rows, shared, group * length, keys));
    NDArray read =
        weights
            .matMul(memory.values())
            .reshape(rows, shared, group, length, size)
            .transpose(0, 3, 1, 2, 4)
            .reshape(rows, length, (long) heads.count() * size);
    return output.apply(read, pass);
  }

  /** Queries or keys at their positions, [B,S,count,h]. */
  private NDArray turned(
      Projection projection, NDArray x, int count, Optional<Norm> norm, Pass pass) {
    NDArray each =
        projection
            .apply(x, pass)
            .reshape(x.getShape().get(0), x.getShape().get(1), count, heads.size());
    NDArray normed = norm.map(n -> n.apply(each)).orElse(each);
    return rope.map(r -> pass.sequence().turn(r, normed)).orElse(normed);
  }

  /** Soft keys do not turn and take no position: tokens are counted without them. */
  private Sequence.KeysAndValues prefixed(NDArray x, Sequence.KeysAndValues tokens, Pass pass) {
    Optional<NDArray> soft = pass.prompts(prefix, x);
    if (soft.isEmpty()) {
      return tokens;
    }
    long rows = soft.get().getShape().get(0);
    long count = soft.get().getShape().get(1);
    NDList parts =
        soft.get()
            .reshape(rows, count, 2L * heads.keyValue(), heads.size())
            .transpose(0, 2, 1, 3)
            .split(2, 1);
    return new Sequence.KeysAndValues(
        parts.get(0).concat(tokens.keys(), 2), parts.get(1).concat(tokens.values(), 2));
  }
}
