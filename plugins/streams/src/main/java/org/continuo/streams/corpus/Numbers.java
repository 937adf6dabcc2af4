package org.continuo.streams.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Figures as texts write them. */
final class Numbers {
  static final Set<String> KINDS =
      Set.of(
          "small",
          "tens",
          "hundreds",
          "thousands",
          "percent",
          "money",
          "price",
          "cents",
          "age",
          "score",
          "score2",
          "score3",
          "set",
          "decimal",
          "decade",
          "ordinal",
          "model");

  private static final List<String> WORDS =
      List.of("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  private Numbers() {}

  static String draw(String kind, Random random) {
    return switch (kind) {
      case "small" ->
          random.nextInt(3) == 0 ? plain(2, 12, random) : WORDS.get(random.nextInt(WORDS.size()));
      case "tens", "cents" -> plain(11, 99, random);
      case "hundreds" ->
          random.nextBoolean() ? plain(1, 9, random) + "00" : plain(100, 999, random);
      case "thousands" -> plain(1, 99, random) + "," + plain(0, 9, random) + "00";
      case "percent" -> percent(random);
      case "money" -> money(random);
      case "price" -> "$" + plain(2, 300, random) + (random.nextBoolean() ? ".99" : "");
      case "age" -> plain(17, 80, random);
      case "score" -> plain(1, 5, random) + "-" + plain(0, 2, random);
      case "score2" -> plain(20, 45, random) + "-" + plain(3, 20, random);
      case "score3" -> plain(95, 125, random) + "-" + plain(75, 95, random);
      case "set" -> random.nextInt(4) == 0 ? "7-6" : "6-" + plain(0, 4, random);
      case "decimal" -> String.format(Locale.ROOT, "%.1f", 1 + 29 * random.nextDouble());
      case "decade" -> plain(181, 199, random) + "0s";
      case "ordinal" -> plain(2, 9, random) + "4th";
      case "model" -> model(random);
      default -> throw new IllegalArgumentException("no numbers of kind '" + kind + "'; " + KINDS);
    };
  }

  /** From {@code lowest} to {@code highest}, both possible. */
  static String plain(int lowest, int highest, Random random) {
    return String.valueOf(lowest + random.nextInt(highest - lowest + 1));
  }

  private static String percent(Random random) {
    String number =
        random.nextBoolean()
            ? String.format(Locale.ROOT, "%.1f", 0.1 + 19 * random.nextDouble())
            : plain(2, 98, random);
    return number + (random.nextInt(3) == 0 ? "%" : " percent");
  }

  private static String money(Random random) {
    String number =
        random.nextBoolean()
            ? String.format(Locale.ROOT, "%.1f", 1 + 20 * random.nextDouble())
            : plain(2, 900, random);
    return "$" + number + (random.nextInt(3) == 0 ? " billion" : " million");
  }

  private static String model(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> plain(1, 9, random) + "00";
      case 1 -> "Mk " + List.of("I", "II", "III", "IV").get(random.nextInt(4));
      case 2 -> (char) ('A' + random.nextInt(26)) + plain(1, 99, random);
      default -> (char) ('A' + random.nextInt(26)) + "-" + plain(10, 99, random);
    };
  }
}
