package org.continuo.checkpoints;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final OptionalInt maximumLength;
  private final ChatTemplate chat;
  private final boolean opensWithSpace;

  private CheckpointTokenizer(
      HuggingFaceTokenizer encoder,
      HuggingFaceTokenizer decoder,
      SpecialTokens special,
      Vocabulary vocabulary,
      long paddingId,
      List<Long> endIds,
      OptionalInt maximumLength,
      ChatTemplate chat) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.special = special;
    this.vocabulary = vocabulary;
    this.paddingId = paddingId;
    this.endIds = endIds;
    this.maximumLength = maximumLength;
    this.chat = chat;
    this.opensWithSpace =
        Stream.of("x", " x").anyMatch(piece -> !Arrays.equals(alone(piece), behind(piece)));
  }

  /** Empty, and problems, if the file is missing, unreadable or does not fit the configuration. */
  public static Optional<CheckpointTokenizer> open(
      CheckpointFolder folder, Optional<CheckpointConfig> config, Problems problems) {
    return open(folder, folder.tokenizer(), config, problems);
  }

  /** The same for a file of any name, beside which the folder's other files count. */
  public static Optional<CheckpointTokenizer> open(
      CheckpointFolder folder, Path tokens, Optional<CheckpointConfig> config, Problems problems) {
    Optional<JsonReader> file = file(folder, tokens, problems);
    Optional<JsonReader> settings = JsonReader.openIfThere(folder.tokenizerConfig(), problems);
    Optional<JsonReader> generation = JsonReader.openIfThere(folder.generationConfig(), problems);
    Optional<JsonReader> model = JsonReader.openIfThere(folder.config(), new Problems());
    if (file.isEmpty() || settings.isEmpty() || generation.isEmpty() || model.isEmpty()) {
      return Optional.empty();
    }
    Optional<SentenceSettings> sentences = SentenceSettings.read(folder, problems);
    JsonNode root =
        new TokenizerSettings(
                file.get(), settings.get(), sentences, config.map(CheckpointConfig::family))
            .applied();
    Vocabulary vocabulary = new Vocabulary(root);
    int table = config.map(CheckpointConfig::vocabulary).orElse(Integer.MAX_VALUE);
    SpecialIds ids =
        new SpecialIds(vocabulary, settings.get(), generation.get(), model.get(), table);
    boolean generates = config.map(c -> c.family().decoder()).orElse(false);
    List<Long> ends = generates ? ids.ends() : List.of();
    vocabulary
        .beyond(table, ends)
        .ifPresent(
            found ->
                problems.add(
                    tokens,
                    "%s, expected less than vocab_size = %d of config.json"
                        .formatted(found, table)));
    try {
      HuggingFaceTokenizer decoder = tokenizer(root);
      SpecialTokens special = new SpecialTokens(root);
      HuggingFaceTokenizer encoder =
          vocabulary.special().isEmpty() ? decoder : tokenizer(special.rename(root));
      return Optional.of(
          new CheckpointTokenizer(
              encoder,
              decoder,
              special,
              vocabulary,
              ids.padding(),
              ends,
              sentences.map(SentenceSettings::maximumLength).orElse(OptionalInt.empty()),
              new ChatTemplate(folder, settings.get())));
    } catch (IOException | RuntimeException e) {
      problems.add(tokens, "not a tokenizer the tokenizers library reads: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<JsonReader> file(
      CheckpointFolder folder, Path tokens, Problems problems) {
    Optional<String> slow = Lookalike.slowTokenizer(folder.path());
    if (slow.isEmpty() || Files.exists(tokens)) {
      return JsonReader.open(tokens, problems);
    }
    problems.add(
        tokens,
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

  /** Longest input of a sentence-transformers folder, in tokens; empty if it says nothing of it. */
  public OptionalInt maximumLength() {
    return maximumLength;
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
    long largestPiece() {
      if (pieces().isArray()) {
        return pieces().size() - 1L;
      }
      return StreamSupport.stream(pieces().spliterator(), false)
          .mapToLong(JsonNode::asLong)
          .max()
          .orElse(-1);
    }

    int size() {
      long largest =
          StreamSupport.stream(added().spliterator(), false)
              .mapToLong(token -> token.path("id").asLong())
              .reduce(largestPiece(), Math::max);
      return (int) Math.min(largest + 1, Integer.MAX_VALUE);
    }

    /** Ids the model may meet that the table of embeddings has no row for. */
    Optional<String> beyond(int table, List<Long> ends) {
      if (largestPiece() >= table) {
        return Optional.of("the vocabulary has ids up to " + largestPiece());
      }
      List<String> added =
          StreamSupport.stream(added().spliterator(), false)
              .filter(token -> !token.path("special").asBoolean())
              .filter(token -> token.path("id").asLong() >= table)
              .map(token -> "'%s' = %d".formatted(token.path("content").asText(), id(token)))
              .toList();
      if (!added.isEmpty()) {
        return Optional.of("added tokens have ids beyond the table: " + shortened(added));
      }
      List<Long> around = around().stream().filter(id -> id >= table).distinct().toList();
      if (!around.isEmpty()) {
        return Optional.of("the post-processor puts ids %s around a text".formatted(around));
      }
      List<Long> ended = ends.stream().filter(id -> id >= table).toList();
      return ended.isEmpty()
          ? Optional.empty()
          : Optional.of("an answer would end with ids " + ended);
    }

    private static long id(JsonNode token) {
      return token.path("id").asLong();
    }

    private static List<String> shortened(List<String> all) {
      return all.size() <= 3 ? all : all.subList(0, 3);
    }

    /** Of the tokens that the post-processor sets, in each of its forms. */
    private List<Long> around() {
      JsonNode processor = root.path("post_processor");
      List<Long> ids = new ArrayList<>();
      for (JsonNode token : processor.path("special_tokens")) {
        token.path("ids").forEach(id -> ids.add(id.asLong()));
      }
      for (String role : List.of("cls", "sep")) {
        JsonNode id = processor.path(role).path(1);
        if (id.isIntegralNumber()) {
          ids.add(id.asLong());
        }
      }
      return ids;
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
      Vocabulary vocabulary,
      JsonReader settings,
      JsonReader generation,
      JsonReader model,
      int table) {
    long padding() {
      List<Long> named = new ArrayList<>();
      named.addAll(ids(model, "pad_token_id"));
      named.addAll(ids(generation, "pad_token_id"));
      named.addAll(token("pad_token"));
      named.addAll(token(vocabulary.root().path("padding").path("pad_token")));
      return named.stream()
          .filter(id -> id < Math.min(table, vocabulary.size()))
          .findFirst()
          .orElse(0L);
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
