package org.continuo.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({"0.795, 79.5", "1, 100.0", "0.79449, 79.4", "-0.0001, 0.0"})
  void percent(double score, String expected) {
    assertEquals(expected, Numbers.percent(score));
  }

  @ParameterizedTest
  @CsvSource({"-0.09, −9.0", "0.015, +1.5", "0, 0.0", "0.0001, 0.0", "-0.0001, 0.0"})
  void pointsAreSignedUnlessTheyRoundToZero(double difference, String expected) {
    assertEquals(expected, Numbers.points(difference));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.5000", "-12.3456, −12.35", "0.00021, 2.10e−04", "1234567, 1.23e+06", "0, 0"})
  void digits(double value, String expected) {
    assertEquals(expected, Numbers.digits(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "26869760, 26.9 MB",
    "999600, 1.00 MB",
    "4123456789, 4.12 GB",
    "5000000000000000, 5000 TB"
  })
  void bytes(long bytes, String expected) {
    assertEquals(expected, Numbers.bytes(bytes).replace('\u00a0', ' '));
  }

  @ParameterizedTest
  @CsvSource({"99999, '99,999'", "494032768, 494 million", "7241732096, 7.24 billion"})
  void magnitude(long count, String expected) {
    assertEquals(expected, Numbers.magnitude(count).replace('\u00a0', ' '));
  }

  @ParameterizedTest
  @CsvSource({
    "0.04, 0.0 s",
    "9.94, 9.9 s",
    "59.9, 60 s",
    "60, 1 min 00 s",
    "3599.6, 1 h 00 min",
    "90061, 25 h 01 min"
  })
  void duration(double seconds, String expected) {
    assertEquals(expected, Numbers.duration(seconds));
  }

  @Test
  void timesAreInUtc() {
    assertEquals("4 March 2026, 09:12 UTC", Numbers.time(Instant.parse("2026-03-04T09:12:33Z")));
  }
}
