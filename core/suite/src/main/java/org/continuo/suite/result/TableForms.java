package org.continuo.suite.result;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.continuo.api.result.MetricDefinition;
import org.continuo.core.text.TextTable;
import org.continuo.results.RunResults;
import org.continuo.suite.result.MainTable.Line;
import org.continuo.suite.result.MainTable.Section;
import org.continuo.suite.statistics.Bootstrap;
import org.continuo.suite.statistics.Summary;

/** The main table for the terminal, for spreadsheets and for papers. */
public final class TableForms {
  private static final String ABSENT = "-";

  private final MainTable table;
  private final List<MetricDefinition> metrics;

  public TableForms(MainTable table) {
    this.table = table;
    this.metrics = table.metrics();
  }

  /** Lines of text. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    TextTable text =
        new TextTable(
            headings().stream().map(name -> name.toUpperCase(Locale.ROOT)).toArray(String[]::new));
    List<Integer> starts = new ArrayList<>();
    List<Section> sections = table.sections();
    int row = 1;
    for (Section section : sections) {
      starts.add(row);
      for (Line line : section.lines()) {
        text.row(textRow(section, line).toArray(String[]::new));
        row++;
      }
    }
    List<String> plain = text.plain();
    lines.add(plain.get(0));
    for (int i = 0; i < sections.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : plain.size();
      lines.add(heading(sections.get(i)));
      plain.subList(starts.get(i), end).forEach(lines::add);
    }
    return lines;
  }

  /** A table of GitHub Markdown for each section, under its heading. */
  public List<String> markdown() {
    List<String> lines = new ArrayList<>();
    for (Section section : table.sections()) {
      TextTable rows = new TextTable(headings().toArray(String[]::new));
      section.lines().forEach(line -> rows.row(textRow(section, line).toArray(String[]::new)));
      lines.addAll(List.of("**" + heading(section).substring(3) + "**", ""));
      lines.addAll(rows.markdown());
      lines.add("");
    }
    return lines;
  }

