package org.continuo.backbone.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.continuo.api.data.DataException;
import org.continuo.backbone.onnx.cache.FeatureCache;
import org.continuo.checkpoints.files.Sha256;

/** What the model makes of texts: computed once, then read from disk. */
final class Features {
  private static final Reading.All ALL = new Reading.All();

  private final List<Path> files;
  private final Feed feed;
  private final Output output;
  private final SessionOptions options;
  private final CacheOptions cacheOptions;
  private Optional<String> digest = Optional.empty();
  private Optional<Opened> opened = Optional.empty();

  /**
   * @param model name of what computes, in the cache
   */
  private record Opened(Session session, String model, Optional<FeatureCache> cache) {}

  /**
   * @param files the model, then those its weights lie in
   */
  Features(
      List<Path> files,
      Feed feed,
      Output output,
      SessionOptions options,
      CacheOptions cacheOptions) {
    this.files = List.copyOf(files);
    this.feed = feed;
    this.output = output;
    this.options = options;
    this.cacheOptions = cacheOptions;
  }

  /** Of the bytes of all files, one after the other. */
  String sha256() {
    if (digest.isEmpty()) {
      Sha256 all = new Sha256();
      for (Path file : files) {
        try {
          all.add(file);
        } catch (IOException e) {
          throw new DataException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
      }
      digest = Optional.of(all.hex());
    }
    return digest.get();
  }

  /**
   * The same bits whether they were kept or are computed now.
   *
   * @param ids of one text
   */
  float[] read(long[] ids, Reading reading) {
    Opened now = opened();
    if (now.cache.isEmpty()) {
      return reading.of(now.session.run(ids), output.width());
    }
    FeatureCache cache = now.cache.get();
    String key = key(now.model, ids, reading);
    return cache
        .find(key)
        .or(() -> cache.find(key(now.model, ids, ALL)).map(all -> reading.of(all, output.width())))
        .orElseGet(
            () -> {
              float[] read = reading.of(now.session.run(ids), output.width());
              cache.put(key, read);
              return read;
            });
  }

  private Opened opened() {
    if (opened.isEmpty()) {
      Session session = Session.open(files.get(0), feed, output, options);
      String model = model(session);
      opened =
          Optional.of(
              new Opened(
                  session,
                  model,
                  cacheOptions.kept()
                      ? Optional.of(
                          FeatureCache.open(cacheOptions.root(), model, cacheOptions.bytes()))
                      : Optional.empty()));
    }
    return opened.get();
  }

  /**
   * Whatever changes numbers is in it. Processors and versions of the engine differ in last bits:
   * what they make of a few tokens tells them apart.
   */
  private String model(Session session) {
    float[] sample = session.run(LongStream.range(0, 8).toArray());
    ByteBuffer bits = ByteBuffer.allocate(Float.BYTES * sample.length);
    bits.asFloatBuffer().put(sample);
    return new Sha256()
        .add(sha256())
        .add("\n" + output + "\n" + options.optimisation() + "\n")
        .add(bits.array())
        .hex();
  }

  private static String key(String model, long[] ids, Reading reading) {
    ByteBuffer tokens = ByteBuffer.allocate(Long.BYTES * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    tokens.asLongBuffer().put(ids);
    return new Sha256().add(model + "\n" + reading.key() + "\n").add(tokens.array()).hex();
  }
}
