package org.continuo.core.train;

import org.continuo.core.experiment.Training;

/** The factor on the peak learning rate at each step of a task, in [0,1]. */
record LearningRate(Training.Schedule schedule, double warmup, int total) {

  /**
   * @param step from 0
   */
  double factor(int step) {
    int rising = (int) Math.round(warmup * total);
    if (step < rising) {
      return (step + 1.0) / rising;
    }
    double progress = (step - rising) / (double) Math.max(1, total - rising);
    return switch (schedule) {
      case CONSTANT -> 1;
      case LINEAR -> 1 - progress;
      case COSINE -> 0.5 * (1 + Math.cos(Math.PI * progress));
    };
  }
}
