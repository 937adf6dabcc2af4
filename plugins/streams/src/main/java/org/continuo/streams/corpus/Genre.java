package org.continuo.streams.corpus;

import java.util.List;

/**
 * A sort of document.
 *
 * @param share how many of a hundred documents are of this sort
 */
record Genre(int share, Writer writer) {
  private static final List<Genre> ALL =
      List.of(
          new Genre(26, (draft, length) -> Texts.news(draft, Topic.draw(draft), length)),
          new Genre(
              24,
              (draft, length) -> Texts.review(draft, Product.draw(draft), grade(draft), length)),
          new Genre(20, (draft, length) -> Texts.entry(draft, kind(draft), length)),
          new Genre(7, (draft, length) -> Texts.account(draft, Topic.draw(draft), length)),
          new Genre(4, (draft, length) -> Texts.remark(draft, Topic.draw(draft), length)),
          new Genre(4, (draft, length) -> Texts.snippet(draft, grade(draft), length)),
          new Genre(2, (draft, length) -> Texts.questions(draft, Topic.draw(draft), length)),
          new Genre(2, (draft, length) -> Texts.comprehension(draft, Topic.draw(draft), length)),
          new Genre(3, Instruction::topic),
          new Genre(3, Instruction::kind),
          new Genre(3, Instruction::grade),
          new Genre(2, Instruction::polarity));

  /** Writes one document about whatever the draft draws. */
  interface Writer {
    String write(Draft draft, Length length);
  }

  static Genre draw(Draft draft) {
    int dice = draft.below(ALL.stream().mapToInt(Genre::share).sum());
    for (Genre genre : ALL) {
      dice -= genre.share();
      if (dice < 0) {
        return genre;
      }
    }
    throw new IllegalStateException("the shares of the genres do not add up");
  }

  private static Grade grade(Draft draft) {
    return draft.one(List.of(Grade.values()));
  }

  private static Kind kind(Draft draft) {
    return draft.one(List.of(Kind.values()));
  }
}
