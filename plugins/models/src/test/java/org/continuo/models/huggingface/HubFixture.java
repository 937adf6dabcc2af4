package org.continuo.models.huggingface;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.continuo.api.model.ModelHub;

/** A hub, a cache of one's own, and pauses that are noted and not made. */
final class HubFixture implements AutoCloseable {
  static final String NAME = "//acme/mini";

  final FakeHub server = new FakeHub();
  final Path cache;
  final Map<String, String> environment = new HashMap<>();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private Linker linker = Linker.LINKS;

  HubFixture(Path cache) {
    this.cache = cache;
    environment.put("HF_HUB_CACHE", cache.toString());
    environment.put("HF_ENDPOINT", server.endpoint());
    server.files.put("config.json", bytes("{}"));
    server.files.put("tokenizer.json", bytes("{\"model\":{}}"));
    server.files.put("README.md", bytes("---\nlicense: mit\n---\n# Mini\n"));
    server.files.put("model.safetensors", random(300_000, 1));
    server.files.put("pytorch_model.bin", bytes("pickled"));
    server.files.put("modeling_mini.py", bytes("import os"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  HubFixture with(Linker other) {
    linker = other;
    return this;
  }

  /** The weights in two files with an index. */
  HubFixture sharded() {
    server.files.remove("model.safetensors");
    server.files.put(
        "model.safetensors.index.json",
        bytes(
            "{\"weight_map\":{\"a\":\"model-1-of-2.safetensors\",\"b\":\"model-2-of-2.safetensors\"}}"));
    server.files.put("model-1-of-2.safetensors", random(1000, 1));
    server.files.put("model-2-of-2.safetensors", random(1000, 2));
    return this;
  }

  ModelHub hub() {
    return new HuggingFaceHub(
        HubSettings.of(environment), new Waiting(Duration.ofSeconds(1), pauses::add), linker);
  }

  ModelHub.Model model() {
    return hub().model(NAME);
  }

  Path folder() {
    return cache.resolve("models--acme--mini");
  }

  Path snapshot() {
    return folder().resolve("snapshots").resolve(FakeHub.COMMIT);
  }

  /** Whether the file in the snapshot has the bytes of that on the hub. */
  boolean whole(String file) throws IOException {
    return Arrays.equals(server.files.get(file), Files.readAllBytes(snapshot().resolve(file)));
  }

  @Override
  public void close() {
    server.close();
  }
}
