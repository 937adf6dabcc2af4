package org.continuo.streams.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Template;

/**
 * The prompt template of each task.
 *
 * @param common for tasks that have none of their own
 * @param own by name of the task
 */
public record Templates(TemplateOptions common, Map<String, TemplateOptions> own) {
  public Templates {
    own = Map.copyOf(own);
  }

  public Template of(String task) {
    return own.getOrDefault(task, common).template();
  }

  /** What is wrong with the prompts themselves. */
  public List<String> conflicts() {
    List<String> problems = new ArrayList<>();
    check("template", common, problems);
    own.keySet().stream().sorted().forEach(t -> check("templates." + t, own.get(t), problems));
    return problems;
  }

  /** Reports templates of tasks that the stream does not have. */
  public void checkNames(List<String> available, Problems problems) {
    own.keySet().stream()
        .sorted()
        .filter(name -> !available.contains(name))
        .forEach(name -> problems.add("templates: " + Suggestion.unknown(name, available)));
  }

  /** True if any task is answered in letters. */
  public boolean lettered() {
    return common.letters() || own.values().stream().anyMatch(TemplateOptions::letters);
  }

  private static void check(String where, TemplateOptions options, List<String> problems) {
    options.problem().ifPresent(problem -> problems.add(where + ".prompt: " + problem));
  }
}
