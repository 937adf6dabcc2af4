package org.continuo.models.huggingface;

import static org.continuo.models.huggingface.FakeHub.API;
import static org.continuo.models.huggingface.FakeHub.blob;
import static org.continuo.models.huggingface.FakeHub.bytes;
import static org.continuo.models.huggingface.FakeHub.resolve;
import static org.continuo.models.huggingface.FakeHub.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads who gets no model, and the cure in it. */
class HubRefusalsTest {
  private static final String SECRET = "hf_secret";

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

  private void refused(String message) {
    DataException e = assertThrows(DataException.class, fixture::model);
    assertEquals(
        "checkpoint 'hf://acme/mini': " + message,
        e.getMessage().replace(cache.toString(), "CACHE").replace(server.endpoint(), "HUB"));
    for (Throwable t = e; t != null; t = t.getCause()) {
      assertFalse(t.toString().contains(SECRET), t.toString());
      assertFalse(t.toString().contains("s3cr3t"), t.toString());
    }
  }

  private void withToken() {
    fixture.environment.put("HF_TOKEN", SECRET);
  }

  @Test
  void aModelThatIsNotThere() {
    server.next(API, status(401, "X-Error-Code", "RepoNotFound"));
    refused(
        "HUB answered 401 for revision 'main': it has no such model, or only for those it knows; correct the name, or set HF_TOKEN to a token that may read it");
    withToken();
    server.next(API, status(404, "X-Error-Code", "RepoNotFound"));
    refused(
        "HUB answered 404 for revision 'main': no such thing; correct the name, or see HUB/acme/mini");
    assertEquals(List.of(), fixture.pauses, "that does not pass");
  }

  @Test
  void aTokenThatIsNotKnown() {
    withToken();
    server.next(API, status(401));
    refused(
        "HUB answered 401 for revision 'main', so it does not know the token in HF_TOKEN; make a new token, or unset it if the model is public");
  }

  @Test
  void aGatedModel() {
    server.next(resolve("config.json"), status(401, "X-Error-Code", "GatedRepo"));
    refused(
        "HUB answered 401 for config.json: the model is gated; accept its terms at HUB/acme/mini with your account, then set HF_TOKEN to a token of it");
    withToken();
    server.next(resolve("config.json"), status(403, "X-Error-Code", "GatedRepo"));
    refused(
        "HUB answered 403 for config.json: the model is gated; accept its terms at HUB/acme/mini with the account whose token is in HF_TOKEN, and let the token read gated models");
  }

  @Test
  void aRevisionThatIsNotThere() {
    server.next(
        "/api/models/acme/mini/revision/v9", status(404, "X-Error-Code", "RevisionNotFound"));
    DataException e =
        assertThrows(DataException.class, () -> fixture.hub().model("//acme/mini@v9"));
    assertEquals(
        "checkpoint 'hf://acme/mini@v9': HUB answered 404 for revision 'v9': no such branch, tag or commit; see HUB/acme/mini/tree/main",
        e.getMessage().replace(server.endpoint(), "HUB"));
  }

  @Test
  void tooManyQuestions() {
    server.next(API, status(429), status(429), status(429), status(429));
    refused(
        "revision 'main': localhost answered 429; wait some minutes, or set HF_TOKEN: those it knows may ask more often");
    assertEquals(3, fixture.pauses.size());
  }

  @Test
  void aHubThatFails() {
    server.next(API, status(500), status(502), status(503), status(504));
    refused(
        "revision 'main': localhost answered 504; try again later: what is there already is not fetched again");
  }

  @Test
  void aStorageThatRefusesIsAskedAgainByWayOfTheHub() {
    withToken();
    FakeHub.Answer expired = status(403);
    server.next(blob("model.safetensors"), expired, expired, expired, expired);
    refused(
        "model.safetensors: 127.0.0.1 answered 403; try again later: what is there already is not fetched again");
    assertEquals(
        5,
        server.requests.stream().filter(r -> r.path().equals(resolve("model.safetensors"))).count(),
        "announced once, asked for four times");
  }

