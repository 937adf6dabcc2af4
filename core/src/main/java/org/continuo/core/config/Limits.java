package org.continuo.core.config;

import java.math.BigDecimal;
import java.util.List;
import org.continuo.api.plugin.Option;

/**
 * What an option allows within its type, both ends included.
 *
 * @param unit of {@code min} and {@code max}; empty if it has none
 * @param choices the allowed texts; empty if any is
 */
record Limits(double min, double max, String unit, List<String> choices) {
  static final Limits NONE =
      new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "", List.of());

  static Limits of(Option option) {
    return new Limits(option.min(), option.max(), option.unit(), List.of(option.choices()));
  }

  boolean contains(double value) {
    return value >= min && value <= max;
  }

  /** For tables: {@code >= 1}; empty if every number is allowed. */
  String symbols() {
    if (bounded(min) && bounded(max)) {
      return text(min) + " .. " + text(max);
    }
    return bounded(min) ? ">= " + text(min) : bounded(max) ? "<= " + text(max) : "";
  }

  /** For messages: {@code at least 1 tokens}. */
  String words() {
    String range =
        bounded(min) && bounded(max)
            ? "between " + text(min) + " and " + text(max)
            : bounded(min) ? "at least " + text(min) : "at most " + text(max);
    return unit.isEmpty() ? range : range + " " + unit;
  }

  private static boolean bounded(double end) {
    return !Double.isInfinite(end);
  }

  private static String text(double end) {
    BigDecimal number = BigDecimal.valueOf(end).stripTrailingZeros();
    return Math.abs(number.scale()) > 6 ? number.toString() : number.toPlainString();
  }
}
