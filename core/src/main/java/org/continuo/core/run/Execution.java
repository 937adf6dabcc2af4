package org.continuo.core.run;

import ai.djl.engine.Engine;
import jakarta.inject.Inject;
import java.io.IOException;
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
import org.continuo.core.config.Bound;
import org.continuo.core.config.Fingerprint;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.core.evaluate.Metrics;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.files.Json;
import org.continuo.core.train.Interruption;
import org.continuo.core.train.PromptEncoder;
import org.continuo.core.train.StoredSize;
import org.continuo.core.train.Trainer;

/**
 * One run, as the data goes through it: every task is trained, then every task is tested, one row
 * of the accuracy matrix at a time, with a checkpoint after each. Results are written whatever ends
 * the run.
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
  private final Checkpointing checkpointing;
  private final long begin = System.nanoTime();
  private final Metrics metrics;
  private Optional<Map<String, Object>> provenance = Optional.empty();

  @Inject
  Execution(
      Experiment experiment,
      TaskStream stream,
      Backbone backbone,
      Engine engine,
      Trainer trainer,
      Evaluator evaluator,
      StoredSize storedSize,
      PromptEncoder encoder,
      Checkpointing checkpointing) {
    this.experiment = experiment;
    this.stream = stream;
    this.backbone = backbone;
    this.engine = engine;
    this.trainer = trainer;
    this.evaluator = evaluator;
    this.storedSize = storedSize;
    this.encoder = encoder;
    this.checkpointing = checkpointing;
    this.metrics = new Metrics(experiment.evaluation().metrics());
  }

  /**
   * What is to be done.
   *
   * @param command by which it was asked for
   * @param file the experiment as it was read
   * @param from where to go on; empty: from the beginning
   */
  record Job(
      String command,
      String strategy,
      Bound<Experiment> file,
      RunFolder folder,
      RunListener listener,
      Optional<Checkpoint> from) {}

  /** Why it cannot go on from there; empty if it can. */
  List<String> refusals(Checkpoint from) {
    return Checkpointing.refusals(from, Provenance.environment(provenance()));
  }

  private Map<String, Object> provenance() {
    if (provenance.isEmpty()) {
      provenance =
          Optional.of(Provenance.of(engine, backbone, stream, experiment.stream().reads()));
    }
    return provenance.get();
  }

  Outcome run(Job job) throws IOException {
    RunFolder folder = job.folder;
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("name", experiment.name());
    event.put("strategy", job.strategy);
    event.put("command", job.command);
    folder.event("run-started", event);
    Checkpointing.Frame frame =
        new Checkpointing.Frame(
            Fingerprint.of(job.file), job.file.text(), Provenance.environment(provenance()));
    List<Task> tasks = stream.tasks();
    Standing standing = start(tasks);
    if (job.from.isPresent()) {
      standing = checkpointing.restore(job.from.get(), standing, job.listener);
      Checkpointing.warnings(job.from.get(), frame.environment()).forEach(job.listener::warning);
    }
    Outcome.Status status = Outcome.Status.COMPLETED;
    Optional<String> failure = Optional.empty();
    RuntimeException cause = null;
    try {
      if (experiment.evaluation().zeroShot() && standing.stages() == 0) {
        standing = standing.withZeroShot(test(tasks, -1, "zero-shot", job));
      }
      while (standing.stages() < tasks.size()) {
        int stage = standing.stages();
        standing = standing.afterTraining(train(tasks.get(stage), job));
        String name = RunFolder.stageName(stage, tasks.get(stage).name());
        standing = standing.withStage(test(tasks, stage, name, job));
        checkpointing.write(
            folder, name, frame, standing, cost(standing, job.listener), job.listener.warnings());
      }
    } catch (Interruption.Requested e) {
      status = Outcome.Status.INTERRUPTED;
    } catch (RuntimeException e) {
      status = Outcome.Status.FAILED;
      failure = Optional.of(String.valueOf(e.getMessage()));
      cause = e;
    }
    job.listener.stretchEnded();
    if (encoder.cut() > 0) {
      job.listener.warning(
          "%d texts were longer than %d tokens and were cut at their end; raise training.maximum-length to read them whole"
              .formatted(encoder.cut(), encoder.maximumLength()));
    }
    Results.Content content =
        new Results.Content(
            status,
            experiment,
            job.strategy,
            standing.matrix(),
            standing.routing(),
            standing.history(),
            cost(standing, job.listener),
            provenance(),
            standing.started(),
            job.listener.warnings(),
            failure);
    folder.results(Results.of(content));
    folder.event("run-finished", Map.of("status", status.id()));
    if (cause != null) {
      throw new RunFailed(folder.path(), cause);
    }
    if (status == Outcome.Status.COMPLETED) {
      checkpointing.completed(folder);
    }
    return new Outcome(status, folder.path(), standing.matrix(), standing.history());
  }

  private Standing start(List<Task> tasks) {
    List<String> names = tasks.stream().map(Task::name).toList();
    return Standing.start(
        AccuracyMatrix.start(
            names, Optional.empty(), tasks.stream().map(task -> test(task).size()).toList()),
        MetricHistory.start(metrics.definitions(), names));
  }

  /** Seconds it took, evaluation on the way left out. */
  private double train(Task task, Job job) {
    long start = System.nanoTime();
    double evaluationBefore = evaluator.seconds();
    List<Example> dev = stream.examples(task, Split.DEV);
    trainer.train(task, stream.examples(task, Split.TRAIN), trained -> evaluator.dev(trained, dev));
    job.listener.stretchEnded();
    double seconds = (System.nanoTime() - start) / 1e9 - (evaluator.seconds() - evaluationBefore);
    job.folder.event("task-finished", Json.object("task", task.name(), "seconds", seconds));
    return seconds;
  }

  /**
   * @param stage of the accuracy matrix, -1 before any training
   */
  private Standing.Tested test(List<Task> tasks, int stage, String name, Job job)
      throws IOException {
    List<Double> scores = new ArrayList<>();
    List<MetricHistory.Reading> readings = new ArrayList<>();
    List<Double> routed = new ArrayList<>();
    String split = tested().name().toLowerCase(Locale.ROOT);
    job.listener.testStarted(split + " " + name, tasks.size());
    for (Task task : tasks) {
      Evaluator.Result result = evaluator.test(task, split, test(task));
      scores.add(result.score());
      result.routed().ifPresent(routed::add);
      MetricHistory.Reading reading =
          metrics.read(
              result.predictions(),
              "task '%s' at stage %s".formatted(task.name(), name),
              job.listener::warning);
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
      job.folder.event("evaluated", event);
      job.folder.predictions(name, task.name(), result.predictions());
      job.listener.tested(task, result.score());
    }
    job.listener.stretchEnded();
    return new Standing.Tested(scores, routed, new MetricHistory.Stage(readings));
  }

  private List<Example> test(Task task) {
    return stream.examples(task, tested());
  }

  private Split tested() {
    return experiment.evaluation().split().examples();
  }

  private Results.Cost cost(Standing standing, RunListener listener) {
    return new Results.Cost(
        listener.trainable(),
        storedSize.numbers(),
        storedSize.exampleBytes(),
        backbone.description().parameters(),
        listener.tokens(),
        evaluator.tokens(),
        standing.trainSeconds(),
        evaluator.seconds(),
        standing.secondsBefore() + (System.nanoTime() - begin) / 1e9,
        Math.max(standing.peakMemoryBefore(), Provenance.peakMemoryBytes()));
  }
}
