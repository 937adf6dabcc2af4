package org.continuo.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.continuo.api.model.Tokenizer;

/**
 * The words of {@link TinyStream}, {@code w0} to {@code w15} and its labels; all others are one id.
 */
final class TinyTokenizer implements Tokenizer {
  private static final long BEGIN = 1;
  private static final long END = 2;
  private static final long UNKNOWN = 3;
  private static final int FIRST_WORD = 4;
  static final int WORDS = 16;

  private static final List<String> VOCABULARY =
      Stream.concat(
              IntStream.range(0, WORDS).mapToObj(word -> "w" + word), TinyStream.LABELS.stream())
          .toList();

  @Override
  public long[] encode(String text) {
    return LongStream.concat(LongStream.of(BEGIN), Arrays.stream(encodePiece(text))).toArray();
  }

  @Override
  public long[] encodePiece(String text) {
    return text.isBlank()
        ? new long[0]
        : Arrays.stream(text.strip().split("\\s+", -1)).mapToLong(TinyTokenizer::id).toArray();
  }

  private static long id(String word) {
    int place = VOCABULARY.indexOf(word);
    return place < 0 ? UNKNOWN : FIRST_WORD + place;
  }

  @Override
  public String decode(long[] ids) {
    return Arrays.stream(ids)
        .filter(id -> id >= FIRST_WORD)
        .mapToObj(id -> VOCABULARY.get((int) id - FIRST_WORD))
        .collect(Collectors.joining(" "));
  }

  @Override
  public int vocabulary() {
    return FIRST_WORD + VOCABULARY.size();
  }

  @Override
  public long paddingId() {
    return 0;
  }

  @Override
  public List<Long> endIds() {
    return List.of(END);
  }

  @Override
  public String describe() {
    return "words " + VOCABULARY;
  }
}
