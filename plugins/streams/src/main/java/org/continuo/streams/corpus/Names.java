package org.continuo.streams.corpus;

import java.util.List;
import java.util.Random;
import java.util.Set;

/** Names of people, places, brands and species, put together from syllables. */
final class Names {
  static final Set<String> KINDS =
      Set.of("coined-surname", "coined-place", "brand", "genus", "epithet");

  private static final List<String> ONSETS =
      List.of(
          "b", "br", "c", "ch", "d", "dr", "f", "fr", "g", "gr", "h", "j", "k", "kr", "l", "m", "n",
          "p", "pr", "r", "s", "sh", "st", "t", "th", "tr", "v", "w", "z", "bl", "cl", "sl");
  private static final List<String> VOWELS =
      List.of("a", "e", "i", "o", "u", "a", "e", "o", "ai", "ea", "ie", "ou", "au");
  private static final List<String> CODAS =
      List.of("", "", "", "n", "r", "l", "s", "m", "nd", "rt", "ck", "ll", "nt", "rd", "st");
  private static final List<String> SURNAME_ENDINGS =
      List.of(
          "son", "man", "er", "ov", "ini", "ez", "ski", "berg", "ton", "ley", "ford", "ic", "as",
          "well", "sen", "ard", "ano", "eau", "aki", "ura", "ham", "ing", "ell", "by", "o", "a");
  private static final List<String> PLACE_ENDINGS =
      List.of(
          "ton", "ville", "burg", "field", "ford", "ham", "dale", "port", "wood", "stad", "grad",
          "ov", "ice", "heim", "hurst", "abad", "pur", "ia", "ingen", "mouth", "bridge", "land",
          "chester", "bury", "au", "owo", "nagar", "ano");
  private static final List<String> BRAND_ENDINGS =
      List.of(
          "ex", "ix", "ia", "on", "tec", "soft", "ra", "line", "ware", "com", "tron", "ora", "is",
          "net", "max", "ico", "star", "gen", "dyne", "ara", "us", "o");
  private static final List<String> GENUS_ENDINGS =
      List.of("us", "a", "ia", "is", "ella", "opsis", "ium", "odon", "ula", "aria", "ops", "ina");
  private static final List<String> EPITHET_ENDINGS =
      List.of("ensis", "alis", "ii", "ata", "osa", "icus", "anum", "ella", "oides", "ana", "idus");

  private Names() {}

  static String invent(String kind, Random random) {
    return switch (kind) {
      case "coined-surname" -> Inflection.capital(stem(random) + one(SURNAME_ENDINGS, random));
      case "coined-place" -> Inflection.capital(stem(random) + one(PLACE_ENDINGS, random));
      case "brand" -> Inflection.capital(stem(random) + one(BRAND_ENDINGS, random));
      case "genus" -> Inflection.capital(stem(random) + one(GENUS_ENDINGS, random));
      case "epithet" -> stem(random) + one(EPITHET_ENDINGS, random);
      default -> throw new IllegalArgumentException("no names of kind '" + kind + "'; " + KINDS);
    };
  }

  private static String stem(Random random) {
    StringBuilder stem = new StringBuilder();
    int syllables = random.nextInt(3) == 0 ? 2 : 1;
    for (int i = 0; i < syllables; i++) {
      stem.append(one(ONSETS, random)).append(one(VOWELS, random));
    }
    return stem.append(one(CODAS, random)).toString();
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
