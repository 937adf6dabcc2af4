package org.continuo.models.huggingface;

import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.models.Offline;

/**
 * What the environment says, in the variables of the Python library {@code huggingface_hub}.
 *
 * @param cache folder of all models
 * @param endpoint without a slash at its end
 * @param offline the variable that forbids the network
 */
record HubSettings(
    Path cache,
    URI endpoint,
    Optional<AccessToken> token,
    Optional<String> offline,
    ProxySelector proxies) {
  static final String ENDPOINT = "HF_ENDPOINT";
  private static final String PUBLIC = "https://huggingface.co";
  private static final String OFFLINE = "HF_HUB_OFFLINE";
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  /**
   * @throws DataException if a variable holds what cannot be meant
   */
  static HubSettings of(Map<String, String> environment) {
    return new HubSettings(
        cache(environment),
        endpoint(environment),
        AccessToken.in(environment),
        offline(environment),
        new EnvironmentProxies(environment, ProxySelector.getDefault()));
  }

  private static Optional<String> text(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  private static Path cache(Map<String, String> environment) {
    return Stream.of("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE")
        .flatMap(variable -> text(environment, variable).stream())
        .map(HubSettings::path)
        .findFirst()
        .orElseGet(
            () ->
                text(environment, "HF_HOME")
                    .map(HubSettings::path)
                    .orElseGet(
                        () ->
                            text(environment, "XDG_CACHE_HOME")
                                .map(HubSettings::path)
                                .orElseGet(() -> path("~/.cache"))
                                .resolve("huggingface"))
                    .resolve("hub"));
  }

  private static Path path(String text) {
    boolean home = text.equals("~") || text.startsWith("~/");
    return (home ? Path.of(System.getProperty("user.home") + text.substring(1)) : Path.of(text))
        .toAbsolutePath()
        .normalize();
  }

  private static URI endpoint(Map<String, String> environment) {
    String text = text(environment, ENDPOINT).orElse(PUBLIC).strip().replaceAll("/+$", "");
    Optional<URI> endpoint =
        parsed(text)
            .filter(uri -> Set.of("http", "https").contains(String.valueOf(uri.getScheme())))
            .filter(uri -> Optional.ofNullable(uri.getHost()).isPresent())
            .filter(uri -> Optional.ofNullable(uri.getRawQuery()).isEmpty());
    if (endpoint.isEmpty() || text.contains("@")) {
      throw new DataException(
          "%s: found %s, expected the address of a hub such as %s; correct it or unset it"
              .formatted(
                  ENDPOINT,
                  text.contains("@") ? "an address with a user name" : "'" + text + "'",
                  PUBLIC));
    }
    return endpoint.get();
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> offline(Map<String, String> environment) {
    if (Offline.wanted(environment)) {
      return Optional.of(Offline.VARIABLE);
    }
    return text(environment, OFFLINE)
        .filter(value -> TRUE.contains(value.strip().toUpperCase(Locale.ROOT)))
        .map(value -> OFFLINE);
  }
}
