package org.continuo.reports.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What the page reads of {@code suite.json}, schema version 1. */
record SuiteData(JsonNode json) {
  private static final int SCHEMA_VERSION = 1;

  /**
   * @throws IOException if the file is not there or of another version
   */
  static SuiteData read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": found no such file, expected that of a suite; run it first");
    }
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    if (json.path("schemaVersion").asInt() != SCHEMA_VERSION) {
      throw new IOException(
          file
              + ": found schemaVersion "
              + json.path("schemaVersion")
              + ", expected "
              + SCHEMA_VERSION
              + "; start the suite again with this version of Continuo");
    }
    return new SuiteData(json);
  }

  /** A strategy under one setting of the further axes. */
  record Row(JsonNode json) {
    String strategy() {
      return json.path("strategy").asText();
    }

    String label() {
      return json.path("label").asText();
    }

    /** The setting as one text; empty without further axes. */
    String setting() {
      List<String> parts = new ArrayList<>();
      json.path("setting")
          .properties()
          .forEach(entry -> parts.add(entry.getKey() + " = " + entry.getValue().asText()));
      return String.join(", ", parts);
    }

    String protocol() {
      return json.at("/protocol/label").asText();
    }

    /** Its name with the marks of what it sees. */
    String marked() {
      return strategy() + marks();
    }

    String marks() {
      return json.at("/protocol/marks").asText();
    }

    int planned() {
      return json.at("/runs/planned").asInt();
    }

    int completed() {
      return json.at("/runs/completed").asInt();
    }

    int failed() {
      return json.at("/runs/failed").asInt();
    }

    Optional<Summary> metric(String name) {
      return Summary.of(json.path("metrics").path(name));
    }

    List<Summary> stream() {
      return elements(json.path("stream")).stream()
          .flatMap(each -> Summary.of(each).stream())
          .toList();
    }

    /** Of {@code cost} or {@code times}. */
    OptionalDouble mean(String block, String name) {
      return number(json.path(block).path(name));
    }
  }

  /** Mean with its interval; without one where a single score is. */
  record Summary(double mean, OptionalDouble deviation, OptionalDouble low, OptionalDouble high) {
    static Optional<Summary> of(JsonNode json) {
      return json.has("mean")
          ? Optional.of(
              new Summary(
                  json.path("mean").asDouble(),
                  number(json.path("sd")),
                  number(json.path("low")),
                  number(json.path("high"))))
          : Optional.empty();
    }
  }

  /** One cell of the comparison. */
  record Cell(JsonNode json) {
    String label() {
      return json.path("label").asText();
    }

    String order() {
      return json.path("order").asText();
    }

    String seed() {
      return json.path("seed").asText();
    }

    String status() {
      return json.path("status").asText();
    }

    String message() {
      return json.path("message").asText();
    }

    String folder() {
      return json.path("folder").asText();
    }

    List<String> tasks() {
      return elements(json.path("tasks")).stream().map(JsonNode::asText).toList();
    }

    double[][] accuracy() {
      return elements(json.path("accuracy")).stream()
          .map(row -> elements(row).stream().mapToDouble(JsonNode::asDouble).toArray())
          .toArray(double[][]::new);
    }
  }

  String name() {
    return json.path("name").asText();
  }

  String status() {
    return json.path("status").asText();
  }

  String score() {
    return json.path("score").asText("score");
  }

  /** Name of the metric that sorts. */
  String metric() {
    return json.path("metric").asText();
  }

  JsonNode definition(String metric) {
    return elements(json.path("metricDefinitions")).stream()
        .filter(each -> each.path("name").asText().equals(metric))
        .findFirst()
        .orElse(json.path("none"));
  }

  String title(String metric) {
    return definition(metric).path("title").asText(metric);
  }

  boolean higherIsBetter(String metric) {
    return definition(metric).path("higherIsBetter").asBoolean(true);
  }

  List<Row> rows() {
    return elements(json.path("rows")).stream().map(Row::new).toList();
  }

  List<Cell> cells() {
    return elements(json.path("cells")).stream().map(Cell::new).toList();
  }

  List<Cell> cells(Row row) {
    return cells().stream().filter(cell -> cell.label().equals(row.label())).toList();
  }

  List<JsonNode> comparisons() {
    return elements(json.path("comparisons"));
  }

  List<String> orders() {
    List<String> names = new ArrayList<>();
    json.path("orders").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Rows by setting, in the sequence of the file. */
  Map<String, List<Row>> bySetting() {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    rows().forEach(row -> groups.computeIfAbsent(row.setting(), s -> new ArrayList<>()).add(row));
    return groups;
  }

  /** Rows by protocol, the fewest privileges first. */
  static Map<String, List<Row>> byProtocol(List<Row> rows) {
    Map<Integer, List<Row>> groups = new TreeMap<>();
    rows.forEach(row -> groups.computeIfAbsent(privileges(row), p -> new ArrayList<>()).add(row));
    Map<String, List<Row>> named = new LinkedHashMap<>();
    groups.values().forEach(group -> named.put(group.get(0).protocol(), group));
    return named;
  }

  private static int privileges(Row row) {
    JsonNode protocol = row.json.path("protocol");
    return (protocol.path("futureData").asBoolean() ? 8 : 0)
        + (protocol.path("taskId").asText().equals("given") ? 4 : 0)
        + (protocol.path("usesTaskId").asBoolean() ? 2 : 0)
        + (protocol.path("pastData").asBoolean() ? 1 : 0);
  }

  static List<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).toList();
  }

  static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }
}
