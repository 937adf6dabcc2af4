package org.continuo.streams.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an encyclopedia has entries about. */
enum Kind {
  COMPANY,
  SCHOOL,
  ARTIST,
  ATHLETE,
  OFFICE_HOLDER,
  VEHICLE,
  BUILDING,
  NATURAL_PLACE,
  VILLAGE,
  ANIMAL,
  PLANT,
  ALBUM,
  FILM,
  WRITTEN_WORK;

  String file() {
    return "kinds/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String label(Grammar grammar) {
    return grammar.words(file() + ".label").get(0);
  }

  static List<String> files() {
    return Arrays.stream(values()).map(Kind::file).toList();
  }
}
