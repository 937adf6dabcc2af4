package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.stream.LongStream;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;

/**
 * From token ids to what the first layer reads.
 *
 * @param tokens [V,d]
 * @param positions [positions,d], for learned absolute positions
 * @param positionOffset row of {@code positions} that belongs to the first token
 * @param tokenTypes [types,d], of which the first is added everywhere: inputs are single texts
 */
record Embeddings(
    Site site,
    Param tokens,
    Optional<Param> positions,
    int positionOffset,
    Optional<Param> tokenTypes,
    Optional<Norm> norm) {

  /**
   * @param ids [B,S] int64
   * @return [B,S,d]
   */
  NDArray words(NDArray ids) {
    return Rows.of(tokens.value(), ids);
  }

  /**
   * Adds what depends on the place and normalises.
   *
   * @param words [B,S,d], soft prompts included
   * @return [B,S,d]
   */
  NDArray placed(NDArray words) {
    NDManager scope = words.getManager();
    NDArray x = words;
    if (positions.isPresent()) {
      long length = words.getShape().get(1);
      long[] rows = LongStream.range(positionOffset, positionOffset + length).toArray();
      x = x.add(Rows.of(positions.get().value(), scope.create(rows)));
    }
    if (tokenTypes.isPresent()) {
      x = x.add(Rows.of(tokenTypes.get().value(), scope.create(new long[] {0})));
    }
    NDArray sum = x;
    return norm.map(n -> n.apply(sum)).orElse(sum);
  }
}
