package org.continuo.reports.suite;

import static org.continuo.reports.suite.Markup.fixed;
import static org.continuo.reports.suite.Markup.tag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jsoup.nodes.Element;

/**
 * The critical-difference diagram of Demšar 2006: average ranks on one axis, best at the left, and
 * bars under groups that do not differ.
 */
final class RankDiagram {
  private static final double WIDTH = 860;
  private static final double SIDE = 240;
  private static final double AXIS = 56;
  private static final double ROW = 24;
  private static final double BAR = 9;

  private final List<Ranked> ranked = new ArrayList<>();
  private final double criticalDifference;

  private record Ranked(String name, double rank) {}

  private RankDiagram(JsonNode ranking, UnaryOperator<String> naming) {
    ranking
        .path("ranks")
        .properties()
        .forEach(
            entry ->
                ranked.add(new Ranked(naming.apply(entry.getKey()), entry.getValue().asDouble())));
    ranked.sort(Comparator.comparingDouble(Ranked::rank));
    criticalDifference = ranking.path("criticalDifference").asDouble();
  }

  /**
   * @param ranking of {@code suite.json}
   * @param naming a strategy's name with its marks
   */
  static Element of(JsonNode ranking, UnaryOperator<String> naming) {
    return new RankDiagram(ranking, naming).figure();
  }

  private Element figure() {
    List<int[]> groups = groups();
    int half = (ranked.size() + 1) / 2;
    double names = AXIS + 14 + BAR * groups.size();
    Svg svg = new Svg(WIDTH, names + ROW * half + 14, "Average ranks, best at the left");
    double length = Math.min(criticalDifference, ranked.size() - 1.0);
    String beyond = criticalDifference > ranked.size() - 1 ? " (wider than the axis)" : "";
    svg.line(x(1), 20, x(1 + length), 20, "whisker");
    svg.line(x(1), 16, x(1), 24, "whisker").line(x(1 + length), 16, x(1 + length), 24, "whisker");
    svg.text(
        x(1), 11, "start", "axis", fixed("critical difference %.2f", criticalDifference) + beyond);
    svg.line(x(1), AXIS, x(ranked.size()), AXIS, "rule");
    for (int rank = 1; rank <= ranked.size(); rank++) {
      svg.line(x(rank), AXIS - 6, x(rank), AXIS, "rule");
      svg.text(x(rank), AXIS - 11, "middle", "axis", String.valueOf(rank));
    }
    for (int i = 0; i < ranked.size(); i++) {
      boolean left = i < half;
      double y = names + ROW * (left ? i : ranked.size() - 1 - i) + 8;
      double edge = left ? SIDE - 14 : WIDTH - SIDE + 14;
      Ranked each = ranked.get(i);
      svg.polyline(
          List.of(
              new double[] {x(each.rank), AXIS},
              new double[] {x(each.rank), y},
              new double[] {edge, y}),
          "lead");
      String rank = fixed("%.2f", each.rank);
      svg.text(
          left ? edge - 6 : edge + 6,
          y + 4,
          left ? "end" : "start",
          "label",
          left ? each.name + "  " + rank : rank + "  " + each.name);
    }
    for (int g = 0; g < groups.size(); g++) {
      double y = AXIS + 8 + BAR * g;
      svg.line(
          x(ranked.get(groups.get(g)[0]).rank) - 4,
          y,
          x(ranked.get(groups.get(g)[1]).rank) + 4,
          y,
          "clique");
    }
    return tag("figure.chart", svg.element());
  }

  /** First and last of each longest stretch within the critical difference. */
  private List<int[]> groups() {
    List<int[]> groups = new ArrayList<>();
    int reached = 0;
    for (int first = 0; first < ranked.size(); first++) {
      int last = first;
      while (last + 1 < ranked.size()
          && ranked.get(last + 1).rank - ranked.get(first).rank < criticalDifference) {
        last++;
      }
      if (last > first && last > reached) {
        groups.add(new int[] {first, last});
        reached = last;
      }
    }
    return groups;
  }

  private double x(double rank) {
    return SIDE + (WIDTH - 2 * SIDE) * (rank - 1) / Math.max(1, ranked.size() - 1);
  }
}
