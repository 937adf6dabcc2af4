package org.continuo.models.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A model's folder in the cache that the Python libraries share. */
final class CachedModel {
  /** Settings of modules are one folder down. */
  private static final int DEPTH = 2;

  private final Path folder;
  private final Path lock;
  private final Linker linker;

  CachedModel(Path cache, ModelName name, Linker linker) {
    this.folder = cache.resolve(name.folder());
    this.lock = cache.resolve(".locks").resolve(name.folder()).resolve("continuo.lock");
    this.linker = linker;
  }

  Path folder() {
    return folder;
  }

  /** Held while a process writes to the folder. */
  Path lock() {
    return lock;
  }

  /** What a revision is, as far as the cache knows. */
  Optional<String> commit(String revision) throws IOException {
    if (ModelName.isCommit(revision)) {
      return Optional.of(revision);
    }
    Path ref = ref(revision);
    return Files.isRegularFile(ref)
        ? Optional.of(Files.readString(ref).strip()).filter(ModelName::isCommit)
        : Optional.empty();
  }

  private Path ref(String revision) {
    return folder.resolve("refs").resolve(revision);
  }

  /** From now on the revision is known to be this commit. */
  void remember(String revision, String commit) throws IOException {
    if (ModelName.isCommit(revision)) {
      return;
    }
    Path ref = ref(revision);
    Files.createDirectories(ref.getParent());
    Path part = Files.createTempFile(ref.getParent(), ".ref", "");
    Files.writeString(part, commit);
    Files.move(part, ref, StandardCopyOption.ATOMIC_MOVE);
  }

  Path snapshot(String commit) {
    return folder.resolve("snapshots").resolve(commit);
  }

  /** What is there of a snapshot: a link whose blob is missing is not. */
  ModelFiles files(String commit) throws IOException {
    Path snapshot = snapshot(commit);
    Set<String> names = new HashSet<>();
    if (Files.isDirectory(snapshot)) {
      try (Stream<Path> files = Files.walk(snapshot, DEPTH)) {
        files
            .filter(Files::isRegularFile)
            .map(file -> snapshot.relativize(file).toString().replace('\\', '/'))
            .forEach(names::add);
      }
    }
    return new ModelFiles(names);
  }

  Path blob(String digest) {
    return folder.resolve("blobs").resolve(digest);
  }

  /** As far as a blob has come; the folder it is in is made. */
  Path part(String digest) throws IOException {
    Files.createDirectories(blob(digest).getParent());
    return blob(digest + ".incomplete");
  }

  /**
   * Puts a blob into a snapshot: by a relative link, or where there are none the file itself, so
   * that it is not on the disk twice.
   */
  void place(String digest, String commit, String file) throws IOException {
    Path place = snapshot(commit).resolve(file);
    Files.createDirectories(place.getParent());
    Files.deleteIfExists(place);
    try {
      linker.link(place, place.getParent().relativize(blob(digest)));
    } catch (UnsupportedOperationException | IOException noLinks) {
      Files.move(blob(digest), place, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
