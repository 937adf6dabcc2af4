package org.continuo.heads;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Host;
import org.continuo.api.model.LanguageModel;

/**
 * Scores each label by the logit of its first token after the prompt; trains by cross-entropy among
 * the labels of the task. Nothing is added to the model.
 */
final class FirstTokenHead extends LabelChoice {
  private final Host host;
  private final LabelColumns columns;
  private final LanguageModel model;

  FirstTokenHead(Host host) {
    this(host, new LabelColumns(host, LabelColumns.Sharing.PER_TASK));
  }

  private FirstTokenHead(Host host, LabelColumns columns) {
    super(host, columns);
    this.host = host;
    this.columns = columns;
    this.model =
        host.backbone()
            .languageModel()
            .orElseThrow(() -> new IllegalArgumentException("the backbone has no vocabulary head"));
  }

  @Override
  public List<String> refusals(Task task) {
    List<String> problems = new ArrayList<>(needsLabels(task, LabelScoringPlugin.ID));
    Map<Long, List<String>> byToken = new LinkedHashMap<>();
    for (String label : task.labels()) {
      if (host.answer(task, label).length == 0) {
        problems.add(
            "head 'label-scoring': label '%s' of task '%s' has no tokens; give it another name"
                .formatted(label, task.name()));
      } else {
        byToken.computeIfAbsent(token(task, label), t -> new ArrayList<>()).add(label);
      }
    }
    byToken.values().stream()
        .filter(labels -> labels.size() > 1)
        .forEach(
            labels ->
                problems.add(
                    "head 'label-scoring': labels %s of task '%s' begin with the same token; set compare = whole-answer%s"
                        .formatted(
                            labels,
                            task.name(),
                            task.template().letters()
                                ? ""
                                : ", or letters = true in the task's template")));
    return problems;
  }

  @Override
  public NDArray scores(NDArray hidden, Batch batch) {
    long[] tokens =
        columns.columns(batch.examples()).stream()
            .mapToLong(column -> token(column.owner(), column.label()))
            .toArray();
    return model.logits(hidden, tokens);
  }

  private long token(Task task, String label) {
    return host.answer(task, label)[0];
  }
}
