package org.continuo.testkit;

import java.util.Map;

/**
 * One optimiser step of a run.
 *
 * @param task that was trained
 * @param number since the start of the task, from 0
 * @param loss all terms, weighted and summed
 * @param losses each term by its name, before its weight; {@code task} is the task loss
 */
public record TrainedStep(String task, int number, double loss, Map<String, Double> losses) {
  public TrainedStep {
    losses = Map.copyOf(losses);
  }
}
