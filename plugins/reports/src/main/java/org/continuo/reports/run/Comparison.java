package org.continuo.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What {@code comparison.json} says: two runs, A and B, on the same test examples.
 *
 * @param examples per task
 * @param level share of the resamples inside an interval
 * @param definitions of the metrics; the score has none
 */
public record Comparison(
    Side a,
    Side b,
    List<String> tasks,
    List<OptionalLong> examples,
    List<Row> rows,
    OptionalLong resamples,
    OptionalLong seed,
    OptionalDouble level,
    List<Definition> definitions,
    List<Curves> curves,
    List<String> notes) {
  public static final String FILE = "comparison.json";
  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One of the two runs. */
  public record Side(
      String folder, String name, String strategy, String seed, List<String> tasks) {}

  /**
   * A quantity that both have, as shares.
   *
   * @param task empty for the mean over the tasks
   * @param low end of the interval of the difference; empty if there is none
   */
  public record Row(
      Optional<String> task,
      String measure,
      String value,
      double a,
      double b,
      double difference,
      OptionalDouble low,
      OptionalDouble high) {
    /** Whether the interval leaves out that nothing differs. */
    public boolean sure() {
      return low.isPresent()
          && high.isPresent()
          && (low.getAsDouble() > 0 || high.getAsDouble() < 0);
    }

    /** The measure, and of which part of it the value is. */
    public String quantity() {
      return value.equals(TestMetric.TOTAL) ? measure : measure + " " + TestMetric.spoken(value);
    }
  }

  /** What stands behind the values of one metric on one task. */
  public record Curves(String measure, String task, List<MetricCurve> a, List<MetricCurve> b) {}

  /**
   * @throws IOException if the file is missing or not in the expected form; the message says how to
   *     get it
   */
  public static Comparison read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file
              + ": not found. It is what 'continuo report --compare A B' writes; name its folder.");
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (JsonProcessingException broken) {
      throw new IOException(
          file + ": not JSON: " + broken.getOriginalMessage() + ". Compare the runs again.",
          broken);
    }
    Fields fields = new Fields(root);
    OptionalLong version = fields.whole("schemaVersion");
    if (version.isEmpty() || version.getAsLong() != SCHEMA_VERSION) {
      throw new IOException(
          file
              + ": schemaVersion is "
              + fields.text("schemaVersion").orElse("absent")
              + ", this report reads "
              + SCHEMA_VERSION
              + ". Compare the runs again.");
    }
    return of(fields);
  }

  private static Comparison of(Fields fields) {
    Fields bootstrap = fields.object("bootstrap");
    return new Comparison(
        side(fields.object("a")),
        side(fields.object("b")),
        fields.texts("tasks"),
        fields.wholes("examples"),
        fields.objects("rows").stream().flatMap(row -> row(row).stream()).toList(),
        bootstrap.whole("resamples"),
        bootstrap.whole("seed"),
        bootstrap.number("level"),
        fields.objects("metricDefinitions").stream()
            .flatMap(each -> Definition.of(each).stream())
            .toList(),
        fields.objects("curves").stream()
            .map(
                each ->
                    new Curves(
                        each.text("measure").orElse(""),
                        each.text("task").orElse(""),
                        MetricCurve.allOf(each.objects("a")),
                        MetricCurve.allOf(each.objects("b"))))
            .toList(),
        fields.texts("notes"));
  }

  private static Side side(Fields run) {
    return new Side(
        run.text("folder").orElse("?"),
        run.text("name").orElse("?"),
        run.text("strategy").orElse("?"),
        run.text("seed").orElse("?"),
        run.texts("tasks"));
  }

  private static Optional<Row> row(Fields row) {
    OptionalDouble a = row.number("a");
    OptionalDouble b = row.number("b");
    List<OptionalDouble> interval = row.numbers("interval");
    return a.isEmpty() || b.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Row(
                row.text("task"),
                row.text("measure").orElse("?"),
                row.text("value").orElse(TestMetric.TOTAL),
                a.getAsDouble(),
                b.getAsDouble(),
                row.number("difference").orElse(b.getAsDouble() - a.getAsDouble()),
                interval.size() == 2 ? interval.get(0) : OptionalDouble.empty(),
                interval.size() == 2 ? interval.get(1) : OptionalDouble.empty()));
  }
}
