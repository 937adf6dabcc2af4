package org.continuo.core.plan;

import java.util.List;
import java.util.OptionalDouble;
import org.continuo.api.model.Backbone;

/**
 * What a run would do.
 *
 * @param warnings what does not keep it from being run but bears on its numbers
 * @param secondsEstimated from a few batches measured on this machine; empty if not measured
 */
public record Plan(
    Backbone.Description backbone,
    String strategy,
    List<TaskPlan> tasks,
    List<String> problems,
    List<String> warnings,
    OptionalDouble secondsEstimated) {
  public Plan {
    tasks = List.copyOf(tasks);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * One task.
   *
   * @param trainable parameters that train, head included
   * @param stored parameters the task adds to what is stored
   * @param steps optimiser steps
   * @param trainTokens over all epochs
   * @param testTokens of one test of its test split
   */
  public record TaskPlan(
      String name,
      int train,
      int dev,
      int test,
      long trainable,
      long stored,
      int steps,
      long trainTokens,
      long testTokens) {}

  public long trainTokens() {
    return tasks.stream().mapToLong(TaskPlan::trainTokens).sum();
  }

  public long stored() {
    return tasks.stream().mapToLong(TaskPlan::stored).sum();
  }
}
