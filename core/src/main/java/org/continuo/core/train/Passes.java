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
import java.util.function.UnaryOperator;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Text;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Forward;
import org.continuo.api.model.LanguageModel;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Finiteness;

/** Sends examples through the model: batches, wirings, scores and the task loss. */
@Singleton
public final class Passes {
  private final Backbone backbone;
  private final Head head;
  private final BatchMaker batches;
  private final Scopes scopes;
  private final Provider<Strategy> strategy;
  private final Map<Request, Backbone.Prepared> prepared = new HashMap<>();
  private final WiringGuard wirings;
  private List<Objective> active = List.of();

  @Inject
  Passes(
      Backbone backbone,
      Head head,
      BatchMaker batches,
      Scopes scopes,
      TrainingListener listener,
      Provider<Strategy> strategy) {
    this.strategy = strategy;
    this.backbone = backbone;
    this.head = head;
    this.batches = batches;
    this.scopes = scopes;
    this.wirings = new WiringGuard(listener);
  }

  /** What is in force in the phase at hand; nothing outside training. */
  void activate(List<Objective> objectives) {
    if (!active.equals(objectives)) {
      active = List.copyOf(objectives);
      prepared.clear();
      wirings.forget();
    }
  }

  /** Examples as the head reads them, on the innermost scope. */
  public Batch batch(List<Example> examples) {
    return batches.make(examples, head, scopes.current());
  }

  /**
   * One pass, asked for explicitly.
   *
   * @throws ArithmeticException if it is not for training and its scores are not finite
   */
  public Pass pass(String role, Batch batch, Request request) {
    return pass(
        role, batch, request, hidden -> head.scores(hidden, batch), "the scores of the head");
  }

  private Pass pass(
      String role, Batch batch, Request request, UnaryOperator<NDArray> scorer, String scoresName) {
    Forward forward = prepared.computeIfAbsent(request, backbone::prepare).forward(batch);
    boolean scored = request.positions() == Request.Positions.ROWS;
    Optional<NDArray> scores = forward.hidden().filter(h -> scored).map(scorer);
    if (!request.training()) { // a training step looks at its loss
      scores.ifPresent(numbers -> requireFinite(forward, numbers, scoresName));
    }
    return new Pass(role, batch, request, forward, scores);
  }

  private static void requireFinite(Forward forward, NDArray scores, String scoresName) {
    if (Finiteness.problem(scores).isPresent()) {
      Finiteness.require(forward.hidden().orElseThrow(), "the hidden states that the head reads");
      Finiteness.require(scores, scoresName);
    }
  }

  /** One pass over texts that belong to no task: scored by the language model, not by the head. */
  Pass read(List<Text> texts, Request request) {
    LanguageModel model =
        backbone
            .languageModel()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "backbone '%s' has no language-model head to score texts with; declare Capability.LANGUAGE_MODEL as a need of the plugin, so that the plan says so"
                            .formatted(backbone.description().architecture())));
    Batch batch = batches.texts(texts, scopes.current());
    return pass(Pass.TEXTS, batch, request, model::logits, "the logits of the texts");
  }

  /** Passes as training makes them: one per wiring among the rows. */
  List<Pass> training(String role, List<Example> examples, boolean dropout) {
    Map<Wiring, List<Example>> groups = new LinkedHashMap<>();
    for (Example example : examples) {
      Wiring wiring = trainingWiring(example.task().orElseThrow());
      groups.computeIfAbsent(wiring, w -> new ArrayList<>()).add(example);
    }
    wirings.see(groups.keySet());
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
    Optional<Function<String, Wiring>> own = innermost(Objective::wiring);
    return own.map(wiring -> wiring.apply(task)).orElseGet(() -> wiring(Optional.of(task)));
  }

  /** What a phase says holds before what its task says. */
  private <T> Optional<T> innermost(Function<Objective, Optional<T>> said) {
    return active.stream()
        .flatMap(objective -> said.apply(objective).stream())
        .reduce((outer, inner) -> inner);
  }

  /** What is attached for a task, or where the task id is withheld. */
  public Wiring wiring(Optional<String> task) {
    return strategy.get().wiring(task).orElse(Wiring.NONE);
  }

  /** The mean task loss over all scored positions of the passes. */
  NDArray loss(List<Pass> passes) {
    Function<Pass, NDArray> one = innermost(Objective::taskLoss).orElse(Pass::crossEntropy);
    if (passes.size() == 1) {
      return one.apply(passes.get(0));
    }
    long all = passes.stream().mapToLong(Pass::positions).sum();
    return passes.stream()
        .map(pass -> Autograd.scale(one.apply(pass), (double) pass.positions() / all))
        .reduce(NDArray::add)
        .orElseThrow();
  }
}
