package org.continuo.checkpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.continuo.api.data.DataException;
import org.continuo.api.model.ChatFrame;
import org.continuo.checkpoints.jinja.JinjaException;
import org.continuo.checkpoints.jinja.JinjaTemplate;

/**
 * The chat template of a tokenizer: {@code chat_template.jinja}, or else {@code chat_template} of
 * {@code tokenizer_config.json}, as the original library looks. It is rendered once, with marks
 * where messages go: what a user wrote is never read by it. The day's date is not given to a
 * template, since a run is to be the same tomorrow; those that fall back on a date of their own do.
 */
final class ChatTemplate {
  private static final String WAY_OUT =
      "; remove chat = true from the template and write the form into its prompt";

  /** Non-characters of Unicode, in white space that shows whether it is stripped. */
  private static final String MESSAGE = "\uFDD2";

  private static final String ANSWER = "\uFDD3";
  private static final String SPACE = " \n";

  private final CheckpointFolder folder;
  private final JsonReader settings;

  ChatTemplate(CheckpointFolder folder, JsonReader settings) {
    this.folder = folder;
    this.settings = settings;
  }

  ChatFrame frame() {
    Path file = folder.chatTemplate();
    String written = source(file);
    try {
      JinjaTemplate template = JinjaTemplate.parse(written);
      Map<String, String> question = Map.of("role", "user", "content", SPACE + MESSAGE + SPACE);
      String asked = render(template, List.of(question), true);
      ChatFrame.Edges edges =
          asked.contains(SPACE + MESSAGE + SPACE) ? ChatFrame.Edges.KEPT : ChatFrame.Edges.STRIPPED;
      String content = edges == ChatFrame.Edges.KEPT ? SPACE + MESSAGE + SPACE : MESSAGE;
      int start = asked.indexOf(content);
      int end = start + content.length();
      if (start < 0 || asked.indexOf(MESSAGE, end) >= 0) {
        throw refused("it writes the message of the user not exactly once");
      }
      return new ChatFrame(
          asked.substring(0, start), asked.substring(end), edges, lead(template, question, asked));
    } catch (JinjaException e) {
      throw refused(e.getMessage());
    }
  }

  /**
   * White space between the beginning of a turn and its answer; none where a template has no turns.
   */
  private String lead(JinjaTemplate template, Map<String, String> question, String asked) {
    Map<String, String> answer = Map.of("role", "assistant", "content", ANSWER);
    String answered;
    try {
      answered = render(template, List.of(question, answer), false);
    } catch (JinjaException e) {
      return "";
    }
    int place = answered.indexOf(ANSWER);
    boolean follows = answered.startsWith(asked) && place >= asked.length();
    String between = follows ? answered.substring(asked.length(), place) : "";
    return between.isBlank() ? between : "";
  }

  private String render(
      JinjaTemplate template, List<Map<String, String>> messages, boolean asksForAnswer) {
    Map<String, Object> names = new HashMap<>(specialTokens());
    names.put("messages", messages);
    names.put("add_generation_prompt", asksForAnswer);
    return template.render(names);
  }

  private Map<String, String> specialTokens() {
    Map<String, String> tokens = new HashMap<>();
    Stream.of("bos", "eos", "unk", "sep", "pad", "cls", "mask")
        .map(role -> role + "_token")
        .forEach(
            role -> {
              JsonNode token = settings.get(role);
              JsonNode content = token.isObject() ? token.path("content") : token;
              if (content.isTextual()) {
                tokens.put(role, content.asText());
              }
            });
    return tokens;
  }

  private String source(Path file) {
    if (Files.exists(file)) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new DataException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
      }
    }
    JsonNode set = settings.get("chat_template");
    if (set.isTextual()) {
      return set.asText();
    }
    Optional<String> named =
        StreamSupport.stream(set.spliterator(), false)
            .filter(entry -> entry.path("name").asText().equals("default"))
            .map(entry -> entry.path("template").asText())
            .findFirst();
    return named.orElseThrow(
        () ->
            new DataException(
                "%s: the tokenizer has no chat template: found no %s, and no chat_template in %s%s"
                    .formatted(
                        folder.source(),
                        file.getFileName(),
                        folder.tokenizerConfig().getFileName(),
                        WAY_OUT)));
  }

  private DataException refused(String reason) {
    return new DataException(
        "%s: the chat template of the tokenizer cannot be used: %s%s"
            .formatted(folder.source(), reason, WAY_OUT));
  }
}
