package org.continuo.reports.suite;

import static org.continuo.reports.html.Html.tag;
import static org.continuo.reports.html.Numbers.fixed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.continuo.results.SuiteResults.Ranking;
import org.jsoup.nodes.Element;

/**
 * The critical-difference diagram of Demšar 2006: average ranks on one axis, best at the left, and
 * bars under groups that do not differ.
 */
final class RankDiagram {
  private static final double AXIS = 56;
  private static final double ROW = 24;
  private static final double BAR = 9;

  /** Width that a letter of a name may take. */
  private static final double LETTER = 7;

  /**
   * How it is laid out.
   *
   * @param kind which windows it is for
   * @param left where the axis begins, names before it
   * @param right where it ends
   * @param sides 2: the better half is named on the left, the other on the right; 1: all on the
   *     left
   */
  private record Layout(String kind, double width, double left, double right, int sides) {}

  private static Layout broad(double names) {
    return new Layout("broad", 380 + 2 * names, names, 380 + names, 2);
  }

  private static Layout narrow(double names) {
    return new Layout("narrow", 165 + names, names, 155 + names, 1);
  }

  private final List<Ranked> ranked = new ArrayList<>();
  private final double criticalDifference;

  private record Ranked(String name, double rank) {}

  private RankDiagram(Ranking ranking, UnaryOperator<String> naming) {
    ranking.ranks().forEach((name, rank) -> ranked.add(new Ranked(naming.apply(name), rank)));
    ranked.sort(Comparator.comparingDouble(Ranked::rank));
    criticalDifference = ranking.criticalDifference();
  }

  /**
   * @param naming a strategy's name with its marks
   */
  static Element of(Ranking ranking, UnaryOperator<String> naming) {
    return new RankDiagram(ranking, naming).figure();
  }

  private Element figure() {
    int letters = ranked.stream().mapToInt(each -> each.name.length()).max().orElse(0) + 7;
    double names = 24 + LETTER * letters;
    return tag("figure.chart", drawing(broad(Math.max(240, names))), drawing(narrow(names)));
  }

  private Element drawing(Layout layout) {
    List<int[]> groups = groups();
    int onLeft = (ranked.size() + layout.sides - 1) / layout.sides;
    double names = AXIS + 14 + BAR * groups.size();
    Svg svg =
        new Svg(
            layout.kind,
            layout.width,
            names + ROW * onLeft + 14,
            "Average ranks, best at the left");
    double length = Math.min(criticalDifference, ranked.size() - 1.0);
    String beyond = criticalDifference > ranked.size() - 1 ? " (wider than the axis)" : "";
    double from = x(1, layout);
    double to = x(1 + length, layout);
    svg.line(from, 20, to, 20, "whisker");
    svg.line(from, 16, from, 24, "whisker").line(to, 16, to, 24, "whisker");
    String title = fixed("critical difference %.2f", criticalDifference) + beyond;
    boolean broad = layout.sides == 2;
    svg.text(broad ? from : layout.right, 11, broad ? "start" : "end", "axis", title);
    svg.line(from, AXIS, x(ranked.size(), layout), AXIS, "rule");
    int every = (int) Math.ceil(18 * ranked.size() / (layout.right - layout.left));
    for (int rank = 1; rank <= ranked.size(); rank += every) {
      svg.line(x(rank, layout), AXIS - 6, x(rank, layout), AXIS, "rule");
      svg.text(x(rank, layout), AXIS - 11, "middle", "axis", String.valueOf(rank));
    }
    for (int i = 0; i < ranked.size(); i++) {
      boolean left = i < onLeft;
      double y = names + ROW * (left ? i : ranked.size() - 1 - i) + 8;
      double edge = left ? layout.left - 14 : layout.right + 14;
      Ranked each = ranked.get(i);
      double place = x(each.rank, layout);
      svg.polyline(
          List.of(new double[] {place, AXIS}, new double[] {place, y}, new double[] {edge, y}),
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
          x(ranked.get(groups.get(g)[0]).rank, layout) - 4,
          y,
          x(ranked.get(groups.get(g)[1]).rank, layout) + 4,
          y,
          "clique");
    }
    return svg.element();
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

  private double x(double rank, Layout layout) {
    return layout.left + (layout.right - layout.left) * (rank - 1) / Math.max(1, ranked.size() - 1);
  }
}
