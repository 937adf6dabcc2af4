package org.continuo.streams.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Split;
import org.continuo.api.plugin.Option;
import org.continuo.streams.task.TaskOrder;
import org.continuo.streams.task.TemplateOptions;
import org.continuo.streams.task.Templates;

/** Options of the stream {@code content-review}. */
public record ContentReviewOptions(
    @Option(
            doc = "tasks in the order they are met; empty: all of them",
            choices = {"video-comments", "short-news-comments", "account-articles"})
        List<String> order,
    @Option(
            doc = "training examples per task",
            value = "800",
            unit = "examples",
            min = 2,
            max = 20000)
        int trainSize,
    @Option(doc = "dev examples per task", value = "150", unit = "examples", min = 2, max = 20000)
        int devSize,
    @Option(doc = "test examples per task", value = "300", unit = "examples", min = 2, max = 20000)
        int testSize,
    @Option(
            doc = "share of examples with the wrong label, in every split",
            value = "0.03",
            min = 0,
            max = 0.5)
        double labelNoise,
    @Option(doc = "prompt of the tasks that have none of their own") TemplateOptions template,
    @Option(doc = "prompts by name of the task") Map<String, TemplateOptions> templates) {
  public ContentReviewOptions {
    order = List.copyOf(order);
    templates = Map.copyOf(templates);
  }

  int size(Split split) {
    return switch (split) {
      case TRAIN -> trainSize;
      case DEV -> devSize;
      case TEST -> testSize;
    };
  }

  Templates allTemplates() {
    return new Templates(template, templates);
  }

  List<String> conflicts() {
    List<String> problems = new ArrayList<>(TaskOrder.conflicts(order));
    problems.addAll(allTemplates().conflicts());
    return problems;
  }
}