  private List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("strategy", "runs"));
    metrics.forEach(metric -> headings.add(metric.name()));
    headings.add(3, "interval");
    headings.addAll(List.of("rank", "p (Holm)", "trained/task", "stored", "tokens", "seconds"));
    return headings;
  }

  private static String heading(Section section) {
    return "-- "
        + (section.setting().isEmpty() ? "" : section.setting() + "; ")
        + section.access().label();
  }

  private List<String> textRow(Section section, Line line) {
    List<String> cells = new ArrayList<>();
    cells.add(line.result().row().strategy() + section.access().marks());
    cells.add(line.runs());
    for (MetricDefinition metric : metrics) {
      Optional<Summary> summary = line.metric(metric.name());
      cells.add(summary.map(TableForms::meanAndDeviation).orElse(ABSENT));
      if (metric.name().equals(table.sortedBy())) {
        cells.add(
            summary
                .flatMap(Summary::interval)
                .map(each -> MainTable.fixed("%.4f..%.4f", each.low(), each.high()))
                .orElse(ABSENT));
      }
    }
    cells.add(or(line.rank(), "%.2f"));
    cells.add(pValue(line));
    boolean any = line.result().completed() > 0;
    cells.add(any ? count(line, run -> run.cost().trainablePerTask()) : ABSENT);
    cells.add(any ? count(line, run -> run.cost().storedParameters()) : ABSENT);
    cells.add(any ? count(line, run -> run.cost().tokens().train()) : ABSENT);
    cells.add(
        any
            ? MainTable.fixed("%.1f", line.result().mean(run -> run.cost().seconds().total()))
            : ABSENT);
    return cells;
  }

  private static String meanAndDeviation(Summary summary) {
    return MainTable.fixed("%.4f", summary.mean())
        + (summary.standardDeviation().isPresent()
            ? MainTable.fixed(" \u00b1 %.4f", summary.standardDeviation().getAsDouble())
            : "");
  }

  private static String count(Line line, ToDoubleFunction<RunResults> value) {
    return MainTable.fixed("%,d", Math.round(line.result().mean(value)));
  }

  private static String or(OptionalDouble value, String format) {
    return value.isPresent() ? MainTable.fixed(format, value.getAsDouble()) : ABSENT;
  }

  /** Marked where the reference sees something else. */
  private static String pValue(Line line) {
    return line.test()
        .map(
            test ->
                or(test.wilcoxonHolm(), "%.3f") + (test.sameProtocol() ? "" : " (other protocol)"))
        .orElse(ABSENT);
  }

  /** Every number in full, one line per row; an empty cell where there is none. */
  public String csv() {
    List<String> headings =
        new ArrayList<>(
            List.of(
                "strategy",
                "setting",
                "task id",
                "uses task id",
                "past data",
                "future data",
                "runs planned",
                "runs completed",
                "runs failed"));
    for (MetricDefinition metric : metrics) {
      for (String part : List.of("mean", "sd", "low", "high")) {
        headings.add(metric.name() + " " + part);
      }
    }
    headings.addAll(
        List.of(
            "average rank",
            "difference to reference",
            "wilcoxon p (Holm)",
            "t p (Holm)",
            "reference under same protocol",
            "trainable parameters per task",
            "stored parameters",
            "stored bytes",
            "training tokens",
            "evaluation tokens",
            "seconds",
            "peak memory bytes"));
    StringWriter out = new StringWriter();
    // without a buffer it has nothing to close and nothing that could fail
    CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
    csv.writeRecord(headings);
    for (Section section : table.sections()) {
      section.lines().forEach(line -> csv.writeRecord(csvRow(section, line)));
    }
    return out.toString();
  }

  private List<String> csvRow(Section section, Line line) {
    List<String> cells = new ArrayList<>();
    RowResult result = line.result();
    cells.add(result.row().strategy());
    cells.add(result.row().settingLabel());
    cells.add(section.access().taskIdGiven() ? "given" : "inferred");
    cells.add(String.valueOf(section.access().usesTaskId()));
    cells.add(section.access().keepsPastData() ? "kept" : "not kept");
    cells.add(section.access().seesFutureData() ? "seen" : "not seen");
    cells.add(String.valueOf(result.planned()));
    cells.add(String.valueOf(result.completed()));
    cells.add(String.valueOf(result.failed()));
    for (MetricDefinition metric : metrics) {
      Optional<Summary> summary = line.metric(metric.name());
      Optional<Bootstrap.Interval> interval = summary.flatMap(Summary::interval);
      cells.add(summary.map(each -> String.valueOf(each.mean())).orElse(""));
      cells.add(
          summary
              .map(Summary::standardDeviation)
              .filter(OptionalDouble::isPresent)
              .map(each -> String.valueOf(each.getAsDouble()))
              .orElse(""));
      cells.add(interval.map(each -> String.valueOf(each.low())).orElse(""));
      cells.add(interval.map(each -> String.valueOf(each.high())).orElse(""));
    }
    cells.add(full(line.rank()));
    cells.add(line.test().map(test -> String.valueOf(test.difference())).orElse(""));
    cells.add(line.test().map(test -> full(test.wilcoxonHolm())).orElse(""));
    cells.add(line.test().map(test -> full(test.studentHolm())).orElse(""));
    cells.add(line.test().map(test -> String.valueOf(test.sameProtocol())).orElse(""));
    List<ToDoubleFunction<RunResults>> costs =
        List.of(
            run -> run.cost().trainablePerTask(),
            run -> run.cost().storedParameters(),
            run -> run.cost().storedBytes(),
            run -> run.cost().tokens().train(),
            run -> run.cost().tokens().evaluation(),
            run -> run.cost().seconds().total(),
            run -> run.cost().peakMemoryBytes());
    costs.forEach(
        cost -> cells.add(result.completed() > 0 ? String.valueOf(result.mean(cost)) : ""));
    return cells;
  }

  private static String full(OptionalDouble value) {
    return value.isPresent() ? String.valueOf(value.getAsDouble()) : "";
  }

  /** A {@code booktabs} table in percent; the best of a section bold. */
  public String latex() {
    StringBuilder out = new StringBuilder();
    int columns = 1 + metrics.size() + 3;
    out.append("% needs \\usepackage{booktabs}; scores in percent, mean and standard deviation\n");
    out.append("\\begin{tabular}{l").append("r".repeat(columns - 1)).append("}\n\\toprule\n");
    out.append("Strategy");
    metrics.forEach(metric -> out.append(" & ").append(escaped(metric.title())));
    out.append(" & $p$ (Holm) & Stored parameters & Training tokens \\\\\n");
    for (Section section : table.sections()) {
      out.append("\\midrule\n\\multicolumn{")
          .append(columns)
          .append("}{l}{\\textit{")
          .append(escaped(heading(section).substring(3)))
          .append("}} \\\\\n");
      section.lines().forEach(line -> out.append(latexRow(line)).append(" \\\\\n"));
    }
    return out.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  private String latexRow(Line line) {
    RowResult result = line.result();
    List<String> cells = new ArrayList<>();
    String incomplete = result.completed() < result.planned() ? " (" + line.runs() + " runs)" : "";
    cells.add(escaped(result.row().strategy() + incomplete));
    for (MetricDefinition metric : metrics) {
      boolean bold = line.best() && metric.name().equals(table.sortedBy());
      cells.add(line.metric(metric.name()).map(summary -> percent(summary, bold)).orElse("--"));
    }
    cells.add(
        line.test()
            .map(
                test ->
                    test.wilcoxonHolm().isPresent()
                        ? MainTable.fixed("%.3f", test.wilcoxonHolm().getAsDouble())
                            + (test.sameProtocol() ? "" : "$^{*}$")
                        : "--")
            .orElse("--"));
    boolean any = result.completed() > 0;
    cells.add(any ? count(line, run -> run.cost().storedParameters()) : "--");
    cells.add(any ? count(line, run -> run.cost().tokens().train()) : "--");
    return String.join(" & ", cells);
  }

  private static String percent(Summary summary, boolean bold) {
    String mean = MainTable.fixed("%.1f", 100 * summary.mean());
    String deviation =
        summary.standardDeviation().isPresent()
            ? MainTable.fixed(" \\pm %.1f", 100 * summary.standardDeviation().getAsDouble())
            : "";
    return "$" + (bold ? "\\mathbf{" + mean + "}" : mean) + deviation + "$";
  }

  private static String escaped(String text) {
    return text.replaceAll("([&%$#_{}])", "\\\\$1");
  }
}
