package org.continuo.core.run;

import ai.djl.engine.Engine;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.model.Backbone;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.core.evaluate.Metrics;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.terminal.Progress;
import org.continuo.core.train.Interruption;
import org.continuo.core.train.PromptEncoder;
import org.continuo.core.train.StoredSize;
import org.continuo.core.train.Trainer;

/**
 * One run, as the data goes through it: every task is trained, then every task is tested, one row
 * of the accuracy matrix at a time. Results are written after each row, so that whatever ends the
 * run leaves those there are.
 */
final class Execution {
  private final Experiment experiment;
  private final TaskStream stream;
  private final Backbone backbone;
  private final Engine engine;
  private final Trainer trainer;
  private final Evaluator evaluator;
  private final StoredSize storedSize;
  private final PromptEncoder encoder;
  private final Instant started = Instant.now();
  private final List<List<Double>> routing = new ArrayList<>();
  private final Metrics metrics;
  private MetricHistory history;
  private double trainSeconds;

  @Inject
  Execution(
      Experiment experiment,
      TaskStream stream,
      Backbone backbone,
      Engine engine,
      Trainer trainer,
      Evaluator evaluator,
      StoredSize storedSize,
      PromptEncoder encoder) {
    this.experiment = experiment;
    this.stream = stream;
    this.backbone = backbone;
    this.engine = engine;
    this.trainer = trainer;
    this.evaluator = evaluator;
    this.storedSize = storedSize;
    this.encoder = encoder;
    this.metrics = new Metrics(experiment.evaluation().metrics());
    this.history =
        MetricHistory.start(
            metrics.definitions(), stream.tasks().stream().map(Task::name).toList());
  }

  Outcome run(String strategy, RunFolder folder, RunListener listener, Progress progress)
      throws IOException {
    folder.event("run-started", Map.of("name", experiment.name(), "strategy", strategy));
    Map<String, Object> provenance =
        Provenance.of(engine, backbone, stream, experiment.stream().reads());
    List<Task> tasks = stream.tasks();
    AccuracyMatrix matrix =
        AccuracyMatrix.start(
            tasks.stream().map(Task::name).toList(),
            Optional.empty(),
            tasks.stream().map(task -> test(task).size()).toList());
    Outcome.Status status = Outcome.Status.COMPLETED;
    Optional<String> failure = Optional.empty();
    RuntimeException cause = null;
    try {
      if (experiment.evaluation().zeroShot()) {
        Tested tested = test(tasks, -1, "zero-shot", folder, progress, listener);
        matrix =
            AccuracyMatrix.start(matrix.tasks(), Optional.of(tested.scores), matrix.testExamples());
        history = history.withZeroShot(tested.metrics);
      }
      for (int stage = 0; stage < tasks.size(); stage++) {
        train(tasks.get(stage), folder, progress);
        String name = RunFolder.stageName(stage, tasks.get(stage).name());
        Tested tested = test(tasks, stage, name, folder, progress, listener);
        matrix = matrix.withStage(tested.scores);
        history = history.withStage(tested.metrics);
      }
    } catch (Interruption.Requested e) {
      status = Outcome.Status.INTERRUPTED;
    } catch (RuntimeException e) {
      status = Outcome.Status.FAILED;
      failure = Optional.of(String.valueOf(e.getMessage()));
      cause = e;
    }
    progress.close();
    if (encoder.cut() > 0) {
      listener.warning(
          "%d texts were longer than %d tokens and were cut at their end; raise training.maximum-length to read them whole"
              .formatted(encoder.cut(), encoder.maximumLength()));
    }
    Results.Content content =
        new Results.Content(
            status,
            experiment,
            strategy,
            matrix,
            routing,
            history,
            cost(listener),
            provenance,
            started,
            listener.warnings(),
            failure);
    folder.results(Results.of(content));
    folder.event("run-finished", Map.of("status", status.id()));
    if (cause != null) {
      throw new RunFailed(folder.path(), cause);
    }
    return new Outcome(status, folder.path(), matrix, history);
  }

  private void train(Task task, RunFolder folder, Progress progress) {
    long start = System.nanoTime();
    double evaluationBefore = evaluator.seconds();
    List<Example> dev = stream.examples(task, Split.DEV);
    trainer.train(task, stream.examples(task, Split.TRAIN), trained -> evaluator.dev(trained, dev));
    progress.close();
    double seconds = (System.nanoTime() - start) / 1e9 - (evaluator.seconds() - evaluationBefore);
    trainSeconds += seconds;
    folder.event("task-finished", Map.of("task", task.name(), "seconds", seconds));
  }

  /** One row of the accuracy matrix, and what the metrics say. */
  private record Tested(List<Double> scores, MetricHistory.Stage metrics) {}

  /**
   * @param stage of the accuracy matrix, -1 before any training
   */
  private Tested test(
      List<Task> tasks,
      int stage,
      String name,
      RunFolder folder,
      Progress progress,
      RunListener listener)
      throws IOException {
    List<Double> scores = new ArrayList<>();
    List<MetricHistory.Reading> readings = new ArrayList<>();
    List<Double> routed = new ArrayList<>();
    String split = tested().name().toLowerCase(Locale.ROOT);
    progress.start(split + " " + name, tasks.size());
    for (Task task : tasks) {
      Evaluator.Result result = evaluator.test(task, split, test(task));
      scores.add(result.score());
      result.routed().ifPresent(routed::add);
      MetricHistory.Reading reading =
          metrics.read(
              result.predictions(),
              "task '%s' at stage %s".formatted(task.name(), name),
              listener::warning);
      readings.add(reading);
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("stage", stage);
      event.put("task", task.name());
      event.put("score", result.score());
      event.put("examples", result.predictions().size());
      event.put("cached", result.cached());
      if (!reading.values().isEmpty()) {
        event.put("metrics", reading.values());
      }
      folder.event("evaluated", event);
      folder.predictions(name, task.name(), result.predictions());
      progress.step("%s %.4f".formatted(task.name(), result.score()));
    }
    progress.close();
    if (routed.size() == tasks.size()) {
      routing.add(routed);
    }
    return new Tested(scores, new MetricHistory.Stage(readings));
  }

  private List<Example> test(Task task) {
    return stream.examples(task, tested());
  }

  private Split tested() {
    return experiment.evaluation().split().examples();
  }

  private Results.Cost cost(RunListener listener) {
    return new Results.Cost(
        listener.trainable(),
        storedSize.numbers(),
        storedSize.exampleBytes(),
        backbone.description().parameters(),
        listener.tokens(),
        evaluator.tokens(),
        trainSeconds,
        evaluator.seconds(),
        (System.currentTimeMillis() - started.toEpochMilli()) / 1e3,
        Provenance.peakMemoryBytes());
  }
}
