package org.continuo.streams.corpus;

import java.util.List;
import java.util.Set;

/** The people, places and things that a document keeps coming back to. */
final class Cast {
  /** The keys that every document has. */
  static final Set<String> KEYS =
      Set.of(
          "person",
          "first-name",
          "surname",
          "he",
          "him",
          "his",
          "He",
          "His",
          "other",
          "other-surname",
          "female-name",
          "city",
          "city2",
          "town",
          "country",
          "nation",
          "capital",
          "country2",
          "nation2",
          "company",
          "band",
          "year",
          "year2",
          "date",
          "role",
          "group",
          "thing",
          "matter",
          "place",
          "topic-name",
          "odd",
          "odd-topic",
          "title",
          "type",
          "item");

  private Cast() {}

  static void people(Draft draft) {
    boolean woman = draft.chance(0.45);
    List<String> pronouns = woman ? List.of("she", "her", "her") : List.of("he", "him", "his");
    String first = draft.write(woman ? "general.female" : "general.male");
    String surname = draft.write("name.surname");
    String otherSurname = draft.write("name.surname");
    draft
        .bind("first-name", first)
        .bind("surname", surname)
        .bind("person", first + " " + surname)
        .bind("he", pronouns.get(0))
        .bind("him", pronouns.get(1))
        .bind("his", pronouns.get(2))
        .bind("He", Inflection.capital(pronouns.get(0)))
        .bind("His", Inflection.capital(pronouns.get(2)))
        .bind("other-surname", otherSurname)
        .bind("other", draft.write("name.first") + " " + otherSurname)
        .bind("female-name", draft.write("general.female"));
  }

  static void places(Draft draft) {
    List<String> country = draft.one(draft.grammar().countries());
    List<String> second = another(draft, country);
    String month = draft.write("general.month");
    int day = 1 + draft.below(28);
    int year = draft.chance(0.7) ? 1900 + draft.below(110) : 1750 + draft.below(150);
    draft
        .bind("country", country.get(0))
        .bind("nation", country.get(1))
        .bind("capital", country.get(2))
        .bind("country2", second.get(0))
        .bind("nation2", second.get(1))
        .bind("city", draft.write("general.city"))
        .bind("city2", draft.write("general.city"))
        .bind("town", draft.chance(0.8) ? draft.write("name.place") : country.get(2))
        .bind("company", draft.write("name.company"))
        .bind("band", draft.write("name.band"))
        .bind("date", draft.chance(0.5) ? month + " " + day : day + " " + month)
        .bind("year", String.valueOf(year))
        .bind("year2", String.valueOf(Math.min(2014, year + 18 + draft.below(50))));
  }

  private static List<String> another(Draft draft, List<String> country) {
    List<String> other = draft.one(draft.grammar().countries());
    return other.equals(country) ? another(draft, country) : other;
  }

  /** What the document is about, and one thing that has nothing to do with it. */
  static void topic(Draft draft, Topic topic) {
    Topic odd = Topic.other(draft, topic);
    draft
        .bind("t", odd.file())
        .bind("odd", draft.write("t.things"))
        .bind("odd-topic", odd.spoken());
    draft
        .bind("t", topic.file())
        .bind("topic-name", topic.spoken())
        .bind("role", draft.write("t.people"))
        .bind("group", draft.write("t.groups"))
        .bind("thing", draft.write("t.things"))
        .bind("matter", draft.write("t.matters"))
        .bind("place", draft.write("t.places"));
  }
}
