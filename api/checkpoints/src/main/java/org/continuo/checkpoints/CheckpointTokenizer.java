package org.continuo.checkpoints;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.continuo.api.data.Prompt;
import org.continuo.api.model.ChatFrame;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.plugin.Stability;

/**
 * {@code tokenizer.json}, without padding and truncation.
 *
 * <p>A special string inside a text ({@code </s>} typed by a user) is read as text and never gets
 * the special id; one that a template writes does, as the original library gives it. Strings of
 * added tokens that the file does not call special are found in both.
 */
@Stability(Stability.Level.EVOLVING)
public final class CheckpointTokenizer implements Tokenizer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> PLAIN =
      Map.of("padding", "false", "truncation", "false");

  private static final int REPLACEMENT = 0xFFFD;

  private final HuggingFaceTokenizer encoder;
  private final HuggingFaceTokenizer decoder;
  private final SpecialTokens special;
  private final Vocabulary vocabulary;
  private final long paddingId;
  private final List<Long> endIds;
  private final ChatTemplate chat;
  private final boolean opensWithSpace;

  private CheckpointTokenizer(
      HuggingFaceTokenizer encoder,
      HuggingFaceTokenizer decoder,
      SpecialTokens special,
      Vocabulary vocabulary,
      SpecialIds ids,
      boolean generates,
      ChatTemplate chat) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.special = special;
    this.vocabulary = vocabulary;
    this.paddingId = ids.padding();
    this.endIds = generates ? ids.ends() : List.of();
    this.chat = chat;
    this.opensWithSpace =
        Stream.of("x", " x").anyMatch(piece -> !Arrays.equals(alone(piece), behind(piece)));
  }

  /** Empty, and problems, if the file is missing, unreadable or does not fit the configuration. */
  public static Optional<CheckpointTokenizer> open(
      CheckpointFolder folder, Optional<CheckpointConfig> config, Problems problems) {
    Optional<JsonReader> file = file(folder, problems);
    Optional<JsonReader> settings = JsonReader.openIfThere(folder.tokenizerConfig(), problems);
    Optional<JsonReader> generation = JsonReader.openIfThere(folder.generationConfig(), problems);
    Optional<JsonReader> model = JsonReader.openIfThere(folder.config(), new Problems());
    if (file.isEmpty() || settings.isEmpty() || generation.isEmpty() || model.isEmpty()) {
      return Optional.empty();
    }
    Vocabulary vocabulary = new Vocabulary(file.get().root());
    config
        .filter(c -> vocabulary.largestPiece() >= c.vocabulary())
        .ifPresent(
            c ->
                problems.add(
                    folder.tokenizer(),
                    "the vocabulary has ids up to %d, expected less than vocab_size = %d of config.json"
                        .formatted(vocabulary.largestPiece(), c.vocabulary())));
    SpecialIds ids = new SpecialIds(vocabulary, settings.get(), generation.get(), model.get());
    try {
      HuggingFaceTokenizer decoder = tokenizer(file.get().root());
      SpecialTokens special = new SpecialTokens(vocabulary.root());
      HuggingFaceTokenizer encoder =
          vocabulary.special().isEmpty() ? decoder : tokenizer(special.rename(vocabulary.root()));
      boolean generates = config.map(c -> c.family().decoder()).orElse(false);
      return Optional.of(
          new CheckpointTokenizer(
              encoder,
              decoder,
              special,
              vocabulary,
              ids,
              generates,
              new ChatTemplate(folder, settings.get())));
    } catch (IOException | RuntimeException e) {
      problems.add(
          folder.tokenizer(), "not a tokenizer the tokenizers library reads: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<JsonReader> file(CheckpointFolder folder, Problems problems) {
    Optional<String> slow = Lookalike.slowTokenizer(folder.path());
    if (slow.isEmpty() || Files.exists(folder.tokenizer())) {
      return JsonReader.open(folder.tokenizer(), problems);
    }
    problems.add(
        folder.tokenizer(),
        "no such file; found %s, of a tokenizer that is not fast: save it with transformers, AutoTokenizer.from_pretrained(FOLDER, use_fast=True), then save_pretrained"
            .formatted(slow.get()));
    return Optional.empty();
  }

  private static HuggingFaceTokenizer tokenizer(JsonNode json) throws IOException {
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(JSON.writeValueAsBytes(json)), PLAIN);
  }

  @Override
  public long[] encode(String text) {
    return encode(Prompt.text(text));
  }

  @Override
  public long[] encode(Prompt prompt) {
    return encoder.encode(wellFormed(special.renamed(prompt)), true, false).getIds();
  }

  @Override
  public long[] encodePiece(String text) {
    return opensWithSpace ? behind(text) : alone(text);
  }

  @Override
  public long[] encodePiece(Prompt prompt) {
    return encoder.encode(wellFormed(special.renamed(prompt)), false, false).getIds();
  }

  @Override
  public ChatFrame chatFrame() {
    return chat.frame();
  }

  private long[] alone(String text) {
    return encodePiece(Prompt.text(text));
  }

  /** Ids behind a letter, or a line end where a letter would be joined; alone, if both are. */
  private long[] behind(String text) {
    boolean spaced = !text.isEmpty() && Character.isWhitespace(text.charAt(0));
    String anchor = spaced ? "x" : "\n";
    long[] before = alone(anchor);
    long[] both = alone(anchor + text);
    return Arrays.mismatch(before, both) == before.length
        ? Arrays.copyOfRange(both, before.length, both.length)
        : alone(text);
  }

  /**
   * With U+FFFD in place of each surrogate that stands alone: handed over as it is, one such half
   * makes the library misread every character of the text beyond the basic plane.
   */
  private static String wellFormed(String text) {
    return text.codePoints().noneMatch(CheckpointTokenizer::lone)
        ? text
        : text.codePoints()
            .map(point -> lone(point) ? REPLACEMENT : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /** Halves of pairs are joined in code points: one that is left has no other. */
  private static boolean lone(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  @Override
  public String decode(long[] ids) {
    return decoder.decode(ids, true);
  }

  @Override
  public int vocabulary() {
    return vocabulary.size();
  }

  @Override
  public long paddingId() {
    return paddingId;
  }

  @Override
  public List<Long> endIds() {
    return endIds;
  }

  @Override
  public String describe() {
    return "%s, %d ids, special %s, padding id %d, end ids %s"
        .formatted(
            vocabulary.algorithm(), vocabulary.size(), vocabulary.special(), paddingId, endIds);
  }

  /** What {@code tokenizer.json} says about its ids. */
  private record Vocabulary(JsonNode root) {
    String algorithm() {
      return root.path("model").path("type").asText("unknown algorithm");
    }

    private JsonNode pieces() {
      return root.path("model").path("vocab");
    }

    /** The largest id an ordinary text can be given; -1 if there is none. */
    int largestPiece() {
      if (pieces().isArray()) {
        return pieces().size() - 1;
      }
      return StreamSupport.stream(pieces().spliterator(), false)
          .mapToInt(JsonNode::asInt)
          .max()
          .orElse(-1);
    }

    int size() {
      return 1
          + StreamSupport.stream(added().spliterator(), false)
              .mapToInt(token -> token.path("id").asInt())
              .reduce(largestPiece(), Math::max);
    }

    private JsonNode added() {
      return root.path("added_tokens");
    }

    List<String> special() {
      return StreamSupport.stream(added().spliterator(), false)
          .filter(token -> token.path("special").asBoolean())
          .map(token -> token.path("content").asText())
          .toList();
    }

    Optional<Long> id(String token) {
      Optional<Long> added =
          StreamSupport.stream(added().spliterator(), false)
              .filter(entry -> entry.path("content").asText().equals(token))
              .map(entry -> entry.path("id").asLong())
              .findFirst();
      return added.isPresent() || !pieces().has(token)
          ? added
          : Optional.of(pieces().path(token).asLong());
    }
  }

  /** The ids with a role; the first file that names one decides. */
  private record SpecialIds(
      Vocabulary vocabulary, JsonReader settings, JsonReader generation, JsonReader model) {
    long padding() {
      List<Long> named = new ArrayList<>();
      named.addAll(ids(model, "pad_token_id"));
      named.addAll(ids(generation, "pad_token_id"));
      named.addAll(token("pad_token"));
      named.addAll(token(vocabulary.root().path("padding").path("pad_token")));
      return named.stream().filter(id -> id < vocabulary.size()).findFirst().orElse(0L);
    }

    List<Long> ends() {
      for (List<Long> ids :
          List.of(
              ids(generation, "eos_token_id"), ids(model, "eos_token_id"), token("eos_token"))) {
        if (!ids.isEmpty()) {
          return ids;
        }
      }
      return List.of();
    }

    /** One id or a list; negative ones mean none. */
    private static List<Long> ids(JsonReader json, String key) {
      JsonNode node = json.get(key);
      return (node.isArray()
              ? StreamSupport.stream(node.spliterator(), false)
              : StreamSupport.stream(List.of(node).spliterator(), false))
          .filter(JsonNode::isIntegralNumber)
          .map(JsonNode::asLong)
          .filter(id -> id >= 0)
          .collect(Collectors.toUnmodifiableList());
    }

    private List<Long> token(String key) {
      JsonNode node = settings.get(key);
      return token(node.isObject() ? node.path("content") : node);
    }

    private List<Long> token(JsonNode content) {
      return vocabulary.id(content.asText()).stream().toList();
    }
  }
}
