package org.continuo.core.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Head;
import org.continuo.api.model.Backbone;
import org.continuo.core.config.Bound;
import org.continuo.core.config.Fingerprint;
import org.continuo.core.engine.Engines;
import org.continuo.core.evaluate.AccuracyMatrix;
import org.continuo.core.evaluate.ContinualMetrics;
import org.continuo.core.evaluate.Evaluator;
import org.continuo.core.evaluate.MetricHistory;
import org.continuo.core.evaluate.Metrics;
import org.continuo.core.experiment.Experiment;
import org.continuo.core.train.Interruption;
import org.continuo.core.train.PromptEncoder;
import org.continuo.core.train.StoredSize;
import org.continuo.core.train.Trainer;
import org.continuo.results.Cost;
import org.continuo.results.Event;
import org.continuo.results.PredictionsFile;
import org.continuo.results.Protocol;
import org.continuo.results.Provenance;
import org.continuo.results.Reading;
import org.continuo.results.RunResults;
import org.continuo.results.RunState;
import org.continuo.results.RunStatus;

/**
 * One run, as the data goes through it: every task is trained, then every task is tested, one row
 * of the accuracy matrix at a time, with a checkpoint after each. Results are written whatever ends
 * the run.
 */
final class Execution {
  private final Experiment experiment;
  private final TaskStream stream;
  private final Backbone backbone;
  private final Trainer trainer;
  private final Evaluator evaluator;
  private final StoredSize storedSize;
  private final PromptEncoder encoder;
  private final Head head;
  private final Checkpointing checkpointing;
  private final long begin = System.nanoTime();
  private final Metrics metrics;
  private Optional<Provenance> provenance = Optional.empty();
  private RunState.Scores scores = RunState.Scores.NONE;

  /** Up to where it goes on from. */
  private RunState.Spent before = RunState.Spent.none(Instant.now());

  private double trainSeconds;

  @Inject
  Execution(
      Experiment experiment,
      TaskStream stream,
      Backbone backbone,
      Trainer trainer,
      Evaluator evaluator,
      StoredSize storedSize,
      PromptEncoder encoder,
      Head head,
      Checkpointing checkpointing) {
    this.experiment = experiment;
    this.stream = stream;
    this.backbone = backbone;
    this.trainer = trainer;
    this.evaluator = evaluator;
    this.storedSize = storedSize;
    this.encoder = encoder;
    this.head = head;
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
    return Checkpointing.refusals(from, Surroundings.environment(provenance()));
  }

  private Provenance provenance() {
    if (provenance.isEmpty()) {
      provenance =
          Optional.of(
              Surroundings.of(
                  experiment.backbone().engines().stream().map(Engines::of).toList(),
                  backbone,
                  stream,
                  experiment.stream().reads()));
    }
    return provenance.get();
  }

  Outcome run(Job job) throws IOException {
    RunFolder folder = job.folder;
    folder.event(
        new Event.RunStarted(Event.now(), experiment.name().value(), job.strategy, job.command));
    Checkpointing.Frame frame =
        new Checkpointing.Frame(
            Fingerprint.of(job.file), job.file.text(), Surroundings.environment(provenance()));
    List<Task> tasks = stream.tasks();
    if (job.from.isEmpty()) {
      stream.warnings().forEach(job.listener::warning);
    }
    job.from.ifPresent(
        checkpoint -> {
          checkpointing.restore(checkpoint, job.listener);
          scores = checkpoint.state().scores();
          before = checkpoint.state().spent();
          trainSeconds = before.trainSeconds();
          Checkpointing.warnings(checkpoint, frame.environment()).forEach(job.listener::warning);
        });
    RunStatus status = RunStatus.COMPLETED;
    Optional<Throwable> cause = Optional.empty();
    try {
      learn(tasks, frame, job);
    } catch (Interruption.Requested e) {
      status = RunStatus.INTERRUPTED;
    } catch (IOException | RuntimeException | Error e) {
      status = RunStatus.FAILED;
      cause = Optional.of(e);
    }
    Outcome outcome;
    try {
      outcome = end(status, cause.map(Reason::of), tasks, job);
    } catch (IOException | RuntimeException | Error e) {
      Throwable first = cause.orElse(e); // a full disk or heap strikes again
      throw new RunFailed(folder.path(), experiment.training(), first);
    }
    if (cause.isPresent()) {
      throw new RunFailed(folder.path(), experiment.training(), cause.get());
    }
    if (status == RunStatus.COMPLETED) {
      checkpointing.completed(folder);
    }
    return outcome;
  }

