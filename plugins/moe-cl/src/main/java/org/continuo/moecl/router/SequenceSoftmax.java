package org.continuo.moecl.router;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * {@code softmax(G q)} once per sequence: q is a frozen pooled view of it, so that weights do not
 * change while an answer is generated.
 */
final class SequenceSoftmax implements Router {

  /** What is pooled. */
  enum Reads {
    EMBEDDING_MEAN,
    HIDDEN_MEAN
  }

  /** What the router reads. */
  public record Options(
      @Option(
              doc =
                  "the view of the sequence: mean of its token embeddings, or of the final hidden"
                      + " states of the frozen model (a second forward pass)",
              value = "embedding-mean")
          Reads reads) {}

  private final LinearGate gate;
  private final Query query;

  private SequenceSoftmax(
      Options options, String name, List<Site> sites, int experts, Parameters parameters) {
    if (sites.stream().mapToInt(Site::in).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "router 'sequence-softmax': found sites of different widths %s, expected those that are as wide as the model; take sites apart from down"
              .formatted(sites.stream().map(Site::part).distinct().toList()));
    }
    query = options.reads == Reads.HIDDEN_MEAN ? Query.HIDDEN_MEAN : Query.EMBEDDING_MEAN;
    gate = new LinearGate(name, sites, experts, parameters);
  }

  @Override
  public Query query() {
    return query;
  }

  @Override
  public NDArray weights(Input input) {
    NDArray q = input.query().orElseThrow();
    return q.matMul(gate.weight(input.site()).value().transpose()).softmax(-1).expandDims(1);
  }

  @Override
  public List<Param> params() {
    return gate.params();
  }

  /** Makes routers with one set of options. */
  record Factory(Options options) implements Router.Factory {
    @Override
    public Router create(String name, List<Site> sites, int experts, Parameters parameters) {
      return new SequenceSoftmax(options, name, sites, experts, parameters);
    }
  }
}
