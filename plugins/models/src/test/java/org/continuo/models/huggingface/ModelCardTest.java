package org.continuo.models.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The licence as the page of a model states it. */
class ModelCardTest {
  @TempDir private Path snapshot;

  private String licence(String card) throws IOException {
    Files.writeString(snapshot.resolve("README.md"), card);
    return ModelCard.licence(snapshot);
  }

  @Test
  void onItsLine() throws IOException {
    assertEquals(
        "apache-2.0", licence("---\nlanguage: en\nlicense: apache-2.0\ntags:\n- x\n---\n"));
    assertEquals("mit", licence("---\r\nlicense: \"mit\" # short\r\n---\r\n# Title\r\n"));
    assertEquals("mit, bsd", licence("---\nlicense: [mit, bsd]\n---\n"));
  }

  @Test
  void asAList() throws IOException {
    assertEquals(
        "cc-by-4.0, mit", licence("---\nlicense:\n- cc-by-4.0\n- mit\nlanguage:\n- en\n---\n"));
  }

  @Test
  void anotherOneByItsName() throws IOException {
    assertEquals(
        "llama3.1", licence("---\nlicense: other\nlicense_name: llama3.1\nlicense_link: x\n---\n"));
    assertEquals("other", licence("---\nlicense: other\n---\n"));
  }

  @Test
  void none() throws IOException {
    assertEquals("not known, for the snapshot has no README.md", ModelCard.licence(snapshot));
    for (String card :
        new String[] {
          "",
          "# Title\nlicense: mit\n",
          "---\nlanguage: en\n---\nlicense: mit\n",
          "---\nlicense:\nlanguage:\n- en\n---\n",
          "---\nlicense: mit\n"
        }) {
      assertEquals("not stated", licence(card), card);
    }
  }
}
