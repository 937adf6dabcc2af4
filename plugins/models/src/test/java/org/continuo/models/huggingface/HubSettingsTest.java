package org.continuo.models.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;

/** The variables of the environment, read as the Python libraries read them. */
class HubSettingsTest {
  private static Path cache(Map<String, String> environment) {
    return HubSettings.of(environment).cache();
  }

  @Test
  void theCacheIsWhereTheLibrariesHaveIt() {
    Path home = Path.of(System.getProperty("user.home"));
    assertEquals(home.resolve(".cache/huggingface/hub"), cache(Map.of()));
    assertEquals(
        Path.of("/x/huggingface/hub").toAbsolutePath(), cache(Map.of("XDG_CACHE_HOME", "/x")));
    assertEquals(
        Path.of("/h/hub").toAbsolutePath(), cache(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h")));
    assertEquals(
        Path.of("/old").toAbsolutePath(),
        cache(Map.of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/old")));
    assertEquals(
        home.resolve("c"),
        cache(Map.of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/old", "HF_HUB_CACHE", "~/c")));
    assertEquals(home.resolve(".cache/huggingface/hub"), cache(Map.of("HF_HUB_CACHE", " ")));
  }

  @Test
  void theEndpointIsAnAddress() {
    assertEquals(
        URI.create("http://mirror:8080/hub"),
        HubSettings.of(Map.of("HF_ENDPOINT", "http://mirror:8080/hub/")).endpoint());
    for (String wrong :
        new String[] {"mirror", "ftp://mirror", "http:", "http://a b", "http://a?b"}) {
      DataException e =
          assertThrows(DataException.class, () -> HubSettings.of(Map.of("HF_ENDPOINT", wrong)));
      assertEquals(
          "HF_ENDPOINT: found '%s', expected the address of a hub such as https://huggingface.co; correct it or unset it"
              .formatted(wrong),
          e.getMessage());
    }
    DataException e =
        assertThrows(
            DataException.class,
            () -> HubSettings.of(Map.of("HF_ENDPOINT", "http://me:secret@mirror")));
    assertEquals(
        "HF_ENDPOINT: found an address with a user name, expected the address of a hub such as https://huggingface.co; correct it or unset it",
        e.getMessage());
  }

  @Test
  void aTokenIsNeverShown() {
    HubSettings settings = HubSettings.of(Map.of("HF_TOKEN", " hf_secret\n"));
    assertEquals(Optional.of("hf_secret"), settings.token().map(AccessToken::secret));
    assertFalse(settings.toString().contains("secret"), settings.toString());
    assertEquals(
        Optional.of("HUGGING_FACE_HUB_TOKEN"),
        HubSettings.of(Map.of("HUGGING_FACE_HUB_TOKEN", "hf_old"))
            .token()
            .map(AccessToken::variable));
    assertEquals(Optional.empty(), HubSettings.of(Map.of("HF_TOKEN", "")).token());
    DataException e =
        assertThrows(DataException.class, () -> HubSettings.of(Map.of("HF_TOKEN", "hf_sec\nret")));
    assertEquals(
        "HF_TOKEN: found spaces or other characters that no token has, expected hf_ and letters and digits; copy it again",
        e.getMessage());
  }

  @Test
  void eitherVariableForbidsTheNetwork() {
    assertEquals(
        Optional.of("CONTINUO_OFFLINE"), HubSettings.of(Map.of("CONTINUO_OFFLINE", "1")).offline());
    for (String yes : new String[] {"1", "true", "ON", "Yes"}) {
      assertEquals(
          Optional.of("HF_HUB_OFFLINE"), HubSettings.of(Map.of("HF_HUB_OFFLINE", yes)).offline());
    }
    assertEquals(Optional.empty(), HubSettings.of(Map.of("HF_HUB_OFFLINE", "0")).offline());
  }
}
