package org.continuo.heads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.data.Template;
import org.continuo.api.learning.Host;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.LanguageModel;
import org.junit.jupiter.api.Test;

class FirstTokenHeadTest {
  private static final Map<String, long[]> TOKENS =
      Map.of(
          "good", new long[] {7},
          "bad", new long[] {8, 1},
          "badly", new long[] {8, 2},
          "\u200b", new long[0]);

  private static <T> T part(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }

  private static List<String> refusals(Template template, String... labels) {
    LanguageModel model =
        part(
            LanguageModel.class,
            (proxy, method, arguments) -> {
              throw new AssertionError("unexpected " + method);
            });
    Backbone backbone =
        part(Backbone.class, (proxy, method, arguments) -> Optional.of(model)); // languageModel()
    Host host =
        part(
            Host.class,
            (proxy, method, arguments) ->
                method.getName().equals("answer") ? TOKENS.get(arguments[1]) : backbone);
    return new FirstTokenHead(host).refusals(new Task("t", 0, template, List.of(labels)));
  }

  @Test
  void labelsAreToldApartByTheirTokensBehindThePrompt() {
    assertEquals(List.of(), refusals(Template.PLAIN, "good", "bad"));
  }

  @Test
  void theAdviceIsOneThatCanBeFollowed() {
    String clash =
        "head 'label-scoring': labels [bad, badly] of task 't' begin with the same token; set compare = whole-answer";
    assertEquals(
        List.of(clash + ", or letters = true in the task's template"),
        refusals(Template.PLAIN, "bad", "good", "badly"));
    assertEquals(List.of(clash), refusals(new Template("{text}", true), "bad", "badly"));
  }

  @Test
  void aLabelWithoutTokensIsRefused() {
    assertEquals(
        List.of(
            "head 'label-scoring': label '\u200b' of task 't' has no tokens; give it another name"),
        refusals(Template.PLAIN, "good", "\u200b"));
  }
}
