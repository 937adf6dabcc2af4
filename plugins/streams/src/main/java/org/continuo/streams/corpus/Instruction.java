package org.continuo.streams.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A text with an instruction, the options and the right answer. */
final class Instruction {
  /** What its frames speak of. */
  static final Set<String> KEYS = Set.of("text", "options", "lettered", "letter", "answer");

  /** Room for the instruction and the shortest text that can still be judged. */
  private static final int SHORTEST_TEXT = 12;

  private Instruction() {}

  static String topic(Draft draft, Length length) {
    Topic topic = Topic.draw(draft);
    List<String> wrong = new ArrayList<>(Topic.sections());
    wrong.remove(topic.section());
    List<String> options = options(draft, topic.section(), wrong, 2 + draft.below(4));
    return assemble(
        draft, "topic", options, topic.section(), length, room -> Texts.news(draft, topic, room));
  }

  static String kind(Draft draft, Length length) {
    Kind kind = draft.one(List.of(Kind.values()));
    List<String> wrong = new ArrayList<>();
    Arrays.stream(Kind.values())
        .filter(other -> other != kind)
        .forEach(other -> wrong.add(other.label(draft.grammar())));
    String label = kind.label(draft.grammar());
    List<String> options = options(draft, label, wrong, 2 + draft.below(6));
    return assemble(draft, "kind", options, label, length, room -> Texts.entry(draft, kind, room));
  }

  static String grade(Draft draft, Length length) {
    Grade grade = draft.one(List.of(Grade.values()));
    String product = Product.draw(draft);
    return assemble(
        draft,
        "grade",
        Grade.labels(),
        grade.label(),
        length,
        room -> Texts.review(draft, product, grade, room));
  }

  static String polarity(Draft draft, Length length) {
    Grade grade =
        draft.one(
            List.of(Grade.VERY_NEGATIVE, Grade.NEGATIVE, Grade.POSITIVE, Grade.VERY_POSITIVE));
    List<String> pair =
        draft.one(
            List.of(
                List.of("Good", "Bad"),
                List.of("good", "bad"),
                List.of("positive", "negative"),
                List.of("Positive", "Negative")));
    List<String> options = draft.chance(0.5) ? pair : List.of(pair.get(1), pair.get(0));
    return assemble(
        draft,
        "polarity",
        options,
        pair.get(grade.likes() ? 0 : 1),
        length,
        room -> Texts.snippet(draft, grade, room));
  }

  private static List<String> options(
      Draft draft, String right, List<String> wrong, int distractors) {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < distractors; i++) {
      options.add(wrong.remove(draft.below(wrong.size())));
    }
    options.add(draft.below(options.size() + 1), right);
    return options;
  }

  private interface Writer {
    String write(Length room);
  }

  private static String assemble(
      Draft draft, String rule, List<String> options, String answer, Length length, Writer writer) {
    draft
        .bind("options", String.join(", ", options))
        .bind("lettered", lettered(options))
        .bind("letter", String.valueOf((char) ('A' + options.indexOf(answer))))
        .bind("answer", answer);
    int instruction = 14 + Length.words(String.join(" ", options));
    Length room =
        new Length(SHORTEST_TEXT, Math.max(SHORTEST_TEXT + 20, length.most() - instruction));
    draft.bind("text", writer.write(room));
    return draft.write("instruction." + rule).replace("Text: Title:", "Title:");
  }

  private static String lettered(List<String> options) {
    return String.join(
        "\n",
        IntStream.range(0, options.size())
            .mapToObj(i -> (char) ('A' + i) + ". " + options.get(i))
            .toList());
  }
}
