package org.continuo.models.huggingface;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import org.continuo.api.data.DataException;

/** Why a model cannot be had from the hub, and what its user can do. */
record HubRefusals(ModelName model, HubSettings settings) {
  private static final String LATER = "try again later: what is there already is not fetched again";

  DataException because(String found, String remedy) {
    return new DataException("checkpoint '%s': %s; %s".formatted(model, found, remedy));
  }

  private String page() {
    return settings.endpoint() + "/" + model.repository();
  }

  /**
   * An answer that stays.
   *
   * @param code what the hub says beside the status; empty if nothing
   * @param asked the thing it was asked for
   */
  DataException answer(int status, String code, String asked) {
    String said = "%s answered %d for %s".formatted(settings.endpoint(), status, asked);
    Optional<String> token = settings.token().map(AccessToken::variable);
    if (code.equals("GatedRepo") || (status == 403 && token.isPresent())) {
      return because(
          said + ": the model is gated",
          token
              .map(
                  t ->
                      "accept its terms at %s with the account whose token is in %s, and let the token read gated models"
                          .formatted(page(), t))
              .orElse(
                  "accept its terms at %s with your account, then set %s to a token of it"
                      .formatted(page(), AccessToken.VARIABLE)));
    }
    if (status == 401 || status == 403) {
      return token
          .map(
              t ->
                  because(
                      said + ", so it does not know the token in " + t,
                      "make a new token, or unset it if the model is public"))
          .orElseGet(
              () ->
                  because(
                      said + ": it has no such model, or only for those it knows",
                      "correct the name, or set %s to a token that may read it"
                          .formatted(AccessToken.VARIABLE)));
    }
    if (status == 407) {
      return because(
          "the proxy asks for a password, which is not supported",
          "use another proxy, or bring the model into %s by another program"
              .formatted(settings.cache()));
    }
    if (status == 404 && code.equals("RevisionNotFound")) {
      return because(said + ": no such branch, tag or commit", "see " + page() + "/tree/main");
    }
    if (status == 404) {
      return because(said + ": no such thing", "correct the name, or see " + page());
    }
    return because(said, LATER);
  }

  /** What stayed broken however often it was tried. */
  DataException broken(String asked, IOException last) {
    if (last instanceof HttpStatusException status) {
      return because(
          "%s: %s".formatted(asked, status.getMessage()),
          status.status() == 429
              ? "wait some minutes"
                  + (settings.token().isPresent()
                      ? ""
                      : ", or set %s: those it knows may ask more often"
                          .formatted(AccessToken.VARIABLE))
              : LATER);
    }
    String what =
        last instanceof HttpTimeoutException
            ? last.getMessage()
            : Optional.ofNullable(last.getMessage()).orElse(last.getClass().getSimpleName());
    return because(
        "could not get %s from %s: %s".formatted(asked, settings.endpoint(), what),
        "check the network, the proxy (https_proxy) and %s, then start again: it goes on where it stopped"
            .formatted(HubSettings.ENDPOINT));
  }

  /** A repository that holds something else. */
  DataException noModel(List<String> missing, ModelFiles files) {
    List<String> telling =
        files.names().stream()
            .filter(name -> name.matches(".*\\.(safetensors|bin|pt|pth|gguf|onnx|h5|msgpack|json)"))
            .limit(5)
            .toList();
    return because(
        "the repository lacks %s; found %s%s"
            .formatted(
                missing,
                telling.isEmpty() ? "no file of a model" : telling,
                files.names().size() > telling.size() ? " and others" : ""),
        "choose a model with safetensors, or load this one with transformers, save_pretrained, and give that folder");
  }

  DataException forbidden(String found, String variable) {
    return because(
        "%s, and %s forbids the network".formatted(found, variable),
        "unset %s once, with network, or copy the model into %s"
            .formatted(variable, settings.cache()));
  }
}