  @Test
  void nobodyThere() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fixture.environment.put("HF_ENDPOINT", "http://localhost:" + socket.getLocalPort());
    }
    String message = assertThrows(DataException.class, fixture::model).getMessage();
    assertTrue(
        message.startsWith(
            "checkpoint 'hf://acme/mini': could not get revision 'main' from http://localhost:"),
        message);
  }

  @Test
  void aProxyThatIsNoProxy() {
    fixture.environment.put("HF_ENDPOINT", "http://hub.invalid");
    fixture.environment.put("http_proxy", "socks5://u:hf_secret@p:1");
    DataException e = assertThrows(DataException.class, fixture::model);
    assertTrue(e.getMessage().startsWith("http_proxy: found something else than "), e.toString());
    assertEquals(List.of(), fixture.pauses);
  }

  @Test
  void aServerThatIsSilent() {
    FakeHub.Answer silent =
        (exchange, content) -> {
          try {
            Thread.sleep(1500);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    server.next(API, silent, silent, silent, silent);
    refused(
        "could not get revision 'main' from HUB: localhost sent nothing for 1 s; check the network, the proxy (https_proxy) and HF_ENDPOINT, then start again: it goes on where it stopped");
  }

  @Test
  void aPageInThePlaceOfTheHub() {
    FakeHub.Answer page = bytes(HubFixture.bytes("<html>Sign in</html>"));
    server.next(API, page, page, page, page);
    refused(
        "could not get revision 'main' from HUB: the answer is no JSON, expected a list of files; check the network, the proxy (https_proxy) and HF_ENDPOINT, then start again: it goes on where it stopped");
  }

  @Test
  void redirectionsWithoutEndOrToNowhere() {
    server.next(API, loops(11));
    refused("HUB redirects revision 'main' more than 10 times; check HF_ENDPOINT");
    FakeHub.Answer nowhere = status(302, "Location", "ftp://elsewhere/x?signature=s3cr3t");
    server.next(API, nowhere, nowhere, nowhere, nowhere);
    refused(
        "could not get revision 'main' from HUB: localhost redirects to what is no address, or to one without encryption; check the network, the proxy (https_proxy) and HF_ENDPOINT, then start again: it goes on where it stopped");
  }

  private static FakeHub.Answer[] loops(int count) {
    FakeHub.Answer[] loops = new FakeHub.Answer[count];
    Arrays.fill(loops, status(302, "Location", API));
    return loops;
  }

  @Test
  void aRepositoryWithoutSafetensors() {
    server.files.remove("model.safetensors");
    refused(
        "the repository lacks [model.safetensors]; found [config.json, pytorch_model.bin, tokenizer.json] and others; choose a model with safetensors, or load this one with transformers, save_pretrained, and give that folder");
    assertEquals(List.of(), server.bodies(), "nothing is fetched in vain");
  }

  @Test
  void anIndexOfFilesThatAreNotThereOrElsewhere() {
    fixture.sharded();
    server.files.remove("model-2-of-2.safetensors");
    refused(
        "the repository lacks [model-2-of-2.safetensors]; found [config.json, model-1-of-2.safetensors, model.safetensors.index.json, pytorch_model.bin, tokenizer.json] and others; choose a model with safetensors, or load this one with transformers, save_pretrained, and give that folder");
    server.files.put(
        "model.safetensors.index.json",
        HubFixture.bytes("{\"weight_map\":{\"a\":\"../../../evil.safetensors\"}}"));
    try (HubFixture second = new HubFixture(cache.resolve("second"))) {
      second.server.files.clear();
      second.server.files.putAll(server.files);
      assertEquals(
          "CACHE/second/models--acme--mini/snapshots/%s/model.safetensors.index.json: weight_map: found '../../../evil.safetensors', expected names of safetensors files beside it; use another model"
              .formatted(FakeHub.COMMIT),
          assertThrows(DataException.class, second::model)
              .getMessage()
              .replace(cache.toString(), "CACHE"));
    }
  }

  @Test
  void aFileThatIsNotAnnouncedByItsDigest() {
    FakeHub.Answer other = status(200, "ETag", "\"W/68-abc\"");
    server.next(resolve("README.md"), other, other, other, other);
    refused(
        "could not get README.md from HUB: localhost announces README.md with the ETag 'W/68-abc', expected its SHA-256 or git's digest, as the hub does; check the network, the proxy (https_proxy) and HF_ENDPOINT, then start again: it goes on where it stopped");
  }

  @Test
  void aDiskThatIsTooSmall() {
    server.next(
        resolve("model.safetensors"),
        status(200, "X-Linked-ETag", "0".repeat(64), "X-Linked-Size", "100000000000000000"));
    DataException e = assertThrows(DataException.class, fixture::model);
    assertTrue(
        e.getMessage()
            .matches(
                "checkpoint 'hf://acme/mini': found [0-9.]+ MB free in \\Q"
                    + fixture.folder()
                    + "\\E, expected 100000000000.0 MB for what is missing; free some, or set HF_HUB_CACHE to a folder on another disk"),
        e.getMessage());
  }

  @Test
  void offlineNothingIsAsked() {
    fixture.environment.put("CONTINUO_OFFLINE", "1");
    refused(
        "found no 'main' of it in CACHE, and CONTINUO_OFFLINE forbids the network; unset CONTINUO_OFFLINE once, with network, or copy the model into CACHE");
    assertEquals(List.of(), server.requests);
  }

  @Test
  void offlineAWholeSnapshotIsUsedAndAPartialOneTellsWhatItLacks() throws Exception {
    fixture.sharded();
    fixture.model();
    fixture.environment.put("HF_HUB_OFFLINE", "TRUE");
    server.requests.clear();
    assertEquals(fixture.snapshot(), fixture.model().path());
    Files.delete(fixture.snapshot().resolve("model-2-of-2.safetensors").toRealPath());
    Files.delete(fixture.snapshot().resolve("tokenizer.json"));
    refused(
        "found a snapshot that lacks [tokenizer.json, model-2-of-2.safetensors] in CACHE/models--acme--mini/snapshots/%s, and HF_HUB_OFFLINE forbids the network; unset HF_HUB_OFFLINE once, with network, or copy the model into CACHE"
            .formatted(FakeHub.COMMIT));
    assertEquals(List.of(), server.requests);
  }
}
