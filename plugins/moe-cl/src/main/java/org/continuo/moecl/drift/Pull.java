package org.continuo.moecl.drift;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.moecl.drift.DriftOptions.Control;

/**
 * {@code 1/2 sum_i F_i (theta_i - theta*_i)^2} over what tasks share: theta* after the last task, F
 * = 1 or the sum over earlier tasks of the mean squared gradient of single examples (EWC in its
 * online form with gamma 1, Schwarz et al. 2018).
 */
public final class Pull {
  private static final String ANCHOR = "anchor";
  private static final String FISHER = "fisher";

  private final DriftOptions options;
  private final Host host;

  public Pull(DriftOptions options, Host host) {
    this.options = options;
    this.host = host;
  }

  /**
   * @param shared the parameters to be held
   */
  public Contribution contribute(Task task, List<Param> shared) {
    if (options.control() != Control.L2 && options.control() != Control.EWC) {
      return Contribution.NONE;
    }
    return Contribution.builder()
        .loss("drift", options.strength(), step -> penalty(shared))
        .afterTask(() -> anchor(shared))
        .build();
  }

  private Optional<NDArray> penalty(List<Param> shared) {
    Tensors anchor = host.kept(ANCHOR);
    if (anchor.isEmpty()) {
      return Optional.empty();
    }
    Tensors squared = values(shared).minus(anchor).square();
    Tensors scaled = options.control() == Control.EWC ? squared.times(host.kept(FISHER)) : squared;
    return Optional.of(Autograd.scale(scaled.sum(), 0.5));
  }

  private void anchor(List<Param> shared) {
    if (options.control() == Control.EWC) {
      host.keep(FISHER, host.kept(FISHER).plus(fisher(shared)));
    }
    host.keep(ANCHOR, values(shared));
  }

  private Tensors fisher(List<Param> shared) {
    Set<String> names = new HashSet<>();
    Map<String, NDArray> sums = new HashMap<>();
    for (Param param : shared) {
      names.add(param.name());
      sums.put(param.name(), host.scope().zeros(param.shape()));
    }
    List<Example> examples = sample();
    host.eachGradient(
        examples,
        (example, gradient) ->
            gradient
                .filter(names::contains)
                .map()
                .forEach((name, g) -> sums.get(name).addi(g.square())));
    return new Tensors(sums).times(1.0 / examples.size());
  }

  private List<Example> sample() {
    List<Example> rest = new ArrayList<>(host.trainingData());
    RandomGenerator random = host.random(FISHER);
    List<Example> drawn = new ArrayList<>();
    while (!rest.isEmpty() && drawn.size() < options.fisherExamples()) {
      drawn.add(rest.remove(random.nextInt(rest.size())));
    }
    return drawn;
  }

  private static Tensors values(List<Param> params) {
    Map<String, NDArray> values = new HashMap<>();
    params.forEach(param -> values.put(param.name(), param.value()));
    return new Tensors(values);
  }
}