  private void learn(List<Task> tasks, Checkpointing.Frame frame, Job job) throws IOException {
    if (experiment.evaluation().zeroShot() && scores.stages() == 0) {
      Tested tested = test(tasks, -1, PredictionsFile.ZERO_SHOT, job);
      accept(scores.withZeroShot(tested.row, tested.routed, tested.readings));
    }
    while (scores.stages() < tasks.size()) {
      int stage = scores.stages();
      trainSeconds += train(tasks.get(stage), job);
      checkpointing.requireFinite();
      String name = PredictionsFile.stage(stage, tasks.get(stage).name());
      Tested tested = test(tasks, stage, name, job);
      accept(scores.withStage(tested.row, tested.routed, tested.readings));
      checkpointing.write(
          job.folder, name, frame, scores, spent(job.listener), job.listener.warnings());
    }
  }

  /** The results come last: whoever finds them finds all the rest. */
  private Outcome end(RunStatus status, Optional<String> failure, List<Task> tasks, Job job)
      throws IOException {
    job.listener.stretchEnded();
    if (encoder.cut() > 0) {
      job.listener.warning(
          "texts longer than %d tokens, cut at their end: %d; raise training.maximum-length to read them whole"
              .formatted(encoder.maximumLength(), encoder.cut()));
    }
    long cutAnswers = head instanceof Head.Choosing ? 0 : count(tasks, encoder::cutAnswers);
    if (cutAnswers > 0) {
      job.listener.warning(
          "%d examples have an answer of more tokens than half of %d, or than their prompt leaves, which was cut at its end; raise training.maximum-length, or shorten the template"
              .formatted(cutAnswers, encoder.maximumLength()));
    }
    long malformed = count(tasks, Execution::malformed);
    if (malformed > 0) {
      job.listener.warning(
          "%d examples hold half of a surrogate pair (broken UTF-16); each such half was read as U+FFFD; mend the data, or the program that cut it"
              .formatted(malformed));
    }
    AccuracyMatrix matrix = matrix(scores);
    MetricHistory history = MetricHistory.of(metrics.definitions(), matrix.tasks(), scores);
    RunResults results = results(status, failure, matrix, history, job);
    job.folder.event(new Event.RunFinished(Event.now(), status));
    job.folder.results(results);
    return new Outcome(status, job.folder.path(), matrix, history);
  }

  /** Scores that are no numbers are refused before they are kept. */
  private void accept(RunState.Scores next) {
    matrix(next);
    scores = next;
  }

  private AccuracyMatrix matrix(RunState.Scores of) {
    return new AccuracyMatrix(
        stream.tasks().stream().map(Task::name).toList(),
        of.accuracy(),
        of.zeroShot(),
        stream.tasks().stream().map(task -> test(task).size()).toList());
  }

  /** Seconds it took, evaluation on the way left out. */
  private double train(Task task, Job job) {
    long start = System.nanoTime();
    double evaluationBefore = evaluator.seconds();
    List<Example> dev = stream.examples(task, Split.DEV);
    trainer.train(task, stream.examples(task, Split.TRAIN), trained -> evaluator.dev(trained, dev));
    job.listener.stretchEnded();
    double seconds = (System.nanoTime() - start) / 1e9 - (evaluator.seconds() - evaluationBefore);
    job.folder.event(new Event.TaskFinished(Event.now(), task.name(), seconds));
    return seconds;
  }

  /**
   * One test of all tasks.
   *
   * @param routed share of each task's examples that were identified rightly; empty if tasks are
   *     given, or no strategy identifies
   */
  private record Tested(List<Double> row, Optional<List<Double>> routed, List<Reading> readings) {}

