package org.continuo.streams.corpus;

/** One paragraph of each sort, on a subject that is given. */
final class Texts {
  private Texts() {}

  /** A news item, in most cases under a headline. */
  static String news(Draft draft, Topic topic, Length length) {
    cast(draft, topic);
    boolean titled = draft.chance(0.7);
    String title = titled ? "Title: " + draft.write("news.headline") + "\nText: " : "";
    String dateline = draft.chance(0.4) ? draft.write("news.dateline") + " " : "";
    String lead = draft.write(draft.chance(0.45) ? "t.scenes" : "news.lead");
    return Typography.finish(
        length.fill(draft, title + dateline + lead, () -> newsSentence(draft)));
  }

  private static String newsSentence(Draft draft) {
    int dice = draft.below(20);
    if (dice < 6) {
      return draft.write("t.scenes");
    }
    if (dice < 12) {
      return draft.write("news.detail");
    }
    return dice < 17 ? draft.write("news.quote") : draft.write("news.outlook");
  }

  /** A personal or explaining article. */
  static String account(Draft draft, Topic topic, Length length) {
    cast(draft, topic);
    String opening = draft.write("account.opening");
    String ending = draft.write("account.ending");
    Supply sentences = new Supply(draft, "account.body", "t.scenes", 0.12);
    return Typography.finish(
        length.after(ending).fill(draft, opening, sentences::next) + " " + ending);
  }

  /** What someone writes under a video or an article. */
  static String remark(Draft draft, Topic topic, Length length) {
    cast(draft, topic);
    String opening = draft.write("remark.opening");
    String ending = draft.chance(0.6) ? " " + draft.write("remark.ending") : "";
    Supply sentences = new Supply(draft, "remark.body", "general.spoken", 0.25);
    return Typography.finish(length.after(ending).fill(draft, opening, sentences::next) + ending);
  }

  /** Questions with their answers. */
  static String questions(Draft draft, Topic topic, Length length) {
    cast(draft, topic);
    String facts = length.fill(draft, "", () -> draft.write("question.fact") + "\n");
    return Typography.finish(facts.replace("\n ", "\n"));
  }

  /** A passage on a topic and the question what it is about. */
  static String comprehension(Draft draft, Topic topic, Length length) {
    cast(draft, topic);
    String question = draft.write("question.question");
    Supply sentences = new Supply(draft, "t.scenes", "news.detail", 0.6);
    String passage = length.after(question).fill(draft, sentences.next(), sentences::next);
    return Typography.finish(passage + "\n" + question);
  }

  /** An entry of an encyclopedia. */
  static String entry(Draft draft, Kind kind, Length length) {
    Cast.people(draft);
    Cast.places(draft);
    draft.bind("k", kind.file());
    if (draft.grammar().defines(kind.file() + ".types")) {
      draft.bind("type", draft.write("k.types"));
    }
    String title = draft.write("k.name");
    draft.bind("title", title);
    String heading = draft.chance(0.75) ? "Title: " + title + "\nText: " : "";
    String first = heading + draft.write("k.definition");
    return Typography.finish(length.fill(draft, first, () -> draft.write("k.entry")));
  }

  /** A review of a product, most often under a title. */
  static String review(Draft draft, String product, Grade grade, Length length) {
    Cast.people(draft);
    Cast.places(draft);
    draft.bind("p", product).bind("g", grade.file());
    draft.bind("item", draft.write("p.names"));
    String title = draft.chance(0.7) ? "Title: " + draft.write("g.titles") + "\nText: " : "";
    boolean visited = Product.visited(product);
    String opening = draft.write(visited ? "g.visit-openings" : "g.openings");
    String kept = draft.write(draft.chance(0.6) ? "g.endings" : "g.outcomes");
    String ending = visited ? draft.write("g.visit-endings") : kept;
    String body =
        length.after(ending).fill(draft, title + opening, () -> remark(draft, visited, grade));
    return Typography.finish(body + " " + ending);
  }

  private static String remark(Draft draft, boolean visited, Grade grade) {
    int dice = draft.below(10);
    if (dice < 2) {
      return draft.write(visited ? "review.visit" : "review.use");
    }
    if (dice < 5 && !visited) {
      return draft.write("g.verdicts");
    }
    return draft.write(grade.praises(draft) ? "review.good" : "review.bad");
  }

  /** Scraps of film reviews in lower case, with blanks around punctuation. */
  static String snippet(Draft draft, Grade grade, Length length) {
    Cast.people(draft);
    draft.bind("m", "products/movie").bind("g", grade.file());
    String text = length.fill(draft, "", () -> draft.write("snippet.piece") + " .");
    return Typography.tokenised(text.replace(" .", "."));
  }

  private static void cast(Draft draft, Topic topic) {
    Cast.people(draft);
    Cast.places(draft);
    Cast.topic(draft, topic);
  }

  /** Sentences of one rule, now and then of another. */
  private record Supply(Draft draft, String usual, String other, double share) {
    String next() {
      return draft.write(draft.chance(share) ? other : usual);
    }
  }
}
