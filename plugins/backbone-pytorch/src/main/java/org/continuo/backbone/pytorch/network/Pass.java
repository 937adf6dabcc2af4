package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;

/** One forward pass in progress: what its parts ask for on the way. */
final class Pass {
  private final Plan plan;
  private final NDArray mask;
  private final Map<Router.Query, NDArray> queries;
  private final Sequence sequence;
  private final Captures captures;
  private final Intermediates intermediates;

  private Pass(
      Plan plan,
      NDArray mask,
      Map<Router.Query, NDArray> queries,
      Sequence sequence,
      Captures captures) {
    this.plan = plan;
    this.mask = mask;
    this.queries = queries;
    this.sequence = sequence;
    this.captures = captures;
    this.intermediates = Intermediates.of(captures);
  }

  /** Token embeddings with soft prompts before them, and the pass that is to take them further. */
  record Start(NDArray embedded, Pass pass) {}

  /**
   * @param words [B,S,d] token embeddings
   * @param mask [B,S]
   * @param sequence from the mask, soft prompts included
   */
  static Start start(
      Plan plan,
      Site embeddings,
      NDArray words,
      NDArray mask,
      Map<Router.Query, NDArray> queries,
      Function<NDArray, Sequence> sequence) {
    Optional<NDArray> soft = soft(plan, embeddings, words, mask, queries);
    if (soft.isEmpty()) {
      Captures captures = new Captures(plan.request().captures(), mask, 0);
      return new Start(words, new Pass(plan, mask, queries, sequence.apply(mask), captures));
    }
    long count = soft.get().getShape().get(1);
    NDArray extended =
        mask.getManager().ones(new Shape(mask.getShape().get(0), count)).concat(mask, 1);
    Captures captures = new Captures(plan.request().captures(), mask, Math.toIntExact(count));
    return new Start(
        soft.get().concat(words, 1),
        new Pass(plan, extended, queries, sequence.apply(extended), captures));
  }

  Plan plan() {
    return plan;
  }

  Captures captures() {
    return captures;
  }

  Sequence sequence() {
    return sequence;
  }

  /** {@code body(x)}, of whose intermediate results only captured ones need to outlive it. */
  NDArray part(NDArray x, UnaryOperator<NDArray> body) {
    return intermediates.part(List.of(x), () -> body.apply(x));
  }

  /** The same for a part that begins with several arrays. */
  NDArray part(List<NDArray> operands, Supplier<NDArray> body) {
    return intermediates.part(operands, body);
  }

  /** The same for a part after which x itself is not needed. */
  NDArray last(NDArray x, UnaryOperator<NDArray> body) {
    return intermediates.last(List.of(x), () -> body.apply(x));
  }

  /** {@code x + y}, after which neither is needed. */
  NDArray lastSum(NDArray x, NDArray y) {
    return intermediates.last(List.of(x, y), () -> x.add(y));
  }

  boolean training() {
    return plan.request().training();
  }

  /** The mixture attached at a linear or output site, if there is one; else {@code wx}. */
  NDArray mix(Site site, NDArray x, NDArray wx) {
    return plan.mixture(site)
        .map(
            mixture -> {
              Router.Input input = input(site, x, mixture);
              if (captures.want(Capture.What.ROUTING, site)) {
                captures.see(Capture.What.ROUTING, site, mixture.router().weights(input));
              }
              return mixture.mix(input, x, wx);
            })
        .orElse(wx);
  }

  Router.Input input(Site site, NDArray hidden, Mixture mixture) {
    return input(plan, site, hidden, mask, queries, mixture.router().query(), mixture.experts());
  }

  /** [B,P,out] of all soft prompts at a site, in the order of the wiring. */
  Optional<NDArray> prompts(Site site, NDArray hidden) {
    return soft(plan, site, hidden, mask, queries);
  }

  private static Optional<NDArray> soft(
      Plan plan, Site site, NDArray hidden, NDArray mask, Map<Router.Query, NDArray> queries) {
    return plan.prompts().getOrDefault(site, List.<Prompts>of()).stream()
        .map(
            soft -> soft.prompts(input(plan, site, hidden, mask, queries, soft.query(), List.of())))
        .reduce((first, second) -> first.concat(second, 1));
  }

  private static Router.Input input(
      Plan plan,
      Site site,
      NDArray hidden,
      NDArray mask,
      Map<Router.Query, NDArray> queries,
      Router.Query query,
      List<Expert> experts) {
    return new Router.Input(
        site,
        hidden,
        mask,
        Optional.ofNullable(queries.get(query)),
        experts,
        plan.request().training());
  }
}
