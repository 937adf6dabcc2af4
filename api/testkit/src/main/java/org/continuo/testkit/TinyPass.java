package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Batch;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Autograd;

/**
 * Some texts of a batch on their way through {@link TinyBackbone}. All after the embeddings is one
 * token.
 */
final class TinyPass {
  private final TinyBackbone backbone;
  private final Request request;
  private final Batch batch;
  private final TinyTexts texts;
  private final Map<Capture, NDArray[]> captures = new LinkedHashMap<>();

  TinyPass(TinyBackbone backbone, Request request, Batch batch, TinyTexts texts) {
    this.backbone = backbone;
    this.request = request;
    this.batch = batch;
    this.texts = texts;
    request.captures().forEach(c -> captures.put(c, new NDArray[c.sites().size()]));
  }

  Map<Capture, List<NDArray>> captured() {
    Map<Capture, List<NDArray>> all = new LinkedHashMap<>();
    captures.forEach((capture, arrays) -> all.put(capture, List.of(arrays)));
    return all;
  }

  /**
   * The mean of the embeddings of soft prompts and real tokens.
   *
   * @return [R,1,d]
   */
  NDArray mean() {
    NDArray words = backbone.embed(texts.tokens());
    NDArray mask = texts.mask();
    NDManager scope = mask.getManager();
    NDArray all = words;
    NDArray real = mask;
    for (var soft : request.wiring().prompts()) {
      NDArray prompts =
          soft.prompts(
              new Router.Input(
                  soft.site(), words, mask, query(soft.query()), List.of(), request.training()));
      all = prompts.concat(all, 1);
      real = scope.ones(new Shape(texts.rows(), prompts.getShape().get(1))).concat(real, 1);
    }
    return Autograd.maskedMean(all, real).expandDims(1);
  }

  /**
   * {@code W_down tanh(W_up x)}, or the experts' versions of it, mixed.
   *
   * @param x [R,1,d]
   */
  NDArray block(NDArray x) {
    see(Capture.What.INPUT, TinyBackbone.BLOCK, x);
    NDArray y =
        mixture(TinyBackbone.BLOCK)
            .map(mixture -> mixed(mixture, x))
            .orElseGet(() -> block(Expert.NONE, x));
    see(Capture.What.OUTPUT, TinyBackbone.BLOCK, y);
    return y;
  }

  /** {@code sum_k g_k E_k(x)}. */
  private NDArray mixed(Mixture mixture, NDArray x) {
    NDArray weights = mixture.router().weights(input(TinyBackbone.BLOCK, x, mixture));
    see(Capture.What.ROUTING, TinyBackbone.BLOCK, weights);
    NDArray sum = x.zerosLike();
    for (int k = 0; k < mixture.experts().size(); k++) {
      Expert expert = mixture.experts().get(k);
      NDArray y = block(expert, x);
      for (Capture capture : captures.keySet()) {
        if (capture.expert().filter(expert::equals).isPresent()) {
          put(
              capture,
              TinyBackbone.BLOCK,
              capture.isolated() ? block(expert, x.stopGradient()) : y);
        }
      }
      sum = sum.add(y.mul(weights.get("..., {}:{}", k, k + 1)));
    }
    return sum;
  }

  private NDArray block(Expert expert, NDArray x) {
    NDArray inner = project(TinyBackbone.UP, expert, x).tanh();
    return project(TinyBackbone.DOWN, expert, inner);
  }

  private NDArray project(Site site, Expert expert, NDArray x) {
    see(Capture.What.INPUT, site, x);
    NDArray product = x.matMul(backbone.weight(site).transpose());
    NDArray y = mixture(site).map(mixture -> mixed(mixture, site, x, product)).orElse(product);
    if (expert.sites().contains(site)) {
      y = y.add(expert.delta(site, x, product, request.training()));
    }
    see(Capture.What.OUTPUT, site, y);
    return y;
  }

  private NDArray mixed(Mixture mixture, Site site, NDArray x, NDArray product) {
    Router.Input input = input(site, x, mixture);
    if (captures.keySet().stream().anyMatch(c -> c.what() == Capture.What.ROUTING)) {
      see(Capture.What.ROUTING, site, mixture.router().weights(input));
    }
    return mixture.mix(input, x, product);
  }

  private Optional<Mixture> mixture(Site site) {
    return request.wiring().mixtures().stream()
        .filter(mixture -> mixture.sites().contains(site))
        .findFirst();
  }

  private Router.Input input(Site site, NDArray x, Mixture mixture) {
    return new Router.Input(
        site, x, one(), query(mixture.router().query()), mixture.experts(), request.training());
  }

  private Optional<NDArray> query(Router.Query query) {
    return query == Router.Query.NONE
        ? Optional.empty()
        : Optional.of(texts.each(backbone.query(batch, query)));
  }

  private NDArray one() {
    return batch.mask().getManager().ones(new Shape(texts.rows(), 1));
  }

  private void see(Capture.What what, Site site, NDArray value) {
    for (Capture capture : captures.keySet()) {
      if (capture.what() == what && capture.sites().contains(site)) {
        put(capture, site, value);
      }
    }
  }

  private void put(Capture capture, Site site, NDArray value) {
    captures.get(capture)[capture.sites().indexOf(site)] =
        capture.pool() == Capture.Pool.NONE ? value : Autograd.maskedMean(value, one());
  }

  /** Why {@link TinyBackbone} cannot answer a request; empty if it can. */
  static List<String> refusals(Request request, List<Site> sites) {
    List<String> reasons = new ArrayList<>();
    List<Mixture> mixtures = request.wiring().mixtures();
    sites.stream()
        .filter(site -> mixtures.stream().filter(m -> m.sites().contains(site)).count() > 1)
        .forEach(site -> reasons.add("two mixtures at site '" + site.name() + "'"));
    for (Mixture mixture : mixtures) {
      mixture.sites().stream()
          .filter(site -> !sites.contains(site) || site.equals(TinyBackbone.EMBEDDINGS))
          .forEach(site -> reasons.add("a mixture at site '" + site.name() + "'"));
    }
    request.wiring().prompts().stream()
        .filter(prompts -> !prompts.site().equals(TinyBackbone.EMBEDDINGS))
        .forEach(prompts -> reasons.add("prompts at site '" + prompts.site().name() + "'"));
    for (Capture capture : request.captures()) {
      capture.sites().stream()
          .filter(site -> !captured(capture, site, request))
          .forEach(
              site ->
                  reasons.add(
                      "a capture of %s at site '%s'".formatted(capture.what(), site.name())));
    }
    return reasons.stream()
        .map(reason -> "the tiny backbone has not got " + reason + "; test with a real one")
        .toList();
  }

  private static boolean captured(Capture capture, Site site, Request request) {
    boolean block = site.equals(TinyBackbone.BLOCK);
    if (!block && !site.inside(TinyBackbone.BLOCK)) {
      return false;
    }
    List<Mixture> mixtures = request.wiring().mixtures();
    return switch (capture.what()) {
      case INPUT, OUTPUT -> block || mixtures.stream().noneMatch(Mixture::atBlock);
      case ROUTING -> mixtures.stream().anyMatch(mixture -> mixture.sites().contains(site));
      case EXPERT_OUTPUT ->
          block
              && mixtures.stream()
                  .filter(Mixture::atBlock)
                  .anyMatch(mixture -> mixture.experts().contains(capture.expert().orElseThrow()));
    };
  }
}
