package org.continuo.heads;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Request;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.api.result.Prediction;

/** Trains on the tokens of the answer and writes answers by greedy generation. */
final class FreeTextHead extends AnswerTokens {

  /** What fills the accuracy matrix. */
  enum Score {
    EXACT_MATCH,
    ROUGE_L,
    EDIT_SIMILARITY,
    SARI,
    /**
     * Share of answer tokens that are the most probable after those before; nothing is generated.
     */
    TOKEN_ACCURACY;

    String grade() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How answers are written and graded. */
  public record Options(
      @Option(doc = "the grade that fills the accuracy matrix", value = "exact-match") Score score,
      @Option(doc = "the grade of single tasks, by their names, where it is another")
          Optional<Map<String, Score>> scores,
      @Option(
              doc =
                  "what answers may differ in and still match exactly. strict, also if left out:"
                      + " surrounding white space; squad (arXiv 1606.05250): case, ASCII"
                      + " punctuation, spaces and the words a, an, the; o-lora (arXiv 2310.14152):"
                      + " as squad, but articles count; trace (arXiv 2310.06762): as strict, and an"
                      + " empty answer matches nothing")
          Optional<Normalisation> normalisation,
      @Option(doc = "longest answer written at test", value = "32", unit = "tokens", min = 1)
          int limit) {
    Score score(String task) {
      return scores.map(own -> own.get(task)).orElse(score);
    }

    Set<Score> used() {
      Set<Score> used = EnumSet.of(score);
      scores.ifPresent(own -> used.addAll(own.values()));
      return used;
    }
  }

  private final Host host;
  private final Options options;

  FreeTextHead(Options options, Host host) {
    super(host);
    this.options = options;
    this.host = host;
  }

  @Override
  public List<String> refusals(Task task) {
    List<String> known = host.announced().stream().map(Task::name).toList();
    return options.scores.map(Map::keySet).orElse(Set.of()).stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .map(
            name ->
                "head.scores: found task '%s', expected one of %s; correct or remove it"
                    .formatted(name, known))
        .toList();
  }

  @Override
  public List<Prediction> answer(List<Example> examples, Wiring wiring) {
    return options.score == Score.TOKEN_ACCURACY
        ? teacherForced(examples, wiring)
        : generated(examples, wiring);
  }

  private List<Prediction> generated(List<Example> examples, Wiring wiring) {
    Tokenizer tokenizer = host.backbone().tokenizer();
    List<long[]> written =
        model()
            .generate(
                new LanguageModel.Generation(
                    wiring, host.prompts(examples), options.limit, tokenizer.endIds()));
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      String answer = tokenizer.decode(written.get(i)).strip();
      String expected =
          example
              .task()
              .map(host::task)
              .map(task -> task.template().spoken(task, example.answer()).strip())
              .orElse(example.answer());
      Map<String, Double> grades = grades(example.text(), answer, expected);
      predictions.add(new Prediction(example.id(), answer, expected, grades, Map.of()));
    }
    return predictions;
  }

  /** All that some task is scored by: an example may be taken for one of another task. */
  private Map<String, Double> grades(String source, String answer, String expected) {
    Map<String, Double> grades = new LinkedHashMap<>();
    boolean match = options.normalisation.orElse(Normalisation.STRICT).match(answer, expected);
    grades.put(Score.EXACT_MATCH.grade(), match ? 1.0 : 0.0);
    grades.put(Score.ROUGE_L.grade(), TextGrades.rougeL(answer, expected));
    if (options.used().contains(Score.EDIT_SIMILARITY)) {
      grades.put(Score.EDIT_SIMILARITY.grade(), TextGrades.editSimilarity(answer, expected));
    }
    if (options.used().contains(Score.SARI)) {
      grades.put(Score.SARI.grade(), Sari.of(source, answer, expected));
    }
    return grades;
  }

  private List<Prediction> teacherForced(List<Example> examples, Wiring wiring) {
    Batch batch = host.batch(examples);
    NDArray scores = host.pass(batch, Request.of(wiring)).scores().orElseThrow();
    long[] likeliest = scores.argMax(-1).toLongArray();
    long[] targets = batch.targets().toLongArray();
    long[] rows = batch.rows().toLongArray();
    long length = batch.tokens().getShape().get(1);
    int[] hits = new int[examples.size()];
    int[] counts = new int[examples.size()];
    for (int r = 0; r < rows.length; r++) {
      int row = (int) (rows[r] / length);
      counts[row]++;
      hits[row] += likeliest[r] == targets[r] ? 1 : 0;
    }
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      Example example = examples.get(i);
      double share = counts[i] == 0 ? 0 : (double) hits[i] / counts[i];
      predictions.add(
          new Prediction(
              example.id(),
              "",
              example.answer(),
              Map.of(Score.TOKEN_ACCURACY.grade(), share),
              Map.of()));
    }
    return predictions;
  }
}
