package org.continuo.streams.corpus;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableList;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a document can be about, with the broad section of a newspaper it belongs to. */
enum Topic {
  POLITICS("World"),
  DIPLOMACY("World"),
  CONFLICT("World"),
  CRIME("World"),
  DISASTER("World"),
  FOOTBALL("Sports"),
  GRIDIRON("Sports", "American football"),
  BASEBALL("Sports"),
  BASKETBALL("Sports"),
  TENNIS("Sports"),
  CRICKET("Sports"),
  RACING("Sports"),
  GOLF("Sports"),
  ATHLETICS("Sports"),
  HOCKEY("Sports"),
  MARKETS("Business", "financial markets"),
  COMPANIES("Business"),
  ENERGY("Business", "oil and energy"),
  RETAIL("Business", "shops and shopping"),
  AVIATION("Business"),
  LABOR("Business", "jobs and work"),
  INTERNET("Science or Technology", "the internet"),
  SOFTWARE("Science or Technology"),
  HARDWARE("Science or Technology", "computer hardware"),
  PHONES("Science or Technology", "mobile phones"),
  GAMES("Science or Technology", "video games"),
  SPACE("Science or Technology"),
  BIOLOGY("Science or Technology"),
  CLIMATE("Science or Technology", "the environment"),
  HEALTH("Health"),
  FITNESS("Health"),
  CINEMA("Entertainment"),
  MUSIC("Entertainment"),
  TELEVISION("Entertainment"),
  TRAVEL("Travel"),
  FOOD("Food"),
  EDUCATION("Education"),
  RELIGION("Religion"),
  FASHION("Fashion"),
  HOME("House and Garden", "house and garden"),
  PETS("Animals"),
  FAMILY("Family"),
  HISTORY("History"),
  LITERATURE("Books"),
  WEATHER("Weather");

  /** The sections that daily news are mostly made of. */
  private static final List<String> DAILY =
      List.of("World", "Sports", "Business", "Science or Technology");

  private static final List<Topic> ALL = List.of(values());
  private static final Map<String, List<Topic>> OF_SECTION =
      Arrays.stream(values())
          .collect(groupingBy(Topic::section, LinkedHashMap::new, toUnmodifiableList()));
  private static final List<String> SECTIONS = List.copyOf(OF_SECTION.keySet());

  private final String section;
  private final String spoken;

  Topic(String section) {
    this.section = section;
    this.spoken = name().toLowerCase(Locale.ROOT);
  }

  Topic(String section, String spoken) {
    this.section = section;
    this.spoken = spoken;
  }

  String section() {
    return section;
  }

  /** As a sentence names it. */
  String spoken() {
    return spoken;
  }

  String file() {
    return "topics/" + name().toLowerCase(Locale.ROOT);
  }

  static List<String> files() {
    return Arrays.stream(values()).map(Topic::file).toList();
  }

  static List<String> sections() {
    return SECTIONS;
  }

  /** One of another section. */
  static Topic other(Draft draft, Topic topic) {
    Topic other = draft.one(ALL);
    return other.section.equals(topic.section) ? other(draft, topic) : other;
  }

  /** One of any topic, or more often one of the daily sections, each equally likely. */
  static Topic draw(Draft draft) {
    return draft.one(OF_SECTION.get(draft.one(draft.chance(0.6) ? DAILY : SECTIONS)));
  }
}
