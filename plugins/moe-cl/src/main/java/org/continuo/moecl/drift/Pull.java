package org.continuo.moecl.drift;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.fisher.Fisher;
import org.continuo.methods.pull.QuadraticPull;
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
    Set<String> names = shared.stream().map(Param::name).collect(Collectors.toSet());
    return Contribution.builder()
        .loss("drift", options.strength(), step -> penalty(names))
        .afterTask(() -> anchor(names))
        .build();
  }

  private Optional<NDArray> penalty(Set<String> names) {
    Tensors now = host.trained().filter(names::contains);
    Tensors anchor = host.kept(ANCHOR);
    Optional<NDArray> pull =
        options.control() == Control.EWC
            ? QuadraticPull.of(now, anchor, host.kept(FISHER))
            : QuadraticPull.of(now, anchor);
    return pull.map(sum -> Autograd.scale(sum, 0.5));
  }

  private void anchor(Set<String> names) {
    if (options.control() == Control.EWC) {
      Fisher fisher = new Fisher(host, names::contains);
      host.keep(FISHER, host.kept(FISHER).plus(fisher.ofLoss(sample())));
    }
    host.keep(ANCHOR, host.trained().filter(names::contains));
  }

  /** Draws that leave the rest in its order: examples, and so numbers, depend on it. */
  private List<Example> sample() {
    List<Example> rest = new ArrayList<>(host.trainingData());
    RandomGenerator random = host.random(FISHER);
    List<Example> drawn = new ArrayList<>();
    while (!rest.isEmpty() && drawn.size() < options.fisherExamples()) {
      drawn.add(rest.remove(random.nextInt(rest.size())));
    }
    return drawn;
  }
}
