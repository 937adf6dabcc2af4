package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;

/**
 * From token ids to what the first layer reads.
 *
 * @param tokens [V,d]
 * @param scale of its rows
 * @param positions for learned absolute positions
 * @param tokenTypes [types,d], of which the first is added everywhere: inputs are single texts
 */
record Embeddings(
    Site site,
    Param tokens,
    double scale,
    Optional<Positions> positions,
    Optional<Param> tokenTypes,
    Optional<Norm> norm) {

  /**
   * @param table [positions,d]
   * @param offset row that belongs to the first token
   */
  record Positions(Param table, int offset) {
    /** [B or 1, S, d] */
    NDArray at(long[][] places, NDManager scope) {
      long[] rows =
          Arrays.stream(places).flatMapToLong(LongStream::of).map(p -> p + offset).toArray();
      Shape shape = new Shape(places.length, places[0].length);
      return Rows.of(table.value(), scope.create(rows, shape));
    }
  }

  /**
   * @param ids [B,S] int64
   * @return [B,S,d]
   */
  NDArray words(NDArray ids) {
    NDArray rows = Rows.of(tokens.value(), ids);
    return scale == 1 ? rows : Autograd.scale(rows, scale);
  }

  /**
   * Adds what depends on the place and normalises.
   *
   * @param words [B,S,d], soft prompts included
   * @param places of each token in its row, one row for all or one per row of the batch
   * @return [B,S,d]
   */
  NDArray placed(NDArray words, long[][] places) {
    NDManager scope = words.getManager();
    NDArray x = words;
    if (positions.isPresent()) {
      x = x.add(positions.get().at(places, scope));
    }
    if (tokenTypes.isPresent()) {
      x = x.add(Rows.of(tokenTypes.get().value(), scope.create(new long[] {0})));
    }
    NDArray sum = x;
    return norm.map(n -> n.apply(sum)).orElse(sum);
  }
}
