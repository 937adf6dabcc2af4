package org.continuo.backbone.pytorch.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;

/** Looks for what a request asks for and this backbone cannot do. */
final class Refusals {
  private final List<Site> sites;
  private final Request request;
  private final Map<Site, Mixture> mixtures = new HashMap<>();
  private final List<String> reasons = new ArrayList<>();

  private Refusals(List<Site> sites, Request request) {
    this.sites = sites;
    this.request = request;
  }

  static List<String> of(List<Site> sites, Request request) {
    Refusals refusals = new Refusals(sites, request);
    request.wiring().mixtures().forEach(refusals::mixture);
    request.wiring().mixtures().forEach(refusals::experts);
    request.wiring().prompts().forEach(refusals::prompts);
    request.captures().forEach(refusals::capture);
    return refusals.reasons.stream().distinct().toList();
  }

  private void mixture(Mixture mixture) {
    for (Site site : mixture.sites()) {
      known("a mixture", site);
      switch (site.kind()) {
        case LINEAR, FEED_FORWARD, OUTPUT -> {}
        case EMBEDDING, PREFIX, LAYER ->
            reasons.add(
                "a mixture at site '%s' of kind %s: experts attach at LINEAR, FEED_FORWARD and OUTPUT sites"
                    .formatted(site.name(), site.kind()));
      }
      if (mixtures.putIfAbsent(site, mixture) != null) {
        reasons.add(
            "two mixtures at site '%s': put their experts into one mixture".formatted(site.name()));
      }
    }
  }

  /** A part of a block's expert that lies in no block would silently never train. */
  private void experts(Mixture mixture) {
    if (!mixture.atBlock()) {
      return;
    }
    for (Expert expert : mixture.experts()) {
      expert.sites().stream()
          .filter(
              site -> request.wiring().mixtures().stream().noneMatch(m -> uses(m, expert, site)))
          .findFirst()
          .ifPresent(
              site ->
                  reasons.add(
                      "expert '%s' of a block mixture holds site '%s', which lies in none of its blocks: make the expert with sites inside the blocks, or add a mixture for that site"
                          .formatted(expert.name(), site.name())));
    }
  }

  private static boolean uses(Mixture mixture, Expert expert, Site site) {
    return mixture.experts().contains(expert)
        && mixture.sites().stream().anyMatch(at -> at.equals(site) || site.inside(at));
  }

  private void prompts(Prompts prompts) {
    Site site = prompts.site();
    known("prompts", site);
    if (site.kind() != Site.Kind.EMBEDDING && site.kind() != Site.Kind.PREFIX) {
      reasons.add(
          "prompts at site '%s' of kind %s: expected EMBEDDING or PREFIX"
              .formatted(site.name(), site.kind()));
    }
  }

  private void capture(Capture capture) {
    if (capture.isolated() && capture.what() != Capture.What.EXPERT_OUTPUT) {
      reasons.add(
          "an isolated capture of %s: only EXPERT_OUTPUT can be isolated"
              .formatted(capture.what()));
    }
    for (Site site : capture.sites()) {
      known("a capture", site);
      reason(capture, site)
          .ifPresent(
              reason ->
                  reasons.add(
                      "a capture of %s at site '%s': %s"
                          .formatted(capture.what(), site.name(), reason)));
    }
  }

  private Optional<String> reason(Capture capture, Site site) {
    Optional<Mixture> here = Optional.ofNullable(mixtures.get(site));
    if (site.kind() == Site.Kind.PREFIX) {
      return Optional.of("a prefix has no states of its own; capture the attention projections");
    }
    return switch (capture.what()) {
      case INPUT ->
          site.kind() == Site.Kind.EMBEDDING
              ? Optional.of("the embeddings read token ids; capture their OUTPUT")
              : perExpert(site).filter(block -> site.part().equals("down")).map(this::several);
      case OUTPUT -> perExpert(site).map(this::several);
      case ROUTING ->
          here.isEmpty() ? Optional.of("no mixture is attached there") : Optional.empty();
      case EXPERT_OUTPUT -> expertOutput(capture, site, here);
    };
  }

  /** The mixed block a site lies in. */
  private Optional<Site> perExpert(Site site) {
    return mixtures.keySet().stream()
        .filter(at -> at.kind() == Site.Kind.FEED_FORWARD && site.inside(at))
        .findFirst();
  }

  private String several(Site block) {
    return "it differs from expert to expert of the mixed block '%s'; capture EXPERT_OUTPUT there"
        .formatted(block.name());
  }

  private Optional<String> expertOutput(Capture capture, Site site, Optional<Mixture> here) {
    Expert expert = capture.expert().orElseThrow();
    if (site.kind() != Site.Kind.FEED_FORWARD || here.isEmpty()) {
      return Optional.of("no feed-forward block is mixed there");
    }
    if (!here.get().experts().contains(expert)) {
      return Optional.of(
          "expert '%s' is not in its mixture; found %s"
              .formatted(expert.name(), here.get().experts().stream().map(Expert::name).toList()));
    }
    Stream<Site> inner = mixtures.keySet().stream().filter(at -> at.inside(site));
    return capture.isolated()
        ? inner
            .findFirst()
            .map(
                at ->
                    "it cannot be isolated while a mixture is attached inside the block, at '%s'"
                        .formatted(at.name()))
        : Optional.empty();
  }

  private void known(String what, Site site) {
    if (sites.contains(site)) {
      return;
    }
    boolean sameName = sites.stream().anyMatch(s -> s.name().equals(site.name()));
    reasons.add(
        sameName
            ? "%s at site '%s' of another backbone: widths, layer or kind differ (%s)"
                .formatted(what, site.name(), site)
            : "%s at unknown site '%s'; available: %s".formatted(what, site.name(), patterns()));
  }

  /** The names of all sites, layers left open. */
  private List<String> patterns() {
    return sites.stream()
        .map(site -> site.name().replaceFirst("^layers\\.\\d+", "layers.N"))
        .distinct()
        .toList();
  }
}
