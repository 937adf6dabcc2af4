package org.continuo.reports.html;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/** Numbers as people read them. */
public final class Numbers {
  public static final String ABSENT = "–";
  private static final String MINUS = "\u2212";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Numbers() {}

  public static String or(OptionalDouble value, DoubleFunction<String> format) {
    return value.isPresent() ? format.apply(value.getAsDouble()) : ABSENT;
  }

  public static String or(OptionalLong value, LongFunction<String> format) {
    return value.isPresent() ? format.apply(value.getAsLong()) : ABSENT;
  }

  /** A score in [0,1] in percent, without the sign: {@code 79.5}. */
  public static String percent(double score) {
    return fixed("%.1f", 100 * score);
  }

  /** A difference of scores in percentage points: {@code +1.5}, {@code −9.0}. */
  public static String points(double difference) {
    String text = percent(difference);
    return difference > 0 && !text.equals("0.0") ? "+" + text : text;
  }

  /** A share in percent, without the sign: {@code 0.28}, {@code 31.5}. */
  public static String share(double percent) {
    return fixed(percent < 1 ? "%.2f" : "%.1f", percent);
  }

  /** As results carry it: {@code −0.0900}. */
  public static String raw(double value) {
    return fixed("%.4f", value);
  }

  /** With about four digits, whatever the size. */
  public static String digits(double value) {
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    return size < 1e-3 || size >= 1e5
        ? fixed("%.2e", value)
        : fixed("%." + Math.max(0, 3 - (int) Math.floor(Math.log10(size))) + "f", value);
  }

  /** {@code 1,234,567}. */
  public static String count(long count) {
    return fixed("%,d", count);
  }

  /** For tables of many columns: {@code 79,361}, {@code 12.3M}. */
  public static String brief(double count) {
    return count < 1e6 ? count(Math.round(count)) : fixed("%.1fM", count / 1e6);
  }

  /** A chance; small ones as {@code <0.001}. */
  public static String pValue(double p) {
    return p < 0.001 ? "<0.001" : fixed("%.3f", p);
  }

  /** {@code 4.19 million}. */
  public static String magnitude(long count) {
    if (count < 100_000) {
      return count(count);
    }
    return count < 1_000_000_000
        ? scaled(count / 1e6) + "\u00a0million"
        : scaled(count / 1e9) + "\u00a0billion";
  }

  public static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return (unit == 0 ? Long.toString(bytes) : scaled(value)) + "\u00a0" + units[unit];
  }

  public static String duration(double seconds) {
    if (seconds < 59.95) {
      return fixed(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return duration.toHours() == 0
        ? fixed("%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
        : fixed("%d h %02d min", duration.toHours(), duration.toMinutesPart());
  }

  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static String scaled(double value) {
    return fixed(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** In the style of all numbers here: with a true minus. */
  public static String fixed(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    // what rounds to zero has no sign
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text.replace("-", MINUS);
  }
}
