package org.continuo.models.huggingface;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ModelHub;

/** Models by the names they have on the hub. */
final class HuggingFaceHub implements ModelHub {
  /** A lock of a file is one between processes. */
  private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

  private final HubSettings settings;
  private final Waiting waiting;
  private final Linker linker;

  HuggingFaceHub(HubSettings settings, Waiting waiting, Linker linker) {
    this.settings = settings;
    this.waiting = waiting;
    this.linker = linker;
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public Model model(String text) {
    ModelName name = ModelName.parse(text);
    try {
      return new Cached(name).model();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "checkpoint '%s' cannot be kept in %s".formatted(name, settings.cache()), e);
    }
  }

  /** What the cache has of a model, and what it takes to have all. */
  private final class Cached {
    private final ModelName name;
    private final CachedModel cached;
    private final HubRefusals refusals;

    Cached(ModelName name) {
      this.name = name;
      this.cached = new CachedModel(settings.cache(), name, linker);
      this.refusals = new HubRefusals(name, settings);
    }

    Model model() throws IOException {
      Optional<String> whole = whole();
      String commit = whole.isPresent() ? whole.get() : fetched();
      Path snapshot = cached.snapshot(commit);
      return new Model(
          snapshot,
          Optional.of(
              new Origin(
                  "%s on Hugging Face, commit %s".formatted(name.repository(), commit),
                  ModelCard.licence(snapshot))));
    }

    /** Its commit, if nothing is missing. */
    private Optional<String> whole() throws IOException {
      Optional<String> commit = cached.commit(name.asked());
      return commit.isPresent() && missing(commit.get()).isEmpty() ? commit : Optional.empty();
    }

    private List<String> missing(String commit) throws IOException {
      return cached.files(commit).missing(cached.snapshot(commit));
    }

    private String fetched() throws IOException {
      if (settings.offline().isPresent()) {
        throw offline(settings.offline().get());
      }
      ReentrantLock threads =
          IN_THIS_PROCESS.computeIfAbsent(cached.lock(), lock -> new ReentrantLock());
      threads.lock();
      try {
        Files.createDirectories(cached.lock().getParent());
        Files.createDirectories(cached.folder());
        try (FileChannel channel =
                FileChannel.open(
                    cached.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = held(channel)) {
          Optional<String> another = held.isValid() ? whole() : Optional.empty();
          return another.isPresent() ? another.get() : download();
        }
      } finally {
        threads.unlock();
      }
    }

    private FileLock held(FileChannel channel) throws IOException {
      Optional<FileLock> free = Optional.ofNullable(channel.tryLock());
      if (free.isPresent()) {
        return free.get();
      }
      System.err.printf("%s: another process is fetching it; waiting%n", name);
      return channel.lock();
    }

    private String download() throws IOException {
      return new SnapshotDownload(
              name,
              cached,
              refusals,
              new HubConnection(settings, refusals, waiting.patience()),
              waiting.pause(),
              System.err)
          .run();
    }

    private DataException offline(String variable) throws IOException {
      Optional<String> commit = cached.commit(name.asked());
      return refusals.forbidden(
          commit.isEmpty()
              ? "found no '%s' of it in %s".formatted(name.asked(), settings.cache())
              : "found a snapshot that lacks %s in %s"
                  .formatted(missing(commit.get()), cached.snapshot(commit.get())),
          variable);
    }
  }
}
