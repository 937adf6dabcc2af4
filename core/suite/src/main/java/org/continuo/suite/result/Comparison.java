package org.continuo.suite.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.continuo.suite.statistics.PairedTest;
import org.continuo.suite.statistics.Ranking;
import org.continuo.suite.statistics.WinMatrix;

/**
 * The strategies under one setting of the further axes, compared on the same orders and seeds.
 *
 * @param rows in the sequence of the suite
 * @param metrics by name
 */
public record Comparison(
    Map<String, String> setting, List<RowResult> rows, Map<String, OfMetric> metrics) {
  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * By one metric.
   *
   * @param tests against the reference, for the other rows; none without a reference
   * @param ranking of all rows, whatever they see; empty with fewer than two or no common block
   * @param wins each row against each
   */
  public record OfMetric(
      List<Test> tests,
      Optional<Ranking> ranking,
      List<ProtocolRanking> withinProtocols,
      List<List<WinMatrix.Encounter>> wins) {
    public OfMetric {
      tests = List.copyOf(tests);
      withinProtocols = List.copyOf(withinProtocols);
    }

    Optional<Test> test(String strategy) {
      return tests.stream().filter(test -> test.strategy.equals(strategy)).findFirst();
    }
  }

  /**
   * A row against the reference.
   *
   * @param wilcoxonHolm p of the signed-rank test, corrected for all tests of this comparison
   * @param studentHolm the same of the t test
   * @param sameProtocol whether both see the same
   */
  public record Test(
      String strategy,
      PairedTest paired,
      OptionalDouble wilcoxonHolm,
      OptionalDouble studentHolm,
      boolean sameProtocol) {}

  /** The rows that see the same, ranked among themselves. */
  public record ProtocolRanking(String protocol, List<String> strategies, Ranking ranking) {
    public ProtocolRanking {
      strategies = List.copyOf(strategies);
    }
  }

  /** Whether rows that see different things are in it: then no list of all of them is a contest. */
  public boolean protocolsMixed() {
    return rows.stream().map(RowResult::access).distinct().count() > 1;
  }
}