  /**
   * @param stage of the accuracy matrix, -1 before any training
   */
  private Tested test(List<Task> tasks, int stage, String name, Job job) throws IOException {
    List<Double> row = new ArrayList<>();
    List<Reading> readings = new ArrayList<>();
    List<Double> routed = new ArrayList<>();
    String split = tested().name().toLowerCase(Locale.ROOT);
    String when =
        stage < 0 ? "before any training" : "after task '%s'".formatted(tasks.get(stage).name());
    job.listener.testStarted(split + " " + name, tasks.size());
    for (Task task : tasks) {
      Evaluator.Result result = evaluator.test(task, split, when, test(task));
      row.add(result.score());
      result.routed().ifPresent(routed::add);
      Reading reading =
          metrics.read(
              result.predictions(),
              "task '%s' at stage %s".formatted(task.name(), name),
              job.listener::warning);
      readings.add(reading);
      job.folder.event(
          new Event.Evaluated(
              Event.now(),
              stage,
              task.name(),
              result.score(),
              result.predictions().size(),
              result.cached(),
              Optional.of(reading.values()).filter(values -> !values.isEmpty())));
      job.folder.predictions(name, task.name(), result.predictions());
      job.listener.tested(task, result.score());
    }
    job.listener.stretchEnded();
    return new Tested(
        row, Optional.of(routed).filter(shares -> shares.size() == tasks.size()), readings);
  }

  private List<Example> test(Task task) {
    return stream.examples(task, tested());
  }

  /** Counts among all examples in use, so that a resumed run says the same. */
  private long count(List<Task> tasks, ToLongFunction<List<Example>> counted) {
    return tasks.stream()
        .mapToLong(
            task ->
                Stream.of(Split.TRAIN, Split.DEV, tested())
                    .distinct()
                    .mapToLong(split -> counted.applyAsLong(stream.examples(task, split)))
                    .sum())
        .sum();
  }

  /** How many hold a surrogate that stands alone. */
  private static long malformed(List<Example> examples) {
    return examples.stream()
        .filter(example -> halved(example.text()) || halved(example.answer()))
        .count();
  }

  private static boolean halved(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private Split tested() {
    return experiment.evaluation().split().examples();
  }

  private RunState.Spent spent(RunListener listener) {
    return new RunState.Spent(
        before.started(),
        listener.trainable(),
        listener.tokens(),
        evaluator.tokens(),
        trainSeconds,
        evaluator.seconds(),
        before.totalSeconds() + (System.nanoTime() - begin) / 1e9,
        Math.max(before.peakMemoryBytes(), Surroundings.peakMemoryBytes()));
  }

  private RunResults results(
      RunStatus status,
      Optional<String> failure,
      AccuracyMatrix matrix,
      MetricHistory history,
      Job job) {
    Map<String, String> grades = new LinkedHashMap<>();
    matrix.tasks().forEach(task -> grades.put(task, experiment.head().score(task)));
    Set<String> distinct = Set.copyOf(grades.values());
    boolean shared = distinct.size() == 1;
    return new RunResults(
        status,
        failure.map(RunResults.Failure::new),
        experiment.name().value(),
        job.strategy,
        experiment.seed(),
        matrix.tasks(),
        shared ? distinct.iterator().next() : RunResults.MIXED,
        shared ? Optional.empty() : Optional.of(grades),
        matrix.scores(),
        matrix.zeroShot(),
        Optional.of(scores.routing()).filter(rows -> !rows.isEmpty()),
        matrix.testExamples(),
        ContinualMetrics.of(matrix),
        ContinualMetrics.definitions(),
        Optional.of(history.byMetric()).filter(all -> !all.isEmpty()),
        new Protocol(
            experiment.evaluation().taskId().name().toLowerCase(Locale.ROOT),
            experiment.protocol().pastData(),
            experiment.evaluation().split().name().toLowerCase(Locale.ROOT),
            experiment.protocol().futureData()),
        cost(spent(job.listener)),
        provenance().between(before.started(), Instant.now()),
        job.listener.warnings());
  }

  private Cost cost(RunState.Spent spent) {
    return new Cost(
        spent.trainable(),
        storedSize.numbers(),
        storedSize.numbers() * Float.BYTES,
        storedSize.exampleBytes(),
        Optional.of(storedSize.madeBytes()).filter(bytes -> bytes > 0),
        backbone.description().parameters(),
        new Cost.Tokens(spent.trainTokens(), spent.evaluationTokens()),
        new Cost.Seconds(spent.trainSeconds(), spent.evaluationSeconds(), spent.totalSeconds()),
        spent.peakMemoryBytes());
  }
}
