package org.continuo.suite.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.core.files.Json;
import org.continuo.core.run.MetricJson;
import org.continuo.suite.compare.Comparison.Row;
import org.continuo.suite.compare.Pairing.Pairs;

/** The content of {@code comparison.json}, schema version 1. */
public final class ComparisonFile {
  public static final String NAME = "comparison.json";
  static final int SCHEMA_VERSION = 1;

  private ComparisonFile() {}

  /**
   * Creates the folder if need be and replaces the file.
   *
   * @return the file
   */
  public static Path write(Comparison comparison, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(NAME);
    Json.write(file, of(comparison));
    return file;
  }

  static Map<String, Object> of(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("a", run(comparison.pairing().a()));
    json.put("b", run(comparison.pairing().b()));
    json.put("score", comparison.pairing().a().score());
    json.put("tasks", comparison.pairing().tasks().stream().map(Pairs::task).toList());
    json.put("examples", comparison.pairing().tasks().stream().map(Pairs::size).toList());
    json.put("rows", comparison.rows().stream().map(ComparisonFile::row).toList());
    Bootstrap bootstrap = comparison.bootstrap();
    Map<String, Object> resampling = new LinkedHashMap<>();
    resampling.put("resamples", bootstrap.resamples());
    resampling.put("seed", bootstrap.seed());
    resampling.put("level", bootstrap.level());
    json.put("bootstrap", resampling);
    json.put(
        "metricDefinitions", comparison.metrics().stream().map(MetricJson::definition).toList());
    json.put("curves", curves(comparison));
    json.put("notes", comparison.notes());
    return json;
  }

  private static Map<String, Object> run(FinishedRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folder", run.folder().toAbsolutePath().normalize().toString());
    json.put("name", run.name());
    json.put("strategy", run.strategy());
    json.put("seed", run.seed());
    json.put("tasks", run.tasks());
    return json;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    row.task().ifPresent(task -> json.put("task", task));
    json.put("measure", row.quantity().measure());
    json.put("value", row.quantity().value());
    json.put("a", row.a());
    json.put("b", row.b());
    json.put("difference", row.difference());
    row.interval()
        .ifPresent(interval -> json.put("interval", List.of(interval.low(), interval.high())));
    return json;
  }

  private static List<Map<String, Object>> curves(Comparison comparison) {
    List<Map<String, Object>> all = new ArrayList<>();
    comparison
        .curves()
        .forEach(
            (metric, byTask) ->
                byTask.forEach(
                    (task, curves) -> {
                      Map<String, Object> json = new LinkedHashMap<>();
                      json.put("measure", metric);
                      json.put("task", task);
                      json.put("a", curves.a().stream().map(MetricJson::curve).toList());
                      json.put("b", curves.b().stream().map(MetricJson::curve).toList());
                      all.add(json);
                    }));
    return all;
  }
}
