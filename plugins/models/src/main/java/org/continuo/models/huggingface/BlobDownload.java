package org.continuo.models.huggingface;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.continuo.models.huggingface.HubConnection.Ask;

/** One file on its way into a blob: it is under the blob's name when its bytes are right. */
final class BlobDownload {
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;

  /** Bytes that went wrong on the way come right the second time. */
  private static final int WRONG = 2;

  private final HubConnection connection;
  private final HubRefusals refusals;
  private final RemoteFile file;
  private final Ask ask;
  private final Path part;
  private final Path blob;
  private final TransferProgress progress;
  private int wrong;

  BlobDownload(
      HubConnection connection,
      HubRefusals refusals,
      RemoteFile file,
      Ask ask,
      CachedModel cached,
      TransferProgress progress)
      throws IOException {
    this.connection = connection;
    this.refusals = refusals;
    this.file = file;
    this.ask = ask;
    this.part = cached.part(file.digest());
    this.blob = cached.blob(file.digest());
    this.progress = progress;
  }

  /** Goes on where an earlier one stopped. */
  void run(Waiting.Pause pause) {
    new Retries(pause, e -> refusals.broken(ask.what(), e)).of(this::attempt, this::received);
  }

  private long received() {
    try {
      long size = Files.exists(part) ? Files.size(part) : 0;
      progress.at(size);
      return size;
    } catch (IOException e) {
      throw new UncheckedIOException(part + ": cannot be read", e);
    }
  }

  private Path attempt() throws IOException {
    if (!Files.exists(part) || file.size().isEmpty() || received() < file.size().getAsLong()) {
      fetch(file.size().isEmpty() ? 0 : received());
    }
    long size = received();
    if (size < file.size().orElse(size)) {
      throw new IOException(
          "broken off at %d of %d bytes".formatted(size, file.size().getAsLong()));
    }
    String found = BlobDigest.like(file.digest()).of(part);
    if (!found.equals(file.digest())) {
      Files.delete(part);
      wrong++;
      String what =
          "found %d bytes with the digest %s for %s, expected %s of %s"
              .formatted(
                  size,
                  found,
                  ask.what(),
                  file.size().isPresent() ? file.size().getAsLong() + " bytes" : "those",
                  file.digest());
      if (wrong == WRONG) {
        throw refusals.because(
            what + ", twice",
            "what lies between here and the hub changes files: ask whoever runs it");
      }
      throw new IOException(what);
    }
    return Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @param have bytes that are there already
   */
  private void fetch(long have) throws IOException {
    Map<String, String> range = have > 0 ? Map.of("Range", "bytes=" + have + "-") : Map.of();
    try {
      connection.get(
          new Ask(ask.what(), ask.path(), range), info -> body(info, have), this::received);
    } catch (HttpStatusException e) {
      if (e.status() == NO_SUCH_RANGE) {
        Files.deleteIfExists(part);
      }
      throw e;
    }
  }

  private HttpResponse.BodySubscriber<Path> body(HttpResponse.ResponseInfo info, long have) {
    if (info.statusCode() == PARTIAL && resumes(info, have)) {
      return BodySubscribers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
    // all of it, whatever was asked for
    return info.statusCode() / 100 == 2 && info.statusCode() != PARTIAL
        ? BodySubscribers.ofFile(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)
        : BodySubscribers.replacing(part);
  }

  private static boolean resumes(HttpResponse.ResponseInfo info, long have) {
    return info.headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + have + "-"))
        .isPresent();
  }
}
