package org.continuo.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;

/**
 * A file of results and the form it is in. It is written whole or not at all. Of form 1, only what
 * a record holds as optional may be absent, and fields that it does not know are passed over.
 *
 * @param <T> what the file says
 */
@Stability(Stability.Level.EVOLVING)
public final class ResultsFile<T> {
  /** {@code results.json} in the folder of a run. */
  public static final ResultsFile<RunResults> RUN =
      new ResultsFile<>(
          "results.json",
          RunResults.class,
          "the folder of a run that has ended; give one of those under runs/",
          "restore the file, or resume the run, which writes it again");

  /** {@code suite.json} in the folder of a suite. */
  public static final ResultsFile<SuiteResults> SUITE =
      new ResultsFile<>(
          "suite.json",
          SuiteResults.class,
          "the folder of a suite; run it first",
          "start the suite again, which writes it again from the runs there are");

  /** {@code comparison.json} in the folder of a comparison. */
  public static final ResultsFile<ComparisonResults> COMPARISON =
      new ResultsFile<>(
          "comparison.json",
          ComparisonResults.class,
          "what 'continuo report --compare A B' writes",
          "compare the runs again");

  /** {@code run.json} in a checkpoint. */
  public static final ResultsFile<RunState> STATE =
      new ResultsFile<>(
          "run.json",
          RunState.class,
          "a checkpoint of a run",
          "resume it with the version that wrote it, or run its experiment anew");

  private static final int FORM = 1;
  private static final String VERSION = "schemaVersion";

  private final String name;
  private final Class<T> type;
  private final String place;
  private final String remedy;

  private ResultsFile(String name, Class<T> type, String place, String remedy) {
    this.name = name;
    this.type = type;
    this.place = place;
    this.remedy = remedy;
  }

  public String name() {
    return name;
  }

  public Path in(Path folder) {
    return folder.resolve(name);
  }

  public boolean isIn(Path folder) {
    return Files.isRegularFile(in(folder));
  }

  /**
   * Of a folder.
   *
   * @throws DataException if the file is not there, damaged or of another form; the message says
   *     how to get it
   */
  public T read(Path folder) throws IOException {
    Path file = in(folder);
    if (!isIn(folder)) {
      throw new DataException(
          "%s: found no %s, expected %s"
              .formatted(
                  folder, Files.isDirectory(folder) ? name + " in it" : "such folder", place));
    }
    return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file);
  }

  /** Of a folder; empty if there are none in it that can be read. */
  public Optional<T> find(Path folder) {
    try {
      return Optional.of(read(folder));
    } catch (IOException | DataException e) {
      return Optional.empty();
    }
  }

  private T parse(String text, Path file) {
    try {
      JsonNode json = ResultsJson.MAPPER.readTree(text);
      if (json.path(VERSION).asInt() != FORM) {
        throw new DataException(
            "%s: found %s, expected %s %d, which this version of Continuo reads; %s"
                .formatted(
                    file,
                    json.has(VERSION) ? VERSION + " " + json.get(VERSION) : "no " + VERSION,
                    VERSION,
                    FORM,
                    remedy));
      }
      return ResultsJson.MAPPER.treeToValue(json, type);
    } catch (JsonMappingException e) {
      throw new DataException(
          "%s: found another form than expected (%s%s); %s"
              .formatted(file, where(e), e.getOriginalMessage(), remedy),
          e);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s%s: found no JSON (%s), expected what Continuo writes; %s"
              .formatted(file, line(e), e.getOriginalMessage(), remedy),
          e);
    }
  }

  private static String line(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation()).map(place -> ":" + place.getLineNr()).orElse("");
  }

  private static String where(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      path.append(
          step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
    }
    return path.isEmpty() ? "" : path.substring(path.charAt(0) == '.' ? 1 : 0) + ": ";
  }

  /**
   * Writes the whole file or leaves the old one: a reader never sees half of it.
   *
   * @return the file
   */
  public Path write(T value, Path folder) throws IOException {
    Path file = in(folder);
    Path part = folder.resolve(name + ".part");
    Files.writeString(part, text(value));
    return Files.move(
        part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  String text(T value) throws IOException {
    ObjectNode json = ResultsJson.MAPPER.createObjectNode().put(VERSION, FORM);
    json.setAll((ObjectNode) ResultsJson.MAPPER.valueToTree(value));
    return ResultsJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }
}
