package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.continuo.api.data.Task;
import org.continuo.api.tensor.Tensors;
import org.continuo.results.RunState;

/**
 * All that later tasks need of those learned, as it stands between two tasks. Parts that learn keep
 * nothing else: strategies, routers and adversaries hold their state in the host.
 */
public final class LearnedState {
  private final ParameterStore store;
  private final Keepsakes keepsakes;
  private final Progression progression;
  private final PromptEncoder encoder;
  private final Hosts hosts;
  private final Scopes scopes;

  @Inject
  LearnedState(
      ParameterStore store,
      Keepsakes keepsakes,
      Progression progression,
      PromptEncoder encoder,
      Hosts hosts,
      Scopes scopes) {
    this.store = store;
    this.keepsakes = keepsakes;
    this.progression = progression;
    this.encoder = encoder;
    this.hosts = hosts;
    this.scopes = scopes;
  }

  /**
   * What is no array. Weights of the backbone that are in use are read again at once: a first value
   * made in the middle of a step would disturb its random numbers.
   */
  public RunState.Learned facts() {
    Map<String, Long> versions = new TreeMap<>();
    Set<String> read = new TreeSet<>();
    for (ParameterStore.Cell cell : store.cells()) {
      if (cell.version() > 0) {
        versions.put(cell.name(), cell.version());
      }
      if (cell.allocated() && unchanged(cell)) {
        read.add(cell.name());
      }
    }
    return new RunState.Learned(
        progression.seen().stream().map(Task::name).toList(),
        new TreeSet<>(hosts.experts().keySet()),
        versions,
        read,
        encoder.cutTexts(),
        keepsakes.allRemembered(),
        Optional.of(keepsakes.allMade()).filter(made -> !made.isEmpty()));
  }

  /** A weight of the backbone as the checkpoint folder of the model has it. */
  private static boolean unchanged(ParameterStore.Cell cell) {
    return cell.version() == 0 && cell.name().startsWith(ParameterStore.BACKBONE + "/");
  }

  /** Live values of all parameters in use, but for the backbone's unchanged weights. */
  public Tensors parameters() {
    return store.values(
        store.cells().stream().filter(cell -> cell.allocated() && !unchanged(cell)).toList());
  }

  /**
   * Nothing but numbers is handed on to later tasks.
   *
   * @throws TrainingDiverged if a parameter or what a strategy keeps is not finite
   */
  public void requireFinite() {
    Divergence.find("parameter", parameters())
        .or(() -> Divergence.find("kept tensor", kept()))
        .ifPresent(
            found -> {
              throw new TrainingDiverged(
                  "after %d learned tasks: %s; lower training.learning-rate, or mend what computes it"
                      .formatted(progression.seen().size(), found));
            });
  }

  /** What strategies keep, under {@code NAME#TENSOR}. */
  public Tensors kept() {
    Map<String, NDArray> all = new HashMap<>();
    keepsakes
        .all()
        .forEach(
            (name, tensors) ->
                tensors
                    .map()
                    .forEach((inner, array) -> all.put(escaped(name) + "#" + inner, array)));
    return new Tensors(all);
  }

  private static String escaped(String name) {
    return name.replace("%", "%25").replace("#", "%23");
  }

  /**
   * Puts everything back, before anything is trained or tested. The arrays are copied.
   *
   * @throws ArithmeticException if one of them is not finite
   */
  public void restore(RunState.Learned facts, Tensors parameters, Tensors kept) {
    Divergence.find("parameter", parameters)
        .or(() -> Divergence.find("kept tensor", kept))
        .ifPresent(
            found -> {
              throw new ArithmeticException(found);
            });
    scopes.within(
        () -> {
          parameters
              .map()
              .forEach(
                  (name, value) ->
                      store.restore(name, value, facts.versions().getOrDefault(name, 0L)));
          facts.read().forEach(name -> store.cell(name).value());
          keep(kept);
        });
    facts.remembered().forEach(keepsakes::remember);
    facts.made().ifPresent(made -> made.forEach(keepsakes::rememberMade));
    progression.resume(facts.tasks().stream().map(progression::task).toList());
    encoder.resume(facts.cut());
  }

  private void keep(Tensors kept) {
    Map<String, Map<String, NDArray>> byName = new TreeMap<>();
    kept.map()
        .forEach(
            (name, array) -> {
              int end = name.indexOf('#');
              String owner = name.substring(0, end).replace("%23", "#").replace("%25", "%");
              byName
                  .computeIfAbsent(owner, n -> new HashMap<>())
                  .put(name.substring(end + 1), array);
            });
    byName.forEach((name, arrays) -> keepsakes.keep(name, new Tensors(arrays)));
  }
}
