package org.continuo.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What {@code results.json} says.
 *
 * @param status {@code completed}, {@code interrupted} or {@code failed}
 * @param strategyOptions by path, {@code expert.rank}
 * @param scoreName what the matrix holds
 * @param testExamples per task; empty if not recorded
 * @param metrics in the order of the file
 * @param definitions of the metrics, those without a value too
 * @param testMetrics measured on the answers of every test; empty if the experiment names none
 * @param taskId {@code given} or {@code inferred} at test time
 * @param pastData whether examples of earlier tasks may be kept
 * @param provenance by path, {@code checkpoint.sha256}
 */
public record Results(
    Optional<String> name,
    String status,
    Optional<String> strategy,
    Map<String, String> strategyOptions,
    OptionalLong seed,
    String scoreName,
    Scores scores,
    List<OptionalLong> testExamples,
    Map<String, Double> metrics,
    List<Definition> definitions,
    List<TestMetric> testMetrics,
    Optional<String> taskId,
    Optional<Boolean> pastData,
    Cost cost,
    Map<String, String> provenance,
    Optional<Instant> started,
    Optional<Instant> finished,
    Optional<String> failure,
    List<String> warnings) {

  public static final String COMPLETED = "completed";
  public static final String FAILED = "failed";
  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Results read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file
              + ": not found. A report is made from the folder of a run, which holds results.json"
              + " once the run has ended; name such a folder.");
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (JsonProcessingException broken) {
      throw new IOException(
          file
              + ": not JSON: "
              + broken.getOriginalMessage()
              + " at line "
              + broken.getLocation().getLineNr()
              + ". Restore the file, or resume the run, which writes it again.",
          broken);
    }
    Fields fields = new Fields(root);
    List<String> problems = problems(fields);
    if (!problems.isEmpty()) {
      throw new IOException(file + ": " + String.join("; ", problems));
    }
    return of(fields);
  }

  private static List<String> problems(Fields fields) {
    if (!fields.node().isObject()) {
      return List.of("expected a JSON object");
    }
    List<String> problems = new ArrayList<>();
    OptionalLong version = fields.whole("schemaVersion");
    if (version.isEmpty() || version.getAsLong() != SCHEMA_VERSION) {
      problems.add(
          "schemaVersion is "
              + fields.text("schemaVersion").orElse("absent")
              + ", this report reads "
              + SCHEMA_VERSION
              + ": use the version of Continuo that made the run");
    }
    if (fields.text("status").isEmpty()) {
      problems.add("status is absent, expected completed, interrupted or failed");
    }
    List<String> tasks = fields.texts("tasks");
    if (tasks.isEmpty()) {
      problems.add("tasks is absent or empty, expected a list of names");
    }
    if (!fields.has("accuracy")) {
      problems.add("accuracy is absent, expected one row of scores per finished stage");
    }
    List<List<OptionalDouble>> rows = fields.rows("accuracy");
    if (rows.size() > tasks.size()) {
      problems.add(
          "accuracy has " + rows.size() + " rows, expected at most one per task: " + tasks.size());
    }
    for (int stage = 0; stage < rows.size(); stage++) {
      if (rows.get(stage).size() != tasks.size()) {
        problems.add(
            "accuracy, row "
                + stage
                + " has "
                + rows.get(stage).size()
                + " scores, expected one per task: "
                + tasks.size());
      }
    }
    return problems;
  }

  private static Results of(Fields fields) {
    Map<String, String> provenance = fields.object("provenance").flat();
    provenance.remove("started");
    provenance.remove("finished");
    return new Results(
        fields.text("name"),
        fields.text("status").orElseThrow(),
        fields.text("strategy"),
        fields.object("strategyOptions").flat(),
        fields.whole("seed"),
        fields.text("score").orElse("score"),
        new Scores(fields.texts("tasks"), fields.rows("accuracy"), fields.numbers("zeroShot")),
        fields.wholes("testExamples"),
        fields.object("metrics").numbersByName(),
        fields.objects("metricDefinitions").stream()
            .flatMap(each -> Definition.of(each).stream())
            .toList(),
        TestMetric.allOf(fields),
        fields.object("protocol").text("taskId"),
        fields.object("protocol").flag("pastData"),
        Cost.of(fields.object("cost")),
        provenance,
        fields.object("provenance").time("started"),
        fields.object("provenance").time("finished"),
        fields.object("failure").text("message"),
        fields.texts("warnings"));
  }

  public List<String> tasks() {
    return scores.tasks();
  }

  public boolean completed() {
    return status.equals(COMPLETED);
  }

  public OptionalDouble metric(String name) {
    return metrics.containsKey(name)
        ? OptionalDouble.of(metrics.get(name))
        : OptionalDouble.empty();
  }

  public Definition definition(String name) {
    return definitions.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseGet(() -> Definition.unknown(name));
  }

  /** Warnings of the file and of others, each once. */
  public List<String> warningsWith(List<String> others) {
    Set<String> all = new LinkedHashSet<>(warnings);
    all.addAll(others);
    return List.copyOf(all);
  }
}
