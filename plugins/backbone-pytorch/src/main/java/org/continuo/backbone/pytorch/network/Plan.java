package org.continuo.backbone.pytorch.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;

/**
 * A request, looked through once: what is attached where, in which form each mixed block is
 * computed, and how deep the pass must go.
 *
 * @param depth layers to run: all of them unless only captures further down are read
 */
record Plan(
    Request request,
    Map<Site, Mixture> mixtures,
    Map<Site, List<Prompts>> prompts,
    Map<Site, Form> forms,
    int depth) {

  /** How a mixed block is computed. */
  enum Form {
    /** One down projection per expert. */
    PLAIN,
    /** One for all, where every expert is low-rank. */
    FUSED
  }

  static Plan of(Request request, Network network, boolean fuse) {
    Map<Site, Mixture> mixtures = new HashMap<>();
    request.wiring().mixtures().forEach(m -> m.sites().forEach(site -> mixtures.put(site, m)));
    Map<Site, List<Prompts>> prompts = new HashMap<>();
    for (Prompts soft : request.wiring().prompts()) {
      prompts.computeIfAbsent(soft.site(), site -> new ArrayList<>()).add(soft);
    }
    Map<Site, Form> forms = new HashMap<>();
    for (Layer layer : network.layers()) {
      FeedForward block = layer.feedForward();
      boolean fused = fuse && fusible(block, request, mixtures);
      forms.put(block.site(), fused ? Form.FUSED : Form.PLAIN);
    }
    return new Plan(request, mixtures, prompts, forms, depth(request, network));
  }

  private static boolean fusible(FeedForward block, Request request, Map<Site, Mixture> mixtures) {
    Mixture mixture = mixtures.get(block.site());
    return mixture != null
        && mixture.experts().size() > 1
        && mixture.experts().stream().allMatch(Expert.LowRank.class::isInstance)
        && !mixtures.containsKey(block.down().site())
        && request.captures().stream()
            .filter(capture -> capture.what() == Capture.What.EXPERT_OUTPUT)
            .filter(capture -> capture.sites().contains(block.site()))
            .noneMatch(capture -> capture.pool() == Capture.Pool.NONE);
  }

  private static int depth(Request request, Network network) {
    if (request.positions() != Request.Positions.NONE) {
      return network.layers().size();
    }
    int deepest =
        request.captures().stream()
            .flatMap(capture -> capture.sites().stream())
            .mapToInt(Site::layer)
            .max()
            .orElse(-1);
    return Math.min(deepest + 1, network.layers().size());
  }

  Optional<Mixture> mixture(Site site) {
    return Optional.ofNullable(mixtures.get(site));
  }

  Form form(Site block) {
    return forms.get(block);
  }

  boolean touches(Site site) {
    return mixtures.containsKey(site)
        || request.captures().stream().anyMatch(capture -> capture.sites().contains(site));
  }

  /** The pooled views that routers and prompts want. */
  List<Router.Query> queries() {
    List<Router.Query> wanted = new ArrayList<>();
    mixtures.values().forEach(mixture -> wanted.add(mixture.router().query()));
    prompts.values().forEach(list -> list.forEach(soft -> wanted.add(soft.query())));
    return wanted.stream().distinct().filter(q -> q != Router.Query.NONE).toList();
  }

  /** The same for further tokens: soft prompts are in the cache by then. */
  Plan continued() {
    Wiring wiring = new Wiring(request.wiring().mixtures(), List.of());
    Request rest = new Request(wiring, request.positions(), request.captures(), request.training());
    return new Plan(rest, mixtures, Map.of(), forms, depth);
  }
}
