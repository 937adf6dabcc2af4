package org.continuo.streams.review;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/** Writes texts of one domain that are as they should be, or are not. */
final class TextWriter {
  private static final Pattern SENTENCE_START = Pattern.compile("(^|[.!?]\"? )([a-z])");

  private final Grammar grammar;
  private final Domain domain;
  private final Map<Verdict, List<Situation>> situations = new EnumMap<>(Verdict.class);

  TextWriter(Grammar grammar, Domain domain) {
    this.grammar = grammar;
    this.domain = domain;
    for (Verdict verdict : Verdict.values()) {
      situations.put(verdict, Situation.all(domain, verdict));
    }
  }

  /** A text whose right label this is. */
  String write(Verdict verdict, Random random) {
    Situation situation = draw(situations.get(verdict), random);
    String clause = grammar.expand(situation.subject().clauses(), random);
    String framed = grammar.expand(domain.frames(situation.stance()), Map.of("s", clause), random);
    String end = situation.stance() == Stance.ASKED ? "?" : grammar.expand("ending", random);
    String text = grammar.expand(domain.layout(), Map.of("core", framed + end), random);
    return SENTENCE_START
        .matcher(text)
        .replaceAll(start -> start.group(1) + start.group(2).toUpperCase(Locale.ROOT));
  }

  private static Situation draw(List<Situation> situations, Random random) {
    double left = random.nextDouble() * situations.stream().mapToDouble(Situation::frequency).sum();
    for (Situation situation : situations) {
      left -= situation.frequency();
      if (left < 0) {
        return situation;
      }
    }
    return situations.get(situations.size() - 1);
  }

  /** What a text is about and how it stands to that. */
  private record Situation(Subject subject, Stance stance) {

    double frequency() {
      return subject.policy().frequency() * stance.frequency();
    }

    static List<Situation> all(Domain domain, Verdict verdict) {
      List<Situation> all = new ArrayList<>();
      for (Subject subject : Subject.values()) {
        subject
            .policy()
            .violating()
            .forEach(
                (stance, domains) -> {
                  if (domains.contains(domain) == (verdict == Verdict.VIOLATING)) {
                    all.add(new Situation(subject, stance));
                  }
                });
      }
      return all;
    }
  }
}
