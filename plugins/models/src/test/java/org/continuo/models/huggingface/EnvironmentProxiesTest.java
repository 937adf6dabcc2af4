package org.continuo.models.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;

/** Which proxy an address is reached by. */
class EnvironmentProxiesTest {
  private static final ProxySelector NONE = ProxySelector.of(null);

  private static String select(Map<String, String> environment, String uri) {
    return new EnvironmentProxies(environment, NONE).select(URI.create(uri)).get(0).toString();
  }

  private static String http(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)).toString();
  }

  @Test
  void theVariableOfTheSchemeThenThatOfAll() {
    Map<String, String> both =
        Map.of("HTTPS_PROXY", "http://secure:3128/", "all_proxy", "rest:8080");
    assertEquals(http("secure", 3128), select(both, "https://hub/x"));
    assertEquals(http("rest", 8080), select(both, "http://hub/x"));
    assertEquals(http("p", 80), select(Map.of("http_proxy", "http://u:pw@p"), "http://hub/x"));
    assertEquals("DIRECT", select(Map.of(), "https://hub/x"));
  }

  @Test
  void someAreReachedDirectly() {
    Map<String, String> environment =
        Map.of("https_proxy", "http://p:1", "no_proxy", "acme.org, .inner.net:443,10.0.0.1");
    for (String host :
        List.of(
            "acme.org",
            "hub.acme.org",
            "a.inner.net",
            "10.0.0.1",
            "localhost",
            "127.0.0.1",
            "[::1]")) {
      assertEquals("DIRECT", select(environment, "https://" + host + "/x"), host);
    }
    assertEquals(http("p", 1), select(environment, "https://notacme.org/x"));
    assertEquals(
        "DIRECT", select(Map.of("https_proxy", "http://p:1", "NO_PROXY", "*"), "https://hub/x"));
  }

  @Test
  void whatJavaIsToldComesFirst() {
    ProxySelector java = ProxySelector.of(InetSocketAddress.createUnresolved("j", 7));
    assertEquals(
        java.select(URI.create("https://hub/x")),
        new EnvironmentProxies(Map.of("https_proxy", "http://p:1"), java)
            .select(URI.create("https://hub/x")));
  }

  @Test
  void anotherKindIsRefusedWithoutItsPassword() {
    DataException e =
        assertThrows(
            DataException.class,
            () -> select(Map.of("https_proxy", "socks5://u:secret@p:1"), "https://hub/x"));
    assertEquals(
        "https_proxy: found something else than http://HOST:PORT, the only kind of proxy that is used; correct it, or name hosts to be reached directly in no_proxy",
        e.getMessage());
    assertFalse(e.toString().contains("secret"));
  }
}
