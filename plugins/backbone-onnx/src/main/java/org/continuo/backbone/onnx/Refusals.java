package org.continuo.backbone.onnx;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Request;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;

/**
 * Looks for what a request asks for inside the model, where nothing can be attached or read.
 *
 * @param site the only one; none where the model gives logits alone
 */
record Refusals(Optional<Site> site, Output output) {
  private static final String INSIDE =
      "an ONNX model takes and shows nothing inside; attach to the final hidden states (sites = [final]), or read the model with backbone { type = pytorch }";

  /** Views of the embeddings lie inside too. */
  static final Set<Router.Query> VIEWS =
      EnumSet.of(Router.Query.NONE, Router.Query.HIDDEN_MEAN, Router.Query.HIDDEN_SUMMARY);

  List<String> of(Request request) {
    List<String> reasons = new ArrayList<>();
    List<Mixture> mixtures = request.wiring().mixtures();
    for (Mixture mixture : mixtures) {
      mixture.sites().forEach(at -> place("a mixture", at).ifPresent(reasons::add));
      view("the router of a mixture", mixture.router().query()).ifPresent(reasons::add);
    }
    if (mixtures.stream().flatMap(mixture -> mixture.sites().stream()).filter(this::is).count()
        > 1) {
      reasons.add("two mixtures at site 'output': put their experts into one mixture");
    }
    for (Prompts prompts : request.wiring().prompts()) {
      place("prompts", prompts.site())
          .or(() -> Optional.of("prompts at site 'output': expected experts there"))
          .ifPresent(reasons::add);
    }
    for (Capture capture : request.captures()) {
      capture.sites().forEach(at -> place("a capture", at).ifPresent(reasons::add));
      if (capture.isolated()
          || !EnumSet.of(Capture.What.INPUT, Capture.What.OUTPUT).contains(capture.what())) {
        reasons.add("a capture of %s: expected INPUT or OUTPUT".formatted(capture.what()));
      }
    }
    if (request.positions() == Request.Positions.ALL && output.kind() == Output.Kind.POOLED) {
      reasons.add(
          "the states of single tokens: output '%s' is one vector for a text; name one of three dimensions with output = ..."
              .formatted(output.name()));
    }
    return reasons.stream().distinct().toList();
  }

  /** Why a view of texts cannot be given. */
  static Optional<String> view(String who, Router.Query query) {
    return VIEWS.contains(query)
        ? Optional.empty()
        : Optional.of("%s reads %s: %s".formatted(who, query, INSIDE));
  }

  private boolean is(Site at) {
    return site.filter(at::equals).isPresent();
  }

  private Optional<String> place(String what, Site at) {
    if (is(at)) {
      return Optional.empty();
    }
    return Optional.of(
        site.isEmpty()
            ? "%s at site '%s': output '%s' holds logits, which nothing is attached to; train a head on them, or name an output with hidden states"
                .formatted(what, at.name(), output.name())
            : "%s at site '%s': %s".formatted(what, at.name(), INSIDE));
  }
}
