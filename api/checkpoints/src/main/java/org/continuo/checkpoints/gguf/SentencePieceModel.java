package org.continuo.checkpoints.gguf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.checkpoints.gguf.Vocabulary.Kind;
import org.continuo.checkpoints.gguf.Vocabulary.Role;

/**
 * Pieces of characters with scores, where the pair of the best score is joined first, and bytes for
 * characters that are no piece: the tokenizers of SentencePiece that files call {@code llama}.
 *
 * @param spaceBefore true if a text is read as if a space stood before it
 */
record SentencePieceModel(Vocabulary vocabulary, List<Merge> merges, boolean spaceBefore)
    implements TokenModel {
  private static final String SCORES = "tokenizer.ggml.scores";
  private static final String SPACE = "\u2581";

  static SentencePieceModel read(Metadata keys, Vocabulary vocabulary) {
    List<Double> scores = keys.list(SCORES, Double.class, "a list of numbers");
    int tokens = vocabulary.texts().size();
    if (!keys.has(SCORES)) {
      keys.missing(SCORES, "a score for each token");
    } else if (scores.size() != tokens || scores.stream().anyMatch(score -> score.isNaN())) {
      keys.mismatch(SCORES, "a number for each of %d tokens".formatted(tokens));
    }
    return new SentencePieceModel(
        vocabulary,
        scores.size() == tokens ? merges(vocabulary, scores) : List.of(),
        keys.flag("tokenizer.ggml.add_space_prefix", true));
  }

  /** A merge with what decides when its turn is. */
  private record Ranked(Merge merge, double score, int leftLength, int rightLength) {}

  /**
   * Each way to make a piece of two others; the order is that of the original library's conversion:
   * the better score, then the longer left and right piece, then the ids.
   */
  private static List<Merge> merges(Vocabulary vocabulary, List<Double> scores) {
    Map<String, Integer> ids = vocabulary.ids();
    List<Ranked> found = new ArrayList<>();
    ids.forEach(
        (text, id) -> {
          for (int at = text.offsetByCodePoints(0, Math.min(1, text.length()));
              at < text.length();
              at = text.offsetByCodePoints(at, 1)) {
            Merge merge = new Merge(text.substring(0, at), text.substring(at));
            if (vocabulary.is(text, Kind.NORMAL)
                && vocabulary.is(merge.left(), Kind.NORMAL)
                && vocabulary.is(merge.right(), Kind.NORMAL)) {
              found.add(
                  new Ranked(merge, scores.get(id), length(merge.left()), length(merge.right())));
            }
          }
        });
    Comparator<Ranked> best =
        Comparator.comparingDouble(Ranked::score)
            .thenComparingInt(Ranked::leftLength)
            .thenComparingInt(Ranked::rightLength);
    return found.stream()
        .sorted(
            best.reversed()
                .thenComparing(ranked -> ids.get(ranked.merge.left() + ranked.merge.right())))
        .map(Ranked::merge)
        .toList();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public void describe(ObjectNode tokenizer) {
    ObjectNode normalizer = tokenizer.putObject("normalizer").put("type", "Sequence");
    ArrayNode steps = normalizer.putArray("normalizers");
    if (spaceBefore) {
      steps.addObject().put("type", "Prepend").put("prepend", SPACE);
    }
    replace(steps, " ", SPACE);
    tokenizer.putNull("pre_tokenizer");
    ObjectNode model =
        TokenModel.merging(tokenizer, vocabulary.ids(), merges)
            .put("fuse_unk", true)
            .put("byte_fallback", true);
    Optional<String> unknown = vocabulary.text(Role.UNK);
    unknown.ifPresent(text -> model.put("unk_token", text));
    ArrayNode decoders =
        tokenizer.putObject("decoder").put("type", "Sequence").putArray("decoders");
    replace(decoders, SPACE, " ");
    decoders.addObject().put("type", "ByteFallback");
    decoders.addObject().put("type", "Fuse");
    if (spaceBefore) {
      decoders.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    }
  }

  private static void replace(ArrayNode steps, String from, String to) {
    ObjectNode step = steps.addObject().put("type", "Replace");
    step.putObject("pattern").put("String", from);
    step.put("content", to);
  }

  @Override
  public boolean usuallyOpens() {
    return true;
  }
}
