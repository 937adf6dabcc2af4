package org.continuo.backbone.onnx.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What texts were computed to, for one model. Any number of processes may use a folder at once;
 * each finds what was there when it came and what it put there itself. A disk that is full or
 * cannot be written costs time and nothing else.
 */
public final class FeatureCache {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureCache.class);
  private static final String ENDING = ".features";

  /** A segment that has grown to this share of the bound is followed by another. */
  private static final long SHARE = 16;

  private final Path root;
  private final Path folder;
  private final long bound;
  private final Map<ByteBuffer, Place> places = new HashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private Optional<Segment> own = Optional.empty();
  private boolean writable = true;

  private record Place(Segment segment, long at) {}

  private FeatureCache(Path root, String model, long bound) {
    this.root = root;
    this.folder = root.resolve(model);
    this.bound = bound;
  }

  /**
   * @param root folder for all models
   * @param model name of a folder, different for models that compute different numbers
   * @param bound bytes that all of {@code root} may hold; what was used longest ago goes first
   */
  public static FeatureCache open(Path root, String model, long bound) {
    FeatureCache cache = new FeatureCache(root, model, bound);
    cache.read();
    return cache;
  }

  private void read() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path file : files(folder)) {
      try {
        Segment segment = Segment.open(file);
        segments.add(segment);
        segment.scan((key, at) -> places.put(key, new Place(segment, at)));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      } catch (IOException e) {
        LOG.debug("features in {} are left: {}", file, e.getMessage());
      }
    }
  }

  /**
   * The numbers of a key, if they are here and whole.
   *
   * @param key 64 hex digits
   */
  public Optional<float[]> find(String key) {
    ByteBuffer bytes = bytes(key);
    Optional<Place> place = Optional.ofNullable(places.get(bytes));
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<float[]> found = place.get().segment().read(bytes, place.get().at());
      if (found.isEmpty()) {
        places.remove(bytes);
      }
      return found;
    } catch (IOException e) {
      places.remove(bytes);
      return Optional.empty();
    }
  }

  /** Keeps the numbers of a key. */
  public void put(String key, float[] values) {
    long size = Segment.size(values);
    if (!writable || size > bound) {
      return;
    }
    try {
      ByteBuffer bytes = bytes(key);
      Segment segment = own(size);
      places.put(bytes, new Place(segment, segment.append(bytes, values)));
    } catch (IOException e) {
      writable = false;
      LOG.warn(
          "features cannot be kept in {}: {}; they are computed each time", folder, e.getMessage());
    }
  }

  /** With room for a record of so many bytes. */
  private Segment own(long more) throws IOException {
    long full = bound / SHARE;
    if (own.filter(segment -> segment.end() + more <= full).isEmpty()) {
      Files.createDirectories(folder);
      Segment next = Segment.create(folder.resolve(UUID.randomUUID() + ENDING));
      own = Optional.of(next);
      segments.add(next);
      makeRoom(next, Math.max(full, more));
    }
    return own.get();
  }

  /** Deletes what was used longest ago, as far as others let it. */
  private void makeRoom(Segment kept, long more) {
    List<Stored> stored = new ArrayList<>();
    try (Stream<Path> models = Files.list(root)) {
      models
          .filter(Files::isDirectory)
          .flatMap(model -> files(model).stream())
          .forEach(file -> Stored.of(file).ifPresent(stored::add));
    } catch (IOException e) {
      return;
    }
    long total = more + stored.stream().mapToLong(Stored::size).sum();
    stored.removeIf(file -> file.path.equals(kept.file()));
    stored.sort(Comparator.comparing(Stored::used).thenComparing(Stored::path));
    for (Stored oldest : stored) {
      if (total <= bound) {
        return;
      }
      try {
        forget(oldest.path);
        Files.deleteIfExists(oldest.path);
        total -= oldest.size;
      } catch (IOException held) {
        LOG.debug("{} stays: {}", oldest.path, held.getMessage());
      }
    }
  }

  /** A segment of any process. */
  private record Stored(Path path, long size, FileTime used) {
    /** Empty if another process has just deleted it. */
    static Optional<Stored> of(Path path) {
      try {
        return Optional.of(new Stored(path, Files.size(path), Files.getLastModifiedTime(path)));
      } catch (IOException gone) {
        return Optional.empty();
      }
    }
  }

  private void forget(Path file) throws IOException {
    for (Segment segment : segments) {
      if (segment.file().equals(file)) {
        places.values().removeIf(place -> place.segment() == segment);
        segment.close();
      }
    }
    segments.removeIf(segment -> segment.file().equals(file));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static ByteBuffer bytes(String key) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(key));
  }
}
