package org.continuo.models.huggingface;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file as the hub announces it.
 *
 * @param name in the repository, with slashes
 * @param digest SHA-256 of its bytes, or what git calls them: the blob's name in the cache
 * @param size in bytes; empty if the hub does not say
 */
record RemoteFile(String name, String digest, OptionalLong size) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern SIZE = Pattern.compile("\\d{1,18}");

  /**
   * @throws IOException if it cannot be told what its bytes are
   */
  static RemoteFile of(String name, HttpResponse<?> head) throws IOException {
    HttpHeaders headers = head.headers();
    String tag =
        Stream.of("X-Linked-ETag", "ETag")
            .flatMap(header -> headers.firstValue(header).stream())
            .findFirst()
            .orElse("")
            .replaceFirst("^W/", "")
            .replace("\"", "");
    if (!DIGEST.matcher(tag).matches()) {
      throw new IOException(
          "%s announces %s with the ETag '%s', expected its SHA-256 or git's digest, as the hub does"
              .formatted(head.uri().getHost(), name, tag));
    }
    // that of a redirection is its own
    String length = head.statusCode() / 100 == 2 ? "Content-Length" : "X-Linked-Size";
    return new RemoteFile(
        name,
        tag,
        Stream.of("X-Linked-Size", length)
            .flatMap(header -> headers.firstValue(header).stream())
            .filter(text -> SIZE.matcher(text).matches())
            .mapToLong(Long::parseLong)
            .findFirst());
  }
}
