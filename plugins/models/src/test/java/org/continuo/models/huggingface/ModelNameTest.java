package org.continuo.models.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
  @Test
  void ownerNameAndRevision() {
    ModelName name = ModelName.parse("//acme/mini-1.5_b@refs/pr/1");
    assertEquals(new ModelName("acme/mini-1.5_b", Optional.of("refs/pr/1")), name);
    assertEquals("hf://acme/mini-1.5_b@refs/pr/1", name.toString());
    assertEquals("models--acme--mini-1.5_b", name.folder());
    assertEquals("main", ModelName.parse("//acme/mini").asked());
    assertEquals("models--gpt2", ModelName.parse("gpt2").folder());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "///x",
        "//a/b/c",
        "//a/..",
        "//../b",
        "//a--b/c",
        "//a/b c",
        "//a/",
        "//a/-b",
        "//a/b?x",
        "//https://hub/a/b",
        "//a\\b"
      })
  void whatIsNoName(String text) {
    assertEquals(
        "checkpoint 'hf:%s': found no name of a model, expected hf://OWNER/NAME or hf://OWNER/NAME@REVISION with a branch, a tag or a commit; copy the name from the model's page"
            .formatted(text),
        assertThrows(DataException.class, () -> ModelName.parse(text)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/../../x", "/etc", "a//b", "a/", "-x", "a b", "a?b"})
  void whatIsNoRevision(String revision) {
    assertEquals(
        "checkpoint 'hf://a/b@%s': found no revision behind the @, expected hf://OWNER/NAME or hf://OWNER/NAME@REVISION with a branch, a tag or a commit; copy the name from the model's page"
            .formatted(revision),
        assertThrows(DataException.class, () -> ModelName.parse("//a/b@" + revision)).getMessage());
  }
}
