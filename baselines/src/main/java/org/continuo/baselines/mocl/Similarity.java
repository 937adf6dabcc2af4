package org.continuo.baselines.mocl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.continuo.api.model.Router;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.methods.similarity.Cosine;

/**
 * {@code softmax_k(scale cos(P q, v_k))}.
 *
 * @param vectors K of [1,d]
 * @param projection P [d,d]
 */
record Similarity(
    List<Param> vectors,
    Optional<Param> projection,
    Router.Query query,
    double scale,
    Mocl.Weights weights)
    implements Router {
  Similarity {
    vectors = List.copyOf(vectors);
  }

  @Override
  public List<Param> params() {
    List<Param> params = new ArrayList<>(vectors);
    projection.ifPresent(params::add);
    return params;
  }

  /** [B,1,K], or [1,1,K] for {@code BATCH_MEAN}. */
  @Override
  public NDArray weights(Input input) {
    NDList all = new NDList();
    vectors.forEach(vector -> all.add(vector.value()));
    NDArray cosines =
        Cosine.of(projected(input.query().orElseThrow(), projection), NDArrays.concat(all, 0));
    NDArray perText = Autograd.scale(cosines, scale).softmax(-1);
    NDArray used = weights == Mocl.Weights.BATCH_MEAN ? perText.mean(new int[] {0}, true) : perText;
    return used.expandDims(1);
  }

  /** [B,d] by [d,d]; the query itself without a projection. */
  static NDArray projected(NDArray query, Optional<Param> projection) {
    return projection.map(p -> query.matMul(p.value().transpose())).orElse(query);
  }
}
