package org.continuo.backbone.pytorch.scratch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.api.data.DataException;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.backbone.pytorch.scratch.bpe.BytePairTrainer;
import org.continuo.backbone.pytorch.scratch.bpe.TokenizerJson;

/**
 * The tokenizer of a fresh checkpoint, trained or taken over.
 *
 * @param json {@code tokenizer.json}
 * @param vocabulary number of ids
 * @param padding id of {@code <pad>}
 * @param beginning id of {@code <s>}
 * @param end id of {@code </s>}
 */
record ScratchTokenizer(ObjectNode json, int vocabulary, int padding, int beginning, int end) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PADDING = "<pad>";
  private static final String BEGINNING = "<s>";
  private static final String END = "</s>";

  static ScratchTokenizer of(PytorchScratchPlugin.Options options) {
    return options
        .tokenizer()
        .map(ScratchTokenizer::read)
        .orElseGet(
            () ->
                of(
                    TokenizerJson.of(BytePairTrainer.train(text(options), options.vocabulary())),
                    "the trained tokenizer"));
  }

  private static ScratchTokenizer read(Path file) {
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode json) {
        return of(json, file.toString());
      }
      throw new DataException(file + ": found no JSON object, expected a tokenizer.json");
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read as a tokenizer.json: " + e.getMessage(), e);
    }
  }

  private static ScratchTokenizer of(ObjectNode json, String source) {
    Map<String, Integer> ids = new HashMap<>();
    json.path("model")
        .path("vocab")
        .properties()
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
    for (JsonNode added : json.path("added_tokens")) {
      ids.put(added.path("content").asText(), added.path("id").asInt());
    }
    List<String> missing =
        Stream.of(PADDING, BEGINNING, END).filter(token -> !ids.containsKey(token)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          source
              + ": found no tokens "
              + missing
              + ", expected <pad>, <s> and </s> among added_tokens; leave out 'tokenizer' to train"
              + " one that has them");
    }
    int largest = ids.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    return new ScratchTokenizer(
        json, largest + 1, ids.get(PADDING), ids.get(BEGINNING), ids.get(END));
  }

  /** Prompts and answers of all training examples, as the model will read them. */
  private static Iterable<String> text(PytorchScratchPlugin.Options options) {
    List<String> texts = new ArrayList<>();
    for (TaskStream.Factory factory : options.tokenizerText()) {
      TaskStream stream = factory.open(options.seed());
      for (Task task : stream.tasks()) {
        for (Example example : stream.examples(task, Split.TRAIN)) {
          texts.add(
              task.template().prompt(task, example.text())
                  + task.template().spoken(task, example.answer()));
        }
      }
    }
    return texts;
  }

  /** {@code tokenizer_config.json}. */
  ObjectNode settings(int maximumLength) {
    return JSON.createObjectNode()
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("pad_token", PADDING)
        .put("bos_token", BEGINNING)
        .put("eos_token", END)
        .put("clean_up_tokenization_spaces", false)
        .put("model_max_length", maximumLength);
  }
}
