package org.continuo.backbone.onnx.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.continuo.checkpoints.files.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
  private static final long LARGE = 1L << 30;

  @TempDir private Path root;

  private static String key(int number) {
    return new Sha256().add("key " + number).hex();
  }

  private static float[] numbers(int number, int count) {
    float[] numbers = new float[count];
    Arrays.fill(numbers, number + 0.5f);
    return numbers;
  }

  private FeatureCache open(String model) {
    return FeatureCache.open(root, model, LARGE);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void givesBackWhatWasPutAlsoToOthersThatComeLater() {
    FeatureCache first = open("model");
    FeatureCache beside = open("model");
    first.put(key(1), numbers(1, 3));
    beside.put(key(2), numbers(2, 0));
    assertArrayEquals(numbers(1, 3), first.find(key(1)).orElseThrow());
    assertEquals(Optional.empty(), first.find(key(2)), "put by another after this one was opened");
    FeatureCache later = open("model");
    assertArrayEquals(numbers(1, 3), later.find(key(1)).orElseThrow());
    assertArrayEquals(numbers(2, 0), later.find(key(2)).orElseThrow());
    assertEquals(Optional.empty(), open("another").find(key(1)));
  }

  /** The same bits, of numbers that are none too. */
  @Test
  void keepsEveryBit() {
    float[] odd = {Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    open("model").put(key(1), odd);
    assertArrayEquals(odd, open("model").find(key(1)).orElseThrow());
  }

  @Test
  void damagedRecordsDoNotCountAndOthersOfTheFileDo() throws IOException {
    FeatureCache cache = open("model");
    for (int record = 0; record < 3; record++) {
      cache.put(key(record), numbers(record, 4));
    }
    Path segment = segments().get(0);
    long record = Files.size(segment) / 3;
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {42}), 2 * record - 3);
    }
    for (FeatureCache reader : List.of(cache, open("model"))) {
      assertArrayEquals(numbers(0, 4), reader.find(key(0)).orElseThrow());
      assertEquals(Optional.empty(), reader.find(key(1)));
      assertArrayEquals(numbers(2, 4), reader.find(key(2)).orElseThrow());
      reader.put(key(1), numbers(1, 4));
      assertArrayEquals(numbers(1, 4), reader.find(key(1)).orElseThrow());
    }
  }

  /** Killed at any byte. */
  @Test
  void anUnfinishedRecordIsNotThere() throws IOException {
    FeatureCache cache = open("model");
    cache.put(key(0), numbers(0, 2));
    cache.put(key(1), numbers(1, 2));
    Path segment = segments().get(0);
    byte[] whole = Files.readAllBytes(segment);
    for (int length = 0; length < whole.length; length++) {
      Files.write(segment, Arrays.copyOf(whole, length));
      FeatureCache reader = open("model");
      assertEquals(length >= whole.length / 2, reader.find(key(0)).isPresent(), "bytes " + length);
      assertEquals(Optional.empty(), reader.find(key(1)), "bytes " + length);
    }
  }

  @Test
  void staysWithinItsBoundAndDropsWhatWasUsedLongestAgo() throws IOException {
    long bound = 1 << 16;
    FeatureCache.open(root, "old", bound).put(key(0), numbers(0, 5000));
    FeatureCache cache = FeatureCache.open(root, "model", bound);
    for (int record = 1; record <= 60; record++) {
      cache.put(key(record), numbers(record, 500));
    }
    long size = 0;
    for (Path segment : segments()) {
      size += Files.size(segment);
    }
    assertTrue(size <= bound, "holds " + size);
    assertEquals(Optional.empty(), FeatureCache.open(root, "old", bound).find(key(0)));
    assertEquals(Optional.empty(), cache.find(key(1)), "the first of its own");
    assertArrayEquals(numbers(60, 500), cache.find(key(60)).orElseThrow());
  }

  @Test
  void aPlaceThatCannotBeWrittenCostsNothingButTime() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "no folder");
    FeatureCache cache = FeatureCache.open(file, "model", LARGE);
    cache.put(key(1), numbers(1, 1));
    cache.put(key(2), numbers(1, 1));
    assertEquals(Optional.empty(), cache.find(key(1)));
  }
}
