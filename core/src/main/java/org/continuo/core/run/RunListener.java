package org.continuo.core.run;

import java.util.ArrayList;
import java.util.List;
import org.continuo.api.data.Task;
import org.continuo.core.train.TrainingListener;
import org.continuo.results.Event;

/** Tells the event log and whoever watches what happens in a run, and adds up what it costs. */
final class RunListener implements TrainingListener {
  private final Progress progress;
  private RunFolder folder;
  private final List<Long> trainable = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private String task = "";
  private int step;
  private long tokens;

  RunListener(Progress progress) {
    this.progress = progress;
  }

  /** Called before anything happens: a folder exists only once the plan has stood. */
  void writeTo(RunFolder events) {
    folder = events;
  }

  @Override
  public void taskStarted(Task started, int examples, int steps, long trainableParameters) {
    task = started.name();
    step = 0;
    trainable.add(trainableParameters);
    folder.event(new Event.TaskStarted(Event.now(), task, started.index(), examples, steps));
    progress.start("train " + task, steps);
  }

  @Override
  public void grew(long parameters) {
    int last = trainable.size() - 1;
    trainable.set(last, trainable.get(last) + parameters);
  }

  @Override
  public void step(StepReport report, int arrays) {
    step = report.step();
    tokens += report.tokens();
    folder.event(
        new Event.Step(
            Event.now(),
            task,
            report.step(),
            report.total(),
            report.loss(),
            report.losses(),
            report.learningRate(),
            report.gradientNorm(),
            report.tokens(),
            arrays));
    progress.step("loss %.3f".formatted(report.loss()));
  }

  @Override
  public void dev(double score, double best) {
    folder.event(new Event.Dev(Event.now(), task, step, score, best));
  }

  @Override
  public void value(String name, double value) {
    folder.event(new Event.Value(Event.now(), task, step, name, value));
  }

  @Override
  public void warning(String text) {
    warnings.add(text);
    folder.event(new Event.Warning(Event.now(), text));
    progress.say("warning: " + text);
  }

  /** The trained weights are put to the test, on this many tasks. */
  void testStarted(String what, int tasks) {
    progress.start(what, tasks);
  }

  void tested(Task one, double score) {
    progress.step("%s %.4f".formatted(one.name(), score));
  }

  /** Training or a test has come to its end. */
  void stretchEnded() {
    progress.close();
  }

  /** Goes on counting from here. */
  void resume(List<Long> trained, List<String> warned, long tokensRead) {
    trainable.addAll(trained);
    warnings.addAll(warned);
    tokens = tokensRead;
  }

  List<Long> trainable() {
    return List.copyOf(trainable);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Tokens read by training steps. */
  long tokens() {
    return tokens;
  }
}
