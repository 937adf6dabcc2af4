package org.continuo.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Tokenizer;
import org.continuo.api.model.Wiring;
import org.continuo.api.result.Prediction;
import org.continuo.heads.FreeTextHead.Score;
import org.junit.jupiter.api.Test;

class FreeTextHeadTest {
  private static final List<Task> TASKS =
      Stream.of("code", "plain").map(name -> new Task(name, 0, Template.PLAIN, List.of())).toList();

  private static <T> T part(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }

  /** Of a language model that answers every question so. */
  private static Host host(String answer) {
    LanguageModel model =
        part(
            LanguageModel.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "generate" -> List.of(new long[] {1});
                  default -> throw new AssertionError("unexpected " + method);
                });
    Tokenizer tokenizer =
        part(
            Tokenizer.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "decode" -> answer;
                  case "endIds" -> List.of(2L);
                  default -> throw new AssertionError("unexpected " + method);
                });
    Backbone backbone =
        part(
            Backbone.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "languageModel" -> Optional.of(model);
                  case "tokenizer" -> tokenizer;
                  default -> throw new AssertionError("unexpected " + method);
                });
    return part(
        Host.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "backbone" -> backbone;
              case "announced" -> TASKS;
              case "task" -> TASKS.get(arguments[0].equals("code") ? 0 : 1);
              case "prompts" -> List.of(new long[] {3});
              default -> throw new AssertionError("unexpected " + method);
            });
  }

  private static FreeTextHead.Options options(Score score, Map<String, Score> scores) {
    return new FreeTextHead.Options(score, Optional.of(scores), Optional.empty(), 8);
  }

  private static Map<String, Double> grades(FreeTextHead.Options options, String task) {
    Prediction prediction =
        new FreeTextHead(options, host("a d"))
            .answer(List.of(new Example("x", task, "a b c", "a d e")), Wiring.NONE)
            .get(0);
    assertEquals("a d", prediction.answer());
    return prediction.grades();
  }

  @Test
  void answersHaveTheGradesOfAllTasks() {
    assertEquals(
        Map.of("exact-match", 0.0, "rouge-l", 0.8),
        grades(options(Score.ROUGE_L, Map.of()), "code"));
    FreeTextHead.Options mixed =
        options(Score.ROUGE_L, Map.of("code", Score.EDIT_SIMILARITY, "plain", Score.SARI));
    for (String task : List.of("code", "plain")) {
      Map<String, Double> grades = grades(mixed, task);
      assertEquals(Set.of("exact-match", "rouge-l", "edit-similarity", "sari"), grades.keySet());
      assertEquals(0.75, grades.get("edit-similarity"), 1e-12);
      assertEquals(31.0 / 36, grades.get("sari"), 1e-12);
    }
  }

  private static double exactMatch(
      Optional<Normalisation> normalisation, String written, String expected) {
    FreeTextHead.Options options =
        new FreeTextHead.Options(Score.EXACT_MATCH, Optional.empty(), normalisation, 8);
    return new FreeTextHead(options, host(written))
        .answer(List.of(new Example("x", "plain", "text", expected)), Wiring.NONE)
        .get(0)
        .grades()
        .get("exact-match");
  }

  @Test
  void aSignDistinguishesAnswersUnlessANormalisationIsAskedFor() {
    assertEquals(0, exactMatch(Optional.empty(), "1", "-1"));
    assertEquals(1, exactMatch(Optional.empty(), " -1", "-1"));
    assertEquals(1, exactMatch(Optional.of(Normalisation.SQUAD), "1", "-1"));
    assertEquals(0, exactMatch(Optional.of(Normalisation.O_LORA), "the end", "end"));
    assertEquals(0, exactMatch(Optional.of(Normalisation.TRACE), "", ""));
  }

  @Test
  void aTaskThatIsNamedHasItsOwnScore() {
    var factory =
        new FreeTextPlugin().create(options(Score.ROUGE_L, Map.of("code", Score.EDIT_SIMILARITY)));
    assertEquals("edit-similarity", factory.score("code"));
    assertEquals("rouge-l", factory.score("plain"));
  }

  @Test
  void unknownTasksAreRefused() {
    FreeTextHead head =
        new FreeTextHead(
            options(Score.ROUGE_L, Map.of("cod", Score.SARI, "plain", Score.SARI)), host(""));
    assertEquals(
        List.of(
            "head.scores: found task 'cod', expected one of [code, plain]; correct or remove it"),
        head.refusals(TASKS.get(0)));
  }

  @Test
  void tokenAccuracyStandsAlone() {
    FreeTextPlugin plugin = new FreeTextPlugin();
    assertEquals(
        List.of(
            "scores: found token-accuracy beside rouge-l, sari, expected it alone, as no answer is written for it; give all tasks token-accuracy or none"),
        plugin.conflicts(
            options(Score.ROUGE_L, Map.of("code", Score.TOKEN_ACCURACY, "plain", Score.SARI))));
    assertEquals(
        List.of(),
        plugin.conflicts(options(Score.TOKEN_ACCURACY, Map.of("code", Score.TOKEN_ACCURACY))));
    assertEquals(List.of(), plugin.conflicts(options(Score.SARI, Map.of())));
  }
}
