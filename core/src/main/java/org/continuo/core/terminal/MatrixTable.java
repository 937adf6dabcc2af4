package org.continuo.core.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The accuracy matrix as text: a row per stage, a column per task, the diagonal marked. */
public final class MatrixTable {
  private MatrixTable() {}

  /**
   * @param rows scores in [0,1], one list per finished stage
   */
  public static String of(
      List<String> tasks, Optional<List<Double>> zeroShot, List<List<Double>> rows) {
    List<List<String>> cells = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("after training"));
    header.addAll(tasks);
    cells.add(header);
    zeroShot.ifPresent(scores -> cells.add(row("(nothing)", scores, -1)));
    for (int t = 0; t < rows.size(); t++) {
      cells.add(row(tasks.get(t), rows.get(t), t));
    }
    return text(cells);
  }

  private static List<String> row(String name, List<Double> scores, int diagonal) {
    List<String> row = new ArrayList<>(List.of(name));
    for (int i = 0; i < scores.size(); i++) {
      row.add("%.4f%s".formatted(scores.get(i), i == diagonal ? "*" : " "));
    }
    return row;
  }

  /** Columns aligned, the first to the left, the others to the right. */
  static String text(List<List<String>> cells) {
    int columns = cells.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : cells) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String format = (c == 0 ? "%-" : "  %") + widths[c] + "s";
        line.append(format.formatted(row.get(c)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
