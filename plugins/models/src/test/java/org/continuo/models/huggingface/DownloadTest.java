package org.continuo.models.huggingface;

import static org.continuo.models.huggingface.FakeHub.blob;
import static org.continuo.models.huggingface.FakeHub.breakAfter;
import static org.continuo.models.huggingface.FakeHub.bytes;
import static org.continuo.models.huggingface.FakeHub.resolve;
import static org.continuo.models.huggingface.FakeHub.stallAfter;
import static org.continuo.models.huggingface.FakeHub.status;
import static org.continuo.models.huggingface.FakeHub.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ModelHub;
import org.continuo.checkpoints.files.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model comes whole into the cache, however the network behaves. */
class DownloadTest {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path cache;
  private HubFixture fixture;
  private FakeHub server;

  @BeforeEach
  void start() {
    fixture = new HubFixture(cache);
    server = fixture.server;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private String refusal() {
    return assertThrows(DataException.class, fixture::model)
        .getMessage()
        .replace(cache.toString(), "CACHE")
        .replace(server.endpoint(), "HUB");
  }

  private void fetched() throws IOException {
    fixture.model();
    assertTrue(fixture.whole(WEIGHTS));
    try (Stream<Path> blobs = Files.list(fixture.folder().resolve("blobs"))) {
      assertEquals(List.of(), blobs.filter(b -> b.toString().endsWith(".incomplete")).toList());
    }
  }

  private List<String> rangesOfWeights() {
    return server.requests.stream()
        .filter(r -> r.path().equals(blob(WEIGHTS)))
        .map(r -> r.range().orElse("all"))
        .toList();
  }

  @Test
  void whatAModelNeedsIsFetchedIntoTheLayoutOfTheLibraries() throws Exception {
    ModelHub.Model model = fixture.model();
    assertEquals(fixture.snapshot(), model.path());
    assertEquals(
        Optional.of(
            new ModelHub.Origin("acme/mini on Hugging Face, commit " + FakeHub.COMMIT, "mit")),
        model.origin());
    try (Stream<Path> files = Files.list(fixture.snapshot())) {
      assertEquals(
          Set.of("README.md", "config.json", "tokenizer.json", WEIGHTS),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    assertEquals(FakeHub.COMMIT, Files.readString(fixture.folder().resolve("refs/main")));
    String sha256 = new Sha256().add(server.files.get(WEIGHTS)).hex();
    assertEquals(
        Path.of("../../blobs", sha256),
        Files.readSymbolicLink(fixture.snapshot().resolve(WEIGHTS)));
    // git hash-object of the two bytes {}
    assertEquals(
        Path.of("../../blobs/9e26dfeeb6e641a33dae4961196235bdb965b21b"),
        Files.readSymbolicLink(fixture.snapshot().resolve("config.json")));
    assertEquals(WEIGHTS, server.bodies().get(server.bodies().size() - 1));
  }

  @Test
  void whatIsThereIsNotAskedForAgain() throws Exception {
    fixture.model();
    server.requests.clear();
    fetched();
    assertEquals(List.of(), server.requests);
    Files.delete(fixture.snapshot().resolve("tokenizer.json"));
    fetched();
    assertEquals(List.of(), server.bodies(), "its blob is there");
  }

  @Test
  void aSentenceFolderComesWithItsModules() throws Exception {
    server.files.put(
        "modules.json",
        HubFixture.bytes(
            "[{\"path\":\"\",\"type\":\"s.models.Transformer\"},{\"path\":\"1_Pooling\",\"type\":\"s.models.Pooling\"}]"));
    server.files.put(
        "1_Pooling/config.json", HubFixture.bytes("{\"pooling_mode_cls_token\":true}"));
    server.files.put("sentence_bert_config.json", HubFixture.bytes("{\"max_seq_length\":256}"));
    server.files.put("onnx/model.onnx", HubFixture.bytes("graph"));
    fixture.model();
    assertTrue(fixture.whole("1_Pooling/config.json"));
    assertTrue(fixture.whole("sentence_bert_config.json"));
    assertTrue(
        Files.readSymbolicLink(fixture.snapshot().resolve("1_Pooling/config.json"))
            .startsWith("../../../blobs"));
    assertFalse(Files.exists(fixture.snapshot().resolve("onnx")));
    Files.delete(fixture.snapshot().resolve("1_Pooling/config.json"));
    fixture.model();
    assertTrue(fixture.whole("1_Pooling/config.json"), "without it sentences are other vectors");
  }

  @Test
  void aRevisionIsABranchATagOrACommit() throws Exception {
    server.next(
        "/api/models/acme/mini/revision/refs/pr/1",
        bytes(
            HubFixture.bytes(
                "{\"sha\":\"%s\",\"siblings\":[{\"rfilename\":\"config.json\"},{\"rfilename\":\"tokenizer.json\"},{\"rfilename\":\"model.safetensors\"}]}"
                    .formatted(FakeHub.COMMIT))));
    assertEquals(fixture.snapshot(), fixture.hub().model("//acme/mini@refs/pr/1").path());
    assertEquals(FakeHub.COMMIT, Files.readString(fixture.folder().resolve("refs/refs/pr/1")));
    assertEquals(fixture.snapshot(), fixture.hub().model("acme/mini@" + FakeHub.COMMIT).path());
    assertFalse(Files.exists(fixture.folder().resolve("refs/main")));
  }

  @Test
  void aBrokenConnectionIsResumed() throws Exception {
    server.next(blob(WEIGHTS), breakAfter(100_000), breakAfter(50_000));
    fetched();
    List<String> ranges = rangesOfWeights();
    assertEquals(3, ranges.size());
    assertEquals("all", ranges.get(0));
    long second = Long.parseLong(ranges.get(1).replaceAll("\\D", ""));
    long third = Long.parseLong(ranges.get(2).replaceAll("\\D", ""));
    assertTrue(0 < second && second <= 100_000 && second < third && third <= 150_000, "" + ranges);
    assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(1)), fixture.pauses);
  }

  @Test
  void anotherProcessGoesOnWhereOneStopped() throws Exception {
    for (int i = 0; i < 4; i++) {
      server.next(blob(WEIGHTS), breakAfter(i == 0 ? 1000 : 0));
    }
    String message = refusal();
    assertTrue(
        message.startsWith(
            "checkpoint 'hf://acme/mini': could not get model.safetensors from HUB: "),
        message);
    assertTrue(
        message.endsWith(
            "; check the network, the proxy (https_proxy) and HF_ENDPOINT, then start again: it goes on where it stopped"),
        message);
    assertFalse(Files.exists(fixture.folder().resolve("refs/main")), "what is partial has no name");
    server.requests.clear();
    fetched();
    assertEquals(List.of("bytes=1000-"), rangesOfWeights());
    assertEquals(List.of(WEIGHTS), server.bodies(), "what is whole stays");
  }

  @Test
  void itGoesOnAsLongAsItGetsFurther() throws Exception {
    for (int i = 0; i < 8; i++) {
      server.next(blob(WEIGHTS), breakAfter(20_000));
    }
    fetched();
    assertEquals(9, rangesOfWeights().size());
  }

  @Test
  void aServerThatIgnoresRangesStartsOver() throws Exception {
    server.next(blob(WEIGHTS), breakAfter(100_000), whole());
    fetched();
  }

  @Test
  void aRangeThatIsRefusedStartsOver() throws Exception {
    server.next(blob(WEIGHTS), breakAfter(100_000), status(416));
    fetched();
    assertEquals("all", rangesOfWeights().get(2));
  }

  @Test
  void aFileThatChangesInBetweenIsFetchedAnew() throws Exception {
    byte[] other = HubFixture.random(300_000, 2);
    server.next(
        blob(WEIGHTS),
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, other.length);
          exchange.getResponseBody().write(other, 0, 100_000);
          exchange.close();
        });
    fetched();
    List<String> ranges = rangesOfWeights();
    assertEquals("all", ranges.get(ranges.size() - 1));
  }

  @Test
  void wrongBytesAreFetchedOnceMoreAndThenRefused() throws Exception {
    byte[] other = HubFixture.random(300_000, 2);
    server.next(blob(WEIGHTS), bytes(other));
    fetched();
    try (HubFixture second = new HubFixture(cache.resolve("second"))) {
      second.server.next(blob(WEIGHTS), bytes(other), bytes(other));
      String message = assertThrows(DataException.class, second::model).getMessage();
      assertEquals(
          "checkpoint 'hf://acme/mini': found 300000 bytes with the digest %s for model.safetensors, expected 300000 bytes of %s, twice; what lies between here and the hub changes files: ask whoever runs it"
              .formatted(
                  new Sha256().add(other).hex(),
                  new Sha256().add(second.server.files.get(WEIGHTS)).hex()),
          message);
      assertFalse(Files.exists(second.snapshot().resolve(WEIGHTS)));
    }
  }

  @Test
  void wrongSizesAndWrongSmallFilesAreFound() throws Exception {
    server.next(blob(WEIGHTS), bytes(HubFixture.random(400_000, 1)));
    server.next(resolve("config.json"), (e, c) -> head(e, c), bytes(HubFixture.bytes("[]")));
    fetched();
    assertTrue(fixture.whole("config.json"));
    assertEquals(2, fixture.pauses.size());
  }

  private void head(HttpExchange exchange, byte[] content) throws IOException {
    exchange.getResponseHeaders().set("ETag", FakeHub.gitDigest(content));
    exchange.getResponseHeaders().set("Content-Length", "" + content.length);
    exchange.sendResponseHeaders(200, -1);
  }

  @Test
  void aConnectionThatSendsNothingIsGivenUp() throws Exception {
    server.next(blob(WEIGHTS), stallAfter(1000));
    fetched();
    assertEquals("bytes=1000-", rangesOfWeights().get(1));
  }

  @Test
  void whatTheServerAsksToWaitIsWaited() throws Exception {
    server.next(FakeHub.API, status(429, "Retry-After", "7"), status(503), status(503));
    fetched();
    assertEquals(
        List.of(Duration.ofSeconds(7), Duration.ofSeconds(2), Duration.ofSeconds(4)),
        fixture.pauses);
  }

  @Test
  void theTokenReachesTheHubAlone() throws Exception {
    fixture.environment.put("HF_TOKEN", "hf_secret");
    fetched();
    server.requests.forEach(
        request ->
            assertEquals(
                request.onStorage() ? Optional.empty() : Optional.of("Bearer hf_secret"),
                request.token(),
                request.path()));
    assertTrue(server.requests.stream().anyMatch(FakeHub.Request::onStorage));
  }

  @Test
  void aModelThatHasMovedOnTheHubIsFollowed() throws Exception {
    server.next("/api/models/acme/old/revision/main", status(307, "Location", FakeHub.API));
    for (String file : List.of("README.md", "config.json", "tokenizer.json", WEIGHTS)) {
      FakeHub.Answer moved = status(307, "Location", resolve(file));
      server.next(resolve(file).replace("mini", "old"), moved, moved);
    }
    Path snapshot = fixture.hub().model("//acme/old").path();
    assertEquals(
        new Sha256().add(server.files.get(WEIGHTS)).hex(),
        new Sha256().add(snapshot.resolve(WEIGHTS)).hex());
  }

  @Test
  void oneShardThatIsMissingIsFetchedAlone() throws Exception {
    fixture.sharded();
    fixture.model();
    Path shard = fixture.snapshot().resolve("model-2-of-2.safetensors");
    Files.delete(shard.toRealPath());
    assertFalse(Files.exists(shard), "a link to nothing");
    server.requests.clear();
    fixture.model();
    assertEquals(List.of("model-2-of-2.safetensors"), server.bodies());
    assertTrue(fixture.whole("model-2-of-2.safetensors"));
  }

  @Test
  void withoutLinksFilesAreInTheSnapshot() throws Exception {
    fixture.with(
        (link, target) -> {
          throw new FileSystemException(link.toString(), target.toString(), "not permitted");
        });
    fixture.model();
    assertTrue(fixture.whole(WEIGHTS));
    assertFalse(Files.isSymbolicLink(fixture.snapshot().resolve(WEIGHTS)));
    server.requests.clear();
    fixture.model();
    assertEquals(List.of(), server.requests);
  }

  @Test
  void threadsFetchItOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<Path> fetch = () -> fixture.model().path();
      List<Future<Path>> all = pool.invokeAll(List.of(fetch, fetch, fetch, fetch));
      for (Future<Path> each : all) {
        assertEquals(fixture.snapshot(), each.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertTrue(fixture.whole(WEIGHTS));
    assertEquals(4, server.bodies().size(), "" + server.bodies());
  }

  @Test
  void processesFetchItOnce() throws Exception {
    server.files.put(WEIGHTS, HubFixture.random(20_000_000, 3));
    List<Process> processes = new ArrayList<>();
    Path classes =
        Path.of(HuggingFaceHub.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    for (int i = 0; i < 2; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              Stream.of(
                      classes.toString(),
                      classes.resolveSibling("test-classes").toString(),
                      System.getProperty("jdk.module.path", ""),
                      System.getProperty("java.class.path"))
                  .collect(Collectors.joining(File.pathSeparator)),
              FetchingProcess.class.getName());
      builder.environment().putAll(fixture.environment);
      processes.add(builder.inheritIO().start());
    }
    for (Process process : processes) {
      assertEquals(0, process.waitFor());
    }
    assertTrue(fixture.whole(WEIGHTS));
    assertEquals(1, server.bodies().stream().filter(WEIGHTS::equals).count());
  }
}
