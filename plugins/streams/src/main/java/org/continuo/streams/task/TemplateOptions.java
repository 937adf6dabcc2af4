package org.continuo.streams.task;

import java.util.Optional;
import org.continuo.api.data.Template;
import org.continuo.api.plugin.Option;

/** The block {@code template}; {@code templates} holds one per task. */
public record TemplateOptions(
    @Option(
            doc =
                "what the model reads; placeholders: {text}, {options}, {lettered}, {task};"
                    + " special tokens of the model written here are themselves, in a text they are"
                    + " characters",
            value = "\"{text}\"")
        String prompt,
    @Option(
            doc =
                "answer with the letter of the option instead of its words: A to Z, then AA, AB and so on",
            value = "false")
        boolean letters,
    @Option(
            doc =
                "put the prompt into the chat template of the tokenizer, as the message of a user;"
                    + " special tokens of the form are then its, and not to be written here")
        Optional<Boolean> chat) {

  Template template() {
    return new Template(prompt, letters, chat.orElse(false));
  }

  /** What is wrong with the prompt, if anything is. */
  Optional<String> problem() {
    try {
      template();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
