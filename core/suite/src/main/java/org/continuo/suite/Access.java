package org.continuo.suite;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.continuo.api.plugin.Capability;
import org.continuo.core.config.Bound;
import org.continuo.core.experiment.Evaluation;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.plugin.PluginRegistry;

/**
 * What a strategy sees that another may not: rows that differ in it are not rivals.
 *
 * @param taskIdGiven whether the task of each test example is told, to the head too
 * @param usesTaskId whether the strategy answers by it
 * @param keepsPastData whether the strategy keeps training examples of earlier tasks
 * @param seesFutureData whether the strategy trains on tasks before their turn: an upper bound
 */
public record Access(
    boolean taskIdGiven, boolean usesTaskId, boolean keepsPastData, boolean seesFutureData)
    implements Comparable<Access> {
  private static final String STRATEGY = "experiment.strategy";

  static Access of(Bound<Experiment> experiment, PluginRegistry registry) {
    Set<Capability> uses = EnumSet.noneOf(Capability.class);
    experiment.choices().stream()
        .filter(
            choice -> choice.path().equals(STRATEGY) || choice.path().startsWith(STRATEGY + "."))
        .forEach(choice -> uses.addAll(registry.entry(choice.plugin()).uses(choice.options())));
    boolean given = experiment.options().evaluation().taskId() == Evaluation.TaskId.GIVEN;
    return new Access(
        given,
        given && uses.contains(Capability.TASK_ID_AT_TEST),
        uses.contains(Capability.PAST_DATA),
        uses.contains(Capability.FUTURE_DATA));
  }

  /** {@code task id given and used, past data kept}. */
  public String label() {
    String taskId =
        !taskIdGiven
            ? "task id inferred"
            : usesTaskId ? "task id given and used" : "task id given, not used";
    return taskId
        + (keepsPastData ? ", past data kept" : ", no past data")
        + (seesFutureData ? ", all tasks seen from the start" : "");
  }

  /**
   * Behind a name in a list that mixes protocols: {@code †} uses the id, {@code ‡} past data,
   * {@code §} future data.
   */
  public String marks() {
    List<String> marks = new ArrayList<>();
    if (usesTaskId) {
      marks.add("\u2020");
    }
    if (keepsPastData) {
      marks.add("\u2021");
    }
    if (seesFutureData) {
      marks.add("\u00a7");
    }
    return String.join("", marks);
  }

  private int privileges() {
    return (seesFutureData ? 8 : 0)
        + (taskIdGiven ? 4 : 0)
        + (usesTaskId ? 2 : 0)
        + (keepsPastData ? 1 : 0);
  }

  /** Those who see least come first. */
  @Override
  public int compareTo(Access other) {
    return Integer.compare(privileges(), other.privileges());
  }
}
