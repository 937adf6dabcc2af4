package org.continuo.models.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.continuo.models.huggingface.HubConnection.Ask;

/** Brings what a snapshot lacks from the hub. The weights come last: with them it is whole. */
final class SnapshotDownload {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelName name;
  private final CachedModel cached;
  private final HubRefusals refusals;
  private final HubConnection connection;
  private final Waiting.Pause pause;
  private final PrintStream out;

  SnapshotDownload(
      ModelName name,
      CachedModel cached,
      HubRefusals refusals,
      HubConnection connection,
      Waiting.Pause pause,
      PrintStream out) {
    this.name = name;
    this.cached = cached;
    this.refusals = refusals;
    this.connection = connection;
    this.pause = pause;
    this.out = out;
  }

  /**
   * What a repository holds at a revision.
   *
   * @param commit that the revision is now
   */
  private record Listing(String commit, ModelFiles files) {}

  /** The commit, whose snapshot is whole now. */
  String run() throws IOException {
    Listing listing = listing();
    List<String> missing = listing.files.missing();
    if (!missing.isEmpty()) {
      throw refusals.noModel(missing, listing.files);
    }
    fetch(listing.commit, listing.files.settings());
    List<String> weights = listing.files.weights(cached.snapshot(listing.commit));
    List<String> absent =
        weights.stream().filter(file -> !listing.files.names().contains(file)).toList();
    if (!absent.isEmpty()) {
      throw refusals.noModel(absent, listing.files);
    }
    fetch(listing.commit, weights);
    cached.remember(name.asked(), listing.commit);
    return listing.commit;
  }

  private Listing listing() {
    String what = "revision '" + name.asked() + "'";
    Ask ask =
        new Ask(
            what,
            "/api/models/%s/revision/%s"
                .formatted(
                    name.repository(), URLEncoder.encode(name.asked(), StandardCharsets.UTF_8)));
    return new Retries(pause, e -> refusals.broken(what, e))
        .of(() -> parse(connection.get(ask, HttpResponse.BodyHandlers.ofString(), () -> 0).body()));
  }

  private static Listing parse(String text) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException("the answer is no JSON, expected a list of files", e);
    }
    String commit = json.path("sha").asText();
    if (!ModelName.isCommit(commit)) {
      throw new IOException("the answer names no commit");
    }
    Set<String> names = new HashSet<>();
    json.path("siblings").forEach(file -> names.add(file.path("rfilename").asText()));
    return new Listing(commit, new ModelFiles(names));
  }

  /** Those of them that are not there yet. */
  private void fetch(String commit, List<String> wanted) throws IOException {
    Set<String> files = new TreeSet<>(wanted);
    files.removeAll(cached.files(commit).names());
    List<RemoteFile> remote = new ArrayList<>();
    for (String file : files) {
      RemoteFile announced = announced(commit, file);
      if (Files.exists(cached.blob(announced.digest()))) {
        cached.place(announced.digest(), commit, file);
      } else {
        remote.add(announced);
      }
    }
    if (remote.isEmpty()) {
      return;
    }
    long total = remote.stream().mapToLong(file -> file.size().orElse(0)).sum();
    checkSpace(remote, total);
    out.printf(
        "%s: fetching %d %s, %s, into %s%n",
        name,
        remote.size(),
        remote.size() == 1 ? "file" : "files",
        TransferProgress.megabytes(total),
        cached.folder());
    try (TransferProgress progress = new TransferProgress(out, name.toString(), total)) {
      for (RemoteFile file : remote) {
        // two of a snapshot may have the same bytes
        if (!Files.exists(cached.blob(file.digest()))) {
          new BlobDownload(connection, refusals, file, ask(commit, file.name()), cached, progress)
              .run(pause);
        }
        progress.done(Files.size(cached.blob(file.digest())));
        cached.place(file.digest(), commit, file.name());
      }
    }
  }

  private RemoteFile announced(String commit, String file) {
    Ask ask = ask(commit, file);
    return new Retries(pause, e -> refusals.broken(ask.what(), e))
        .of(() -> RemoteFile.of(file, connection.head(ask)));
  }

  private Ask ask(String commit, String file) {
    return new Ask(file, "/%s/resolve/%s/%s".formatted(name.repository(), commit, file));
  }

  private void checkSpace(List<RemoteFile> remote, long total) throws IOException {
    long there = 0;
    for (RemoteFile file : remote) {
      Path part = cached.part(file.digest());
      there += Files.exists(part) ? Files.size(part) : 0;
    }
    long free = Files.getFileStore(cached.folder()).getUsableSpace();
    if (total - there > free) {
      throw refusals.because(
          "found %s free in %s, expected %s for what is missing"
              .formatted(
                  TransferProgress.megabytes(free),
                  cached.folder(),
                  TransferProgress.megabytes(total - there)),
          "free some, or set HF_HUB_CACHE to a folder on another disk");
    }
  }
}
