package org.continuo.core.train;

import org.continuo.api.data.Task;

/** Tells nobody. */
class SilentListener implements TrainingListener {
  @Override
  public void taskStarted(Task task, int examples, int steps, long trainableParameters) {}

  @Override
  public void grew(long parameters) {}

  @Override
  public void step(StepReport report, int arrays) {}

  @Override
  public void dev(double score, double best) {}

  @Override
  public void value(String name, double value) {}

  @Override
  public void warning(String text) {}
}
