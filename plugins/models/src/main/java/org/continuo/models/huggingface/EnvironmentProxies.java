package org.continuo.models.huggingface;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;

/**
 * Proxies as {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy} name
 * them, which Java does not read. Its own properties ({@code https.proxyHost}) come first; this
 * machine is always reached directly.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int PORT = 80;

  private final Map<String, String> environment;
  private final ProxySelector java;

  EnvironmentProxies(Map<String, String> environment, ProxySelector java) {
    this.environment = Map.copyOf(environment);
    this.java = java;
  }

  @Override
  public List<Proxy> select(URI uri) {
    List<Proxy> own = java.select(uri);
    if (!own.equals(List.of(Proxy.NO_PROXY)) || direct(uri)) {
      return own;
    }
    return Stream.of(uri.getScheme() + "_proxy", "all_proxy")
        .flatMap(variable -> value(variable).map(text -> proxy(variable, text)).stream())
        .findFirst()
        .map(List::of)
        .orElse(own);
  }

  private Optional<String> value(String variable) {
    return Stream.of(variable, variable.toUpperCase(Locale.ROOT))
        .map(name -> environment.getOrDefault(name, "").strip())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private boolean direct(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.startsWith("127.")
        || Arrays.stream(value("no_proxy").orElse("").toLowerCase(Locale.ROOT).split(","))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .anyMatch(entry -> entry.equals("*") || within(host, entry));
  }

  /** An entry stands for a host and all below it. */
  private static boolean within(String host, String entry) {
    String domain = entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static Proxy proxy(String variable, String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if ("http".equals(uri.getScheme()) && Optional.ofNullable(uri.getHost()).isPresent()) {
        int port = uri.getPort() < 0 ? PORT : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      // told below, without the text: it may hold a password
    }
    throw new DataException(
        "%s: found something else than http://HOST:PORT, the only kind of proxy that is used; correct it, or name hosts to be reached directly in no_proxy"
            .formatted(variable));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // whoever asked is told by the exception
  }
}
