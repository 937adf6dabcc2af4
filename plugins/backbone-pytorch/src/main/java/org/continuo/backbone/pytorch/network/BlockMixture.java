package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.norm.Dropout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.tensor.Autograd;

/**
 * {@code y = sum_k g_k E_k(x)}, each {@code E_k} the whole block seen with expert k.
 *
 * <p>The frozen products of x are the same for all experts and computed once.
 */
record BlockMixture(FeedForward block, Mixture mixture) {

  NDArray apply(NDArray x, Pass pass) {
    NDArray weights = mixture.router().weights(pass.input(block.site(), x, mixture));
    pass.captures().see(Capture.What.ROUTING, block.site(), weights);
    NDList each = weights.split(mixture.experts().size(), 2);
    Base base = new Base(block.gate().map(g -> g.mixed(x, pass)), block.up().mixed(x, pass));
    return switch (pass.plan().form(block.site())) {
      case PLAIN -> plain(base, each, pass);
      case FUSED -> fused(base, weights, each, pass);
    };
  }

  /** One down projection per expert: the readable form, and the oracle of the other. */
  private NDArray plain(Base base, NDList weights, Pass pass) {
    List<NDArray> parts = new ArrayList<>();
    for (int k = 0; k < mixture.experts().size(); k++) {
      Expert expert = mixture.experts().get(k);
      NDArray output = output(base, expert, pass);
      for (Capture capture : pass.captures().of(block.site(), expert)) {
        NDArray seen = capture.isolated() ? output(base.stopGradient(), expert, pass) : output;
        pass.captures().put(capture, block.site(), pass.captures().pool(capture.pool(), seen));
      }
      NDArray weight = weights.get(k);
      parts.add(pass.last(output, y -> y.mul(weight)));
    }
    return sum(parts, pass);
  }

  private NDArray output(Base base, Expert expert, Pass pass) {
    NDArray inner = inner(base, expert, pass);
    return block.down().mixed(inner, pass).with(expert, pass);
  }

  private NDArray inner(Base base, Expert expert, Pass pass) {
    return pass.part(
        base.arrays(),
        () ->
            block.inner(
                base.gate().map(g -> g.with(expert, pass)), base.up().with(expert, pass), pass));
  }

  /**
   * By linearity one down projection on the mixed hidden state, {@code W2 sum_k g_k h_k + b sum_k
   * g_k + sum_k s_k B_k (g_k A_k h_k)}; a pooled capture projects the pooled hidden state.
   */
  private NDArray fused(Base base, NDArray routing, NDList weights, Pass pass) {
    List<NDArray> hidden = new ArrayList<>();
    List<NDArray> deltas = new ArrayList<>();
    for (int k = 0; k < mixture.experts().size(); k++) {
      Expert.LowRank expert = (Expert.LowRank) mixture.experts().get(k);
      Hidden seen = hidden(base, expert, pass);
      for (Capture capture : pass.captures().of(block.site(), expert)) {
        Hidden read = capture.isolated() ? hidden(base.stopGradient(), expert, pass) : seen;
        pass.captures().put(capture, block.site(), pooled(read, expert, capture.pool(), pass));
      }
      NDArray weight = weights.get(k);
      seen.low().ifPresent(low -> deltas.add(raise(low.mul(weight), expert)));
      hidden.add(pass.last(seen.inner(), h -> h.mul(weight)));
    }
    List<NDArray> terms = new ArrayList<>();
    NDArray mixed = sum(hidden, pass);
    terms.add(pass.last(mixed, h -> Projection.linear(h, block.down().weight())));
    block.down().bias().ifPresent(b -> terms.add(routing.sum(new int[] {2}, true).mul(b.value())));
    terms.addAll(deltas);
    return sum(terms, pass);
  }

  private Hidden hidden(Base base, Expert.LowRank expert, Pass pass) {
    NDArray inner = inner(base, expert, pass);
    if (!expert.sites().contains(block.down().site())) {
      return new Hidden(inner, Optional.empty());
    }
    NDArray dropped =
        pass.training() && expert.dropout() > 0
            ? Dropout.dropout(inner, (float) expert.dropout(), true).singletonOrThrow()
            : inner;
    return new Hidden(
        inner, Optional.of(Projection.linear(dropped, expert.a(block.down().site()))));
  }

  private NDArray pooled(Hidden hidden, Expert.LowRank expert, Capture.Pool pool, Pass pass) {
    NDArray y = block.down().product(pass.captures().pool(pool, hidden.inner()));
    return hidden.low().map(low -> y.add(raise(pass.captures().pool(pool, low), expert))).orElse(y);
  }

  private NDArray raise(NDArray low, Expert.LowRank expert) {
    return Autograd.scale(Projection.linear(low, expert.b(block.down().site())), expert.scale());
  }

  /** Of terms that nobody else reads. */
  private static NDArray sum(List<NDArray> terms, Pass pass) {
    return terms.stream().reduce(pass::lastSum).orElseThrow();
  }

  /** The frozen products of the input of the block. */
  private record Base(Optional<Projection.Mixed> gate, Projection.Mixed up) {
    List<NDArray> arrays() {
      return Stream.concat(gate.stream(), Stream.of(up))
          .flatMap(mixed -> mixed.arrays().stream())
          .toList();
    }

    Base stopGradient() {
      return new Base(gate.map(Projection.Mixed::stopGradient), up.stopGradient());
    }
  }

  /**
   * What the down projection reads with one expert.
   *
   * @param inner h [B,S,f]
   * @param low {@code A h} [B,S,r], if the expert reaches the down projection
   */
  private record Hidden(NDArray inner, Optional<NDArray> low) {}
}
