package org.continuo.models.huggingface;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.continuo.api.data.DataException;

/**
 * Requests to the hub. Redirections are followed here, because the token must reach no other host
 * than the hub, and because the answer before the last one knows what the file is.
 */
final class HubConnection {
  private static final int REDIRECTIONS = 10;
  private static final long POLL_MILLIS = 200;

  /** Those that may be others a moment later. */
  private static final Set<Integer> PASSING = Set.of(408, 416, 429, 500, 502, 503, 504);

  private final HubSettings settings;
  private final HubRefusals refusals;
  private final Duration patience;
  private final HttpClient client;

  HubConnection(HubSettings settings, HubRefusals refusals, Duration patience) {
    this.settings = settings;
    this.refusals = refusals;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .proxy(settings.proxies())
            .build();
  }

  /**
   * What is asked for.
   *
   * @param what it is, in a message
   * @param path behind the endpoint, quoted
   */
  record Ask(String what, String path, Map<String, String> headers) {
    Ask(String what, String path) {
      this(what, path, Map.of());
    }
  }

  /** Follows redirections as far as they stay on the hub: where it leaves it, it has said all. */
  HttpResponse<Void> head(Ask ask) throws IOException {
    return send("HEAD", ask, HttpResponse.BodyHandlers.discarding(), () -> 0);
  }

  /**
   * Follows all redirections.
   *
   * @param handler of an answer of success
   * @param received bytes of it so far: a connection that brings none is given up
   */
  <T> HttpResponse<T> get(Ask ask, HttpResponse.BodyHandler<T> handler, LongSupplier received)
      throws IOException {
    return send("GET", ask, handler, received);
  }

  private <T> HttpResponse<T> send(
      String method, Ask ask, HttpResponse.BodyHandler<T> handler, LongSupplier received)
      throws IOException {
    URI uri = URI.create(settings.endpoint() + ask.path());
    for (int i = 0; i < REDIRECTIONS; i++) {
      HttpResponse<T> answer = exchange(request(method, uri, ask), handler, received);
      Optional<URI> next = next(answer);
      if (next.isEmpty() || (method.equals("HEAD") && !onHub(next.get()))) {
        check(answer, ask);
        return answer;
      }
      uri = next.get();
    }
    throw refusals.because(
        "%s redirects %s more than %d times"
            .formatted(settings.endpoint(), ask.what(), REDIRECTIONS),
        "check " + HubSettings.ENDPOINT);
  }

  private HttpRequest request(String method, URI uri, Ask ask) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("User-Agent", "continuo")
            .header("Accept-Encoding", "identity");
    ask.headers().forEach(request::header);
    if (onHub(uri)) {
      settings
          .token()
          .ifPresent(token -> request.header("Authorization", "Bearer " + token.secret()));
    }
    return request.build();
  }

  private boolean onHub(URI uri) {
    URI hub = settings.endpoint();
    return uri.getScheme().equals(hub.getScheme())
        && uri.getHost().equals(hub.getHost())
        && uri.getPort() == hub.getPort();
  }

  private static Optional<URI> next(HttpResponse<?> answer) throws IOException {
    if (answer.statusCode() / 100 != 3) {
      return Optional.empty();
    }
    Optional<String> location = answer.headers().firstValue("Location");
    URI from = answer.uri();
    try {
      return location
          .map(from::resolve)
          .filter(to -> Objects.nonNull(to.getHost()))
          .filter(to -> Set.of("https", from.getScheme()).contains(to.getScheme()))
          .or(
              () -> {
                throw new IllegalArgumentException();
              });
    } catch (IllegalArgumentException e) {
      // the address is not told: it may hold a signature that opens the file
      throw new IOException(
          from.getHost() + " redirects to what is no address, or to one without encryption", e);
    }
  }

  private void check(HttpResponse<?> answer, Ask ask) throws IOException {
    int status = answer.statusCode();
    if (status / 100 == 2 || status / 100 == 3) {
      return;
    }
    if (PASSING.contains(status) || !onHub(answer.uri())) {
      throw new HttpStatusException(
          "%s answered %d".formatted(answer.uri().getHost(), status),
          status,
          answer.headers().firstValue("Retry-After").map(HubConnection::seconds).orElse(0L));
    }
    throw refusals.answer(
        status, answer.headers().firstValue("X-Error-Code").orElse(""), ask.what());
  }

  /** A date, which is allowed too, is not understood. */
  private static long seconds(String text) {
    return text.matches("\\d{1,6}") ? Long.parseLong(text) : 0;
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, LongSupplier received)
      throws IOException {
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
    long last = received.getAsLong();
    long since = System.nanoTime();
    while (true) {
      try {
        return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        long now = received.getAsLong();
        if (now != last) {
          last = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
          answer.cancel(true);
          throw new HttpTimeoutException(
              "%s sent nothing for %d s".formatted(request.uri().getHost(), patience.toSeconds()));
        }
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof DataException ofAProxy) {
          throw ofAProxy;
        }
        throw e.getCause() instanceof IOException io
            ? io
            : new IOException(String.valueOf(e.getCause()), e.getCause());
      }
    }
  }
}
