package org.continuo.suite.statistics;

import java.util.ArrayList;
import java.util.List;
import org.continuo.results.SuiteResults.Encounter;

/** On how many blocks each of K strategies beats each other one. */
public final class WinMatrix {
  private WinMatrix() {}

  /**
   * @param scores [N][K]
   * @return [K][K], the row against the column
   */
  public static List<List<Encounter>> of(double[][] scores, boolean higherIsBetter) {
    int k = scores.length == 0 ? 0 : scores[0].length;
    List<List<Encounter>> rows = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      List<Encounter> row = new ArrayList<>();
      for (int j = 0; j < k; j++) {
        row.add(encounter(scores, i, j, higherIsBetter));
      }
      rows.add(List.copyOf(row));
    }
    return List.copyOf(rows);
  }

  private static Encounter encounter(
      double[][] scores, int row, int column, boolean higherIsBetter) {
    int wins = 0;
    int ties = 0;
    int pairs = 0;
    for (double[] block : scores) {
      double difference = higherIsBetter ? block[row] - block[column] : block[column] - block[row];
      if (!Double.isNaN(difference)) {
        pairs++;
        wins += difference > 0 ? 1 : 0;
        ties += difference == 0 ? 1 : 0;
      }
    }
    return new Encounter(wins, ties, pairs);
  }
}
