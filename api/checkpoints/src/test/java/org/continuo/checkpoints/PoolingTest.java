package org.continuo.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingTest {
  @TempDir private Path folder;

  private Optional<Pooling> read() {
    Problems problems = new Problems();
    Optional<Pooling> pooling = Pooling.read(new CheckpointFolder("test", folder), problems);
    problems.check();
    return pooling;
  }

  private void write(String directory, String json) throws IOException {
    Files.createDirectories(folder.resolve(directory));
    Files.writeString(folder.resolve(directory).resolve("config.json"), json);
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, false, MEAN",
    "false, true, false, FIRST",
    "false, false, true, LAST",
  })
  void oneOfThree(boolean mean, boolean first, boolean last, Pooling expected) throws IOException {
    write(
        "1_Pooling",
        """
        {"word_embedding_dimension": 384, "pooling_mode_cls_token": %s,
         "pooling_mode_mean_tokens": %s, "pooling_mode_max_tokens": false,
         "pooling_mode_mean_sqrt_len_tokens": false, "pooling_mode_lasttoken": %s}"""
            .formatted(first, mean, last));
    assertEquals(Optional.of(expected), read());
  }

  @Test
  void theNewerSpelling() throws IOException {
    write("1_Pooling", "{\"pooling_mode\": \"cls\"}");
    assertEquals(Optional.of(Pooling.FIRST), read());
  }

  @Test
  void aFolderThatSaysNothing() throws IOException {
    assertEquals(Optional.empty(), read());
    Files.writeString(
        folder.resolve("modules.json"),
        "[{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"}]");
    write("1_Pooling", "{}");
    assertEquals(Optional.empty(), read());
  }

  @Test
  void theFolderThatTheModulesName() throws IOException {
    Files.writeString(
        folder.resolve("modules.json"),
        """
        [{"path": "", "type": "sentence_transformers.models.Transformer"},
         {"path": "2_Mine", "type": "sentence_transformers.models.Pooling"}]""");
    write("2_Mine", "{\"pooling_mode_mean_tokens\": false, \"pooling_mode_lasttoken\": true}");
    assertEquals(Optional.of(Pooling.LAST), read());
  }

  @Test
  void severalOrOthersAreRefused() throws IOException {
    write("1_Pooling", "{\"pooling_mode_mean_tokens\": true, \"pooling_mode_cls_token\": true}");
    refused("[mean_tokens, cls_token]");
    write("1_Pooling", "{\"pooling_mode_mean_tokens\": false, \"pooling_mode_max_tokens\": true}");
    refused("[max_tokens]");
    write("1_Pooling", "{\"pooling_mode_mean_tokens\": false}");
    refused("[]");
    write("1_Pooling", "{\"pooling_mode\": \"weightedmean\"}");
    refused("[weightedmean]");
  }

  @Test
  void whatTheTwoSpellingsSayMustAgree() throws IOException {
    write("1_Pooling", "{\"pooling_mode\": \"mean\", \"pooling_mode_mean_tokens\": true}");
    assertEquals(Optional.of(Pooling.MEAN), read());
    write("1_Pooling", "{\"pooling_mode\": \"cls\", \"pooling_mode_mean_tokens\": true}");
    assertEquals(
        folder.resolve("1_Pooling/config.json")
            + ": found pooling_mode [cls], and [mean_tokens] by keys pooling_mode_...; they mean the same: leave one of them",
        assertThrows(DataException.class, this::read).getMessage());
  }

  @Test
  void modulesAndPromptsThatWouldBeLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("modules.json"),
        """
        [{"path": "", "type": "sentence_transformers.models.Transformer"},
         {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
         {"path": "2_Dense", "type": "sentence_transformers.models.Dense"},
         {"path": "3_Normalize", "type": "sentence_transformers.models.Normalize"}]""");
    write("1_Pooling", "{\"pooling_mode\": \"mean\"}");
    Files.writeString(
        folder.resolve("config_sentence_transformers.json"),
        "{\"prompts\": {\"query\": \"find: \", \"none\": \"\"}, \"default_prompt_name\": \"query\"}");
    assertEquals(
        """
        FOLDER/modules.json: found modules [Dense], expected Transformer, Pooling and Normalize alone; choose first, last or mean as the summary of the backbone, or use another checkpoint
        FOLDER/config_sentence_transformers.json: key 'default_prompt_name': found 'query', which puts 'find: ' before each text; write that in the template and choose first, last or mean as the summary of the backbone""",
        assertThrows(DataException.class, this::read)
            .getMessage()
            .replace(folder.toString(), "FOLDER"));
  }

  private void refused(String found) {
    assertEquals(
        "%s: found pooling %s, expected one of mean, cls and lasttoken; choose first, last or mean as the summary of the backbone, or use another checkpoint"
            .formatted(folder.resolve("1_Pooling/config.json"), found),
        assertThrows(DataException.class, this::read).getMessage());
  }
}
