package org.continuo.moecl.diagnostics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;

/**
 * Looks at a few rows now and then, in a pass of its own without dropout: router weights and norms
 * of the experts' outputs in each layer, what the discriminator takes the rows for. At the end of a
 * task it looks at dev examples of every task met, and warns of a router or a discriminator that no
 * longer decides anything.
 */
public final class ExpertDiagnostics {
  /** Mean weight of one expert above which the other no longer counts. */
  private static final double SATURATED = 0.99;

  /** Share of rows that one answer takes above which a discriminator is constant. */
  private static final double CONSTANT = 0.99;

  private final Host host;
  private final Subject subject;
  private final int every;
  private final int probe;

  /**
   * What is looked at.
   *
   * @param blocks the mixed feed-forward blocks
   */
  public record Subject(Expert shared, Expert dedicated, List<Site> blocks, Adversary adversary) {}

  /** How a task's rows are wired. */
  public interface Wires {
    Wiring of(String task);
  }

  private final Wires wires;

  /**
   * @param every steps between two looks; 0: only at the end of a task
   * @param probe dev examples of each task
   */
  public ExpertDiagnostics(Host host, Subject subject, Wires wires, int every, int probe) {
    this.host = host;
    this.subject = subject;
    this.wires = wires;
    this.every = every;
    this.probe = probe;
  }

  public Contribution contribute(Task task) {
    return Contribution.builder()
        .afterStep(step -> look(task, step))
        .afterTask(() -> conclude(task))
        .build();
  }

  private void look(Task task, Step step) {
    if (every == 0 || step.number() % every != 0) {
      return;
    }
    host.within(
        () -> {
          Seen seen = see(task, step.rows());
          record(seen);
          seen.tasks.ifPresent(
              found -> host.record("discriminator accuracy/current task", share(found, task)));
        });
  }

  private void record(Seen seen) {
    for (int l = 0; l < subject.blocks.size(); l++) {
      String layer = subject.blocks.get(l).name().replaceFirst("\\.feed-forward$", "");
      host.record("router weight of the shared expert/" + layer, seen.sharedWeights.get(l));
      host.record("norm of the shared expert's mean output/" + layer, seen.sharedNorms.get(l));
      host.record("norm of the task expert's mean output/" + layer, seen.dedicatedNorms.get(l));
    }
  }

  /**
   * What one pass showed.
   *
   * @param sharedWeights per layer, the mean over tokens and rows
   * @param tasks the name the discriminator gives each row; empty if there is none
   */
  private record Seen(
      List<Double> sharedWeights,
      List<Double> sharedNorms,
      List<Double> dedicatedNorms,
      Optional<List<String>> tasks) {}

  private Seen see(Task task, List<Example> rows) {
    Capture routing = Capture.of(Capture.What.ROUTING, subject.blocks, Capture.Pool.MASKED_MEAN);
    Capture shared = Capture.pooled(subject.shared, subject.blocks);
    Capture dedicated = Capture.pooled(subject.dedicated, subject.blocks);
    Pass pass = pass(task, rows, List.of(routing, shared, dedicated));
    return new Seen(
        pass.forward().capture(routing).stream()
            .map(weights -> (double) weights.get("..., 0").mean().getFloat())
            .toList(),
        norms(pass.forward().capture(shared)),
        norms(pass.forward().capture(dedicated)),
        names(pass));
  }

  private Pass pass(Task task, List<Example> rows, List<Capture> captures) {
    List<Capture> all = new ArrayList<>(captures);
    subject.adversary.captures().stream().filter(c -> !all.contains(c)).forEach(all::add);
    Request request = new Request(wires.of(task.name()), Request.Positions.NONE, all, false);
    return host.pass(host.batch(rows), request);
  }

  private Optional<List<String>> names(Pass pass) {
    return subject.adversary.captures().isEmpty()
        ? Optional.empty()
        : subject.adversary.classify(pass).map(this::names);
  }

  private List<String> names(NDArray log) {
    List<Task> seen = host.seen();
    List<String> names = new ArrayList<>();
    for (long t : log.argMax(1).toType(DataType.INT64, false).toLongArray()) {
      names.add(seen.get((int) t).name());
    }
    return names;
  }

  private static List<Double> norms(List<NDArray> outputs) {
    return outputs.stream().map(v -> (double) v.norm(new int[] {1}).mean().getFloat()).toList();
  }

  private static double share(List<String> found, Task task) {
    return (double) found.stream().filter(task.name()::equals).count() / found.size();
  }

  /** Every task met, each under its own task expert. */
  private void conclude(Task task) {
    Map<String, Integer> answers = new TreeMap<>();
    Map<Task, Double> accuracy = new LinkedHashMap<>();
    for (Task met : host.seen()) {
      List<Example> rows = host.probe(met, probe);
      if (!rows.isEmpty()) {
        host.within(
            () -> {
              if (met.equals(task)) {
                warnIfSaturated(task, see(task, rows));
              }
              names(pass(met, rows, List.of()))
                  .ifPresent(
                      found -> {
                        accuracy.put(met, share(found, met));
                        found.forEach(name -> answers.merge(name, 1, Integer::sum));
                      });
            });
      }
    }
    if (accuracy.containsKey(task)) {
      host.record("discriminator accuracy/current task, dev", accuracy.remove(task));
    }
    accuracy.values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .ifPresent(
            mean -> {
              host.record("discriminator accuracy/past tasks, dev", mean);
              warnIfConstant(answers);
            });
  }

  private void warnIfSaturated(Task task, Seen seen) {
    List<String> saturated = new ArrayList<>();
    for (int l = 0; l < subject.blocks.size(); l++) {
      double weight = seen.sharedWeights.get(l);
      if (Math.max(weight, 1 - weight) > SATURATED) {
        saturated.add("%s (%.3f)".formatted(subject.blocks.get(l).name(), weight));
      }
    }
    if (!saturated.isEmpty()) {
      host.warn(
          "after task '%s' the router gives one expert more than %s of the weight in %s (weight of the shared expert in brackets): the other expert no longer counts there; lower training.learning-rate, or take router = fixed"
              .formatted(task.name(), SATURATED, saturated));
    }
  }

  private void warnIfConstant(Map<String, Integer> answers) {
    int all = answers.values().stream().mapToInt(Integer::intValue).sum();
    answers.forEach(
        (name, count) -> {
          if (count > CONSTANT * all) {
            host.warn(
                "the discriminator takes %d of %d dev examples of %d tasks for task '%s': it says the same whatever it reads, so it cannot take task knowledge out of the shared expert; with adversary.labels = current its labels never contrast, set labels = replayed"
                    .formatted(count, all, host.seen().size(), name));
          }
        });
  }
}
