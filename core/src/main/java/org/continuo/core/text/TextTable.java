package org.continuo.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of equally many cells, first the headings. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Two spaces between columns, each as wide as its longest cell. */
  public List<String> plain() {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  /** A table of GitHub Markdown. */
  public List<String> markdown() {
    Stream<String> rule = Stream.of("|" + "---|".repeat(rows.get(0).size()));
    Stream<String> lines =
        rows.stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> cell.replace("|", "\\|"))
                        .collect(Collectors.joining(" | ", "| ", " |")));
    List<String> all = lines.toList();
    return Stream.of(all.subList(0, 1).stream(), rule, all.subList(1, all.size()).stream())
        .flatMap(part -> part)
        .toList();
  }
}
