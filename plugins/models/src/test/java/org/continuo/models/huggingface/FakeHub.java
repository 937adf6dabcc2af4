package org.continuo.models.huggingface;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.continuo.checkpoints.files.Sha256;

/**
 * A hub with one model, {@code acme/mini}, and a second server that has the bytes of its large
 * files, as the public one. It does as it is told for the next requests of a path.
 */
final class FakeHub implements AutoCloseable {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  static final String API = "/api/models/acme/mini/revision/main";

  final Map<String, byte[]> files = new TreeMap<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Answer>> next = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer hub = server();
  private final HttpServer storage = server();

  /** How a request is answered in the place of the usual way. */
  @FunctionalInterface
  interface Answer {
    void give(HttpExchange exchange, byte[] content) throws IOException;
  }

  /** What came in. */
  record Request(
      String method, String host, String path, Optional<String> range, Optional<String> token) {
    boolean onStorage() {
      return host.startsWith("127.0.0.1");
    }
  }

  FakeHub() {
    hub.createContext("/", exchange -> handle(exchange, this::hub));
    storage.createContext("/", exchange -> handle(exchange, this::storage));
  }

  private HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return "http://localhost:" + hub.getAddress().getPort();
  }

  String storageHost() {
    return "127.0.0.1:" + storage.getAddress().getPort();
  }

  /** The next requests of a path, of either server, are answered like this, one each. */
  void next(String path, Answer... answers) {
    next.computeIfAbsent(path, p -> new ConcurrentLinkedDeque<>()).addAll(List.of(answers));
  }

  /** The paths of files that were asked for by GET, the large ones as the storage has them. */
  List<String> bodies() {
    return requests.stream()
        .filter(r -> r.method.equals("GET"))
        .map(Request::path)
        .filter(path -> path.startsWith("/blob/") || (!large(path) && path.contains("/resolve/")))
        .map(path -> path.replaceAll("^(/blob/|.*/resolve/[0-9a-f]+/)", ""))
        .toList();
  }

  static String resolve(String file) {
    return "/acme/mini/resolve/" + COMMIT + "/" + file;
  }

  static String blob(String file) {
    return "/blob/" + file;
  }

  /** Nothing but a status, with headers in pairs. */
  static Answer status(int status, String... headers) {
    return (exchange, content) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** Sends that many bytes of what was asked for, and breaks the connection. */
  static Answer breakAfter(int count) {
    return (exchange, content) -> {
      byte[] rest = range(exchange, content);
      exchange.getResponseBody().write(rest, 0, Math.min(count, rest.length));
      exchange.getResponseBody().flush();
      exchange.close();
    };
  }

  /** Sends other bytes. */
  static Answer bytes(byte[] other) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, other.length);
      exchange.getResponseBody().write(other);
    };
  }

  /** Sends all of it, whatever range was asked for. */
  static Answer whole() {
    return (exchange, content) -> bytes(content).give(exchange, content);
  }

  /** Begins, and sends no more until the other side has gone. */
  static Answer stallAfter(int count) {
    return (exchange, content) -> {
      byte[] rest = range(exchange, content);
      exchange.getResponseBody().write(rest, 0, count);
      exchange.getResponseBody().flush();
      try {
        Thread.sleep(3000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private interface Usual {
    void answer(HttpExchange exchange) throws IOException;
  }

  private void handle(HttpExchange exchange, Usual usual) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Headers headers = exchange.getRequestHeaders();
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            headers.getFirst("Host"),
            path,
            Optional.ofNullable(headers.getFirst("Range")),
            Optional.ofNullable(headers.getFirst("Authorization"))));
    try (exchange) {
      Optional<Answer> told =
          Optional.ofNullable(next.get(path)).flatMap(all -> Optional.ofNullable(all.poll()));
      if (told.isPresent()) {
        told.get().give(exchange, content(path));
      } else {
        usual.answer(exchange);
      }
    }
  }

  private byte[] content(String path) {
    return files.getOrDefault(path.replaceAll("^(/blob/|.*/resolve/[0-9a-f]+/)", ""), new byte[0]);
  }

  private static boolean large(String path) {
    return path.endsWith(".safetensors");
  }

  private void hub(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals(API) || path.equals(API.replace("main", COMMIT))) {
      bytes(listing()).give(exchange, new byte[0]);
      return;
    }
    String file = path.replace(resolve(""), "");
    if (!files.containsKey(file)) {
      status(404, "X-Error-Code", "EntryNotFound").give(exchange, new byte[0]);
      return;
    }
    byte[] content = files.get(file);
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-Repo-Commit", COMMIT);
    if (large(file)) {
      headers.set("X-Linked-ETag", '"' + new Sha256().add(content).hex() + '"');
      headers.set("X-Linked-Size", String.valueOf(content.length));
      headers.set("ETag", "\"of the redirection\"");
      headers.set("Location", "http://" + storageHost() + blob(file) + "?signature=s3cr3t");
      exchange.sendResponseHeaders(302, -1);
      return;
    }
    headers.set("ETag", '"' + gitDigest(content) + '"');
    headers.set("Content-Length", String.valueOf(content.length));
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.getResponseBody().write(range(exchange, content));
    }
  }

  private byte[] listing() {
    return "{\"sha\":\"%s\",\"siblings\":[%s]}"
        .formatted(
            COMMIT,
            files.keySet().stream()
                .map("{\"rfilename\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",")))
        .getBytes(StandardCharsets.UTF_8);
  }

  private void storage(HttpExchange exchange) throws IOException {
    byte[] content = content(exchange.getRequestURI().getPath());
    exchange.getResponseBody().write(range(exchange, content));
  }

  /** Sends the headers; what is to follow. */
  private static byte[] range(HttpExchange exchange, byte[] content) throws IOException {
    Optional<String> range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
    if (range.isEmpty()) {
      exchange.sendResponseHeaders(200, content.length);
      return content;
    }
    int from = Integer.parseInt(range.get().replaceAll("bytes=(\\d+)-", "$1"));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    exchange.sendResponseHeaders(206, content.length - from);
    return Arrays.copyOfRange(content, from, content.length);
  }

  /** What {@code git hash-object} prints. */
  static String gitDigest(byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }
}
