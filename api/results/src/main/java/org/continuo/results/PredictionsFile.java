package org.continuo.results;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.DataException;
import org.continuo.api.plugin.Stability;
import org.continuo.api.result.Prediction;

/** {@code predictions/STAGE--TASK.jsonl}: the answers of one test of one task, one per line. */
@Stability(Stability.Level.EVOLVING)
public final class PredictionsFile {
  /** The folder in that of a run. */
  public static final String FOLDER = "predictions";

  /** The test before any training. */
  public static final String ZERO_SHOT = "zero-shot";

  private static final ObjectReader LINES = ResultsJson.MAPPER.readerFor(Line.class);

  private PredictionsFile() {}

  /** Grades stand beside the other fields, under their names. */
  @JsonPropertyOrder({"example", "answer", "expected", "grades", "probabilities"})
  private record Line(
      String example,
      String answer,
      String expected,
      @JsonAnyGetter @JsonAnySetter Map<String, Double> grades,
      Optional<Map<String, Double>> probabilities) {
    static Line of(Prediction prediction) {
      return new Line(
          prediction.example(),
          prediction.answer(),
          prediction.expected(),
          prediction.grades(),
          Optional.of(prediction.probabilities()).filter(all -> !all.isEmpty()));
    }

    Prediction prediction() {
      return new Prediction(example, answer, expected, grades, probabilities.orElse(Map.of()));
    }
  }

  /**
   * How files name the test after a stage.
   *
   * @param stage from 0
   * @param trained the task just trained
   */
  public static String stage(int stage, String trained) {
    return stage + "-" + trained;
  }

  /**
   * Where a run keeps the answers to the test examples of a task.
   *
   * @param stage {@link #ZERO_SHOT} or as {@link #stage} names it
   */
  public static Path in(Path run, String stage, String task) {
    return run.resolve(FOLDER).resolve(stage + "--" + task + ".jsonl");
  }

  public static void write(List<Prediction> predictions, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Prediction prediction : predictions) {
        out.write(line(prediction));
        out.newLine();
      }
    }
  }

  /** Without the end of the line. */
  public static String line(Prediction prediction) {
    try {
      return ResultsJson.MAPPER.writeValueAsString(Line.of(prediction));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write as JSON: " + prediction, e);
    }
  }

  /**
   * In their order.
   *
   * @throws DataException naming the first line that holds no answer
   */
  public static List<Prediction> read(Path file) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        predictions.add(LINES.<Line>readValue(line).prediction());
      } catch (JsonMappingException e) {
        throw problem(file, predictions.size(), "no answer (" + e.getOriginalMessage() + ")", e);
      } catch (JsonProcessingException e) {
        throw problem(file, predictions.size(), "no JSON", e);
      }
    }
    return predictions;
  }

  private static DataException problem(Path file, int line, String found, Exception cause) {
    return new DataException(
        "%s:%d: found %s, expected one answer per line; run the experiment again"
            .formatted(file, line + 1, found),
        cause);
  }
}
