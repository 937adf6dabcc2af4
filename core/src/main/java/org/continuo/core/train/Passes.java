package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Autograd;

/** Sends examples through the model: batches, wirings, scores and the task loss. */
@Singleton
public final class Passes {
  private final Backbone backbone;
  private final Head head;
  private final BatchMaker batches;
  private final Scopes scopes;
  private final Provider<Strategy> strategy;
  private final Map<Request, Backbone.Prepared> prepared = new HashMap<>();
  private List<Contribution> active = List.of();

  @Inject
  Passes(
      Backbone backbone,
      Head head,
      BatchMaker batches,
      Scopes scopes,
      Provider<Strategy> strategy) {
    this.strategy = strategy;
    this.backbone = backbone;
    this.head = head;
    this.batches = batches;
    this.scopes = scopes;
  }

  /** What is contributed in the phase at hand; none outside training. */
  void activate(List<Contribution> contributions) {
    active = List.copyOf(contributions);
    prepared.clear();
  }

  /** Examples as the head reads them, on the innermost scope. */
  public Batch batch(List<Example> examples) {
    return batches.make(examples, head, scopes.current());
  }

  /** One pass, asked for explicitly. */
  public Pass pass(String role, Batch batch, Request request) {
    Forward forward = prepared.computeIfAbsent(request, backbone::prepare).forward(batch);
    boolean scored = request.positions() == Request.Positions.ROWS;
    Optional<NDArray> scores =
        forward.hidden().filter(h -> scored).map(hidden -> head.scores(hidden, batch));
    return new Pass(role, batch, request, forward, scores);
  }

  /** Passes as training makes them: one per wiring among the rows. */
  List<Pass> training(String role, List<Example> examples, boolean dropout) {
    Map<Wiring, List<Example>> groups = new LinkedHashMap<>();
    for (Example example : examples) {
      Wiring wiring = trainingWiring(example.task().orElseThrow());
      groups.computeIfAbsent(wiring, w -> new ArrayList<>()).add(example);
    }
    List<Capture> captures =
        active.stream().flatMap(c -> c.captures().stream()).distinct().toList();
    List<Pass> passes = new ArrayList<>();
    groups.forEach(
        (wiring, rows) ->
            passes.add(
                pass(
                    role,
                    batch(rows),
                    new Request(wiring, Request.Positions.ROWS, captures, dropout))));
    return passes;
  }

  private Wiring trainingWiring(String task) {
    Optional<Function<String, Wiring>> own =
        active.stream().flatMap(c -> c.wiring().stream()).findFirst();
    return own.map(wiring -> wiring.apply(task)).orElseGet(() -> wiring(Optional.of(task)));
  }

  /** What is attached for a task, or where the task id is withheld. */
  public Wiring wiring(Optional<String> task) {
    return strategy.get().wiring(task).orElse(Wiring.NONE);
  }

  /** The mean task loss over all scored positions of the passes. */
  NDArray loss(List<Pass> passes) {
    Function<Pass, NDArray> one =
        active.stream()
            .flatMap(c -> c.taskLoss().stream())
            .findFirst()
            .orElse(Passes::crossEntropy);
    if (passes.size() == 1) {
      return one.apply(passes.get(0));
    }
    long all = passes.stream().mapToLong(Passes::positions).sum();
    return passes.stream()
        .map(pass -> Autograd.scale(one.apply(pass), (double) positions(pass) / all))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  static long positions(Pass pass) {
    return pass.batch().rows().size();
  }

  /** {@code -1/R sum_r log softmax(scores_r)[target_r]} over the allowed columns. */
  static NDArray crossEntropy(Pass pass) {
    Batch batch = pass.batch();
    NDArray scores = pass.scores().orElseThrow();
    NDArray possible = batch.allowed();
    if (possible.size() > 1) {
      scores = scores.add(Autograd.scale(possible.sub(1), 1e9));
    }
    return scores.logSoftmax(-1).gather(batch.targets().expandDims(1), 1).mean().neg();
  }
}
