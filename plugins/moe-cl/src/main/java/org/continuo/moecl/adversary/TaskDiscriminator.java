package org.continuo.moecl.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.learning.Step;
import org.continuo.api.model.Capture;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.methods.memory.TaskMemory;
import org.continuo.moecl.adversary.DiscriminatorOptions.Classes;
import org.continuo.moecl.adversary.DiscriminatorOptions.Labels;
import org.continuo.moecl.adversary.DiscriminatorOptions.Loss;
import org.continuo.moecl.adversary.DiscriminatorOptions.Objective;
import org.continuo.moecl.adversary.DiscriminatorOptions.Reach;

/**
 * MoE-CL's task discriminator: in each layer l a linear classifier without bias of the task, on the
 * mean of the shared expert's output over real tokens,
 *
 * <pre>{@code
 * v_l = sum_i mask_i E_0(x_i) / sum_i mask_i        [B,d]
 * p_l = softmax(C_l v_l)                            [B,T], C_l [T,d]
 * }</pre>
 *
 * Losses of layers are averaged. C_l has a row for each task, so it grows with them.
 */
final class TaskDiscriminator implements Adversary {
  /** The loss term, and the role of the replayed rows. */
  static final String NAME = "adversary";

  /** With the objective {@code confusion}: what the classifiers descend. */
  static final String DISCRIMINATOR = "discriminator";

  /** With the objective {@code confusion}: what the shared expert descends. */
  static final String CONFUSION = "confusion";

  private static final float DEVIATION = 0.02f;

  private final DiscriminatorOptions options;
  private final Capture capture;
  private final List<Site> blocks;
  private final TaskMemory sample;
  private final Host host;

  TaskDiscriminator(DiscriminatorOptions options, Expert target, List<Site> blocks, Host host) {
    this.options = options;
    this.blocks = blocks;
    this.host = host;
    this.sample = new TaskMemory(host, "task sample");
    this.capture =
        options.reach() == Reach.DETACHED
            ? Capture.pooledIsolated(target, blocks)
            : Capture.pooled(target, blocks);
  }

  @Override
  public List<Capture> captures() {
    return List.of(capture);
  }

  @Override
  public Contribution contribute(Task task) {
    List<Param> rows = new ArrayList<>();
    blocks.forEach(block -> classes(task).forEach(known -> rows.add(row(block, known))));
    Contribution.Builder builder = Contribution.builder().train(rows).capture(capture);
    if (options.labels() == Labels.REPLAYED) {
      builder
          .extra(
              NAME,
              0,
              ignored -> sample.draw(options.replayed(), host.random("rows of earlier tasks")))
          .afterTask(() -> sample.keep(task, options.buffer()));
    }
    if (options.objective() == Objective.REVERSAL) {
      Takeover takeover = new Takeover(task, host::warn);
      builder.loss(
          NAME,
          options.weight(),
          step ->
              rows(step)
                  .map(
                      r -> {
                        NDArray loss = reversal(r, step);
                        takeover.see(ignorance(r, loss), taskLoss(step), r.classes.size(), step);
                        return loss;
                      }));
    } else {
      builder
          .loss(DISCRIMINATOR, options.weight(), step -> rows(step).map(this::discrimination))
          .loss(CONFUSION, options.weight(), step -> rows(step).map(r -> confusion(r, step)));
    }
    return builder.build();
  }

  /**
   * {@code CE(C_l R(v_l), task)}: R reverses the gradient, so C_l descends it and E_0 ascends it.
   */
  private NDArray reversal(Rows rows, Step step) {
    double push = options.ramp().at(step);
    return meanOverLayers(
        rows, l -> crossEntropy(logits(rows, l, v -> Autograd.reverseGradient(v, push)), rows));
  }

  /** {@code CE(C_l v_l, task)}, for C_l alone. */
  private NDArray discrimination(Rows rows) {
    return meanOverLayers(rows, l -> crossEntropy(logits(rows, l, NDArray::stopGradient), rows));
  }

  /** {@code CE(C_l v_l, task)} of the logits, in either published form: ln T knows nothing. */
  private double ignorance(Rows rows, NDArray loss) {
    NDArray ofLogits =
        options.loss() == Loss.CROSS_ENTROPY
            ? loss
            : meanOverLayers(
                rows, l -> negativeLogLikelihood(logits(rows, l, NDArray::stopGradient), rows));
    return ofLogits.getFloat();
  }

  /** {@code -1/T sum_k log p_lk}, for E_0 alone; never below ln T. */
  private NDArray confusion(Rows rows, Step step) {
    double push = options.ramp().at(step);
    NDArray loss =
        meanOverLayers(
            rows,
            l -> {
              NDArray frozen = classifier(blocks.get(l), rows.classes).stopGradient();
              NDArray logits = rows.states.get(l).matMul(frozen.transpose());
              return logits.logSoftmax(-1).mean(new int[] {1}).mul(rows.weights).sum().neg();
            });
    return Autograd.scale(loss, push);
  }

  private interface LayerLoss {
    NDArray of(int layer);
  }

  private static NDArray meanOverLayers(Rows rows, LayerLoss loss) {
    NDArray sum = loss.of(0);
    for (int l = 1; l < rows.states.size(); l++) {
      sum = sum.add(loss.of(l));
    }
    return Autograd.scale(sum, 1.0 / rows.states.size());
  }

  private NDArray logits(Rows rows, int layer, UnaryOperator<NDArray> gradient) {
    return gradient
        .apply(rows.states.get(layer))
        .matMul(classifier(blocks.get(layer), rows.classes).transpose());
  }

  /** {@code -sum_n weight_n log softmax(z_n)[task_n]}, over probabilities if so published. */
  private NDArray crossEntropy(NDArray logits, Rows rows) {
    return negativeLogLikelihood(
        options.loss() == Loss.PUBLISHED ? logits.softmax(-1) : logits, rows);
  }

  private static NDArray negativeLogLikelihood(NDArray z, Rows rows) {
    NDArray right = z.logSoftmax(-1).gather(rows.targets.expandDims(1), 1).squeeze(1);
    return right.mul(rows.weights).sum().neg();
  }

  private static double taskLoss(Step step) {
    return step.passes(Pass.TASK).stream()
        .mapToDouble(pass -> pass.crossEntropy().getFloat())
        .average()
        .orElseThrow();
  }

  @Override
  public Optional<NDArray> classify(Pass pass) {
    List<Task> seen = host.seen();
    NDList layers = new NDList();
    List<NDArray> states = pass.forward().capture(capture);
    for (int l = 0; l < blocks.size(); l++) {
      NDArray logits = states.get(l).matMul(classifier(blocks.get(l), seen).transpose());
      layers.add(logits.logSoftmax(-1));
    }
    return Optional.of(NDArrays.stack(layers).mean(new int[] {0}).logSoftmax(-1));
  }

  /**
   * What one step learns from.
   *
   * @param states v_l [N,d], one per layer
   * @param targets [N] int64, places among {@code classes}
   * @param weights [N], the same in sum for each task present, 1 in all
   */
  private record Rows(List<Task> classes, List<NDArray> states, NDArray targets, NDArray weights) {}

  /** Empty while there is nothing to tell apart. */
  private Optional<Rows> rows(Step step) {
    List<Task> classes = classes(host.seen().get(host.seen().size() - 1));
    List<Pass> passes = new ArrayList<>(step.passes(Pass.TASK));
    passes.addAll(step.passes(NAME));
    List<String> tasks =
        passes.stream()
            .flatMap(pass -> pass.batch().examples().stream())
            .map(example -> example.task().orElseThrow())
            .toList();
    long present = tasks.stream().distinct().count();
    if (classes.size() < 2 || (options.labels() == Labels.REPLAYED && present < 2)) {
      return Optional.empty();
    }
    List<String> names = classes.stream().map(Task::name).toList();
    long[] targets = tasks.stream().mapToLong(names::indexOf).toArray();
    float[] weights = new float[targets.length];
    for (int n = 0; n < weights.length; n++) {
      String task = tasks.get(n);
      weights[n] = (float) (1.0 / present / tasks.stream().filter(task::equals).count());
    }
    List<NDArray> states = new ArrayList<>();
    for (int l = 0; l < blocks.size(); l++) {
      NDList parts = new NDList();
      for (Pass pass : passes) {
        parts.add(pass.forward().capture(capture).get(l));
      }
      states.add(parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 0));
    }
    NDManager scope = host.scope();
    return Optional.of(new Rows(classes, states, scope.create(targets), scope.create(weights)));
  }

  /** The tasks with a row in C_l while {@code task} is trained. */
  private List<Task> classes(Task task) {
    List<Task> classes =
        new ArrayList<>(options.classes() == Classes.ANNOUNCED ? host.announced() : host.seen());
    if (!classes.contains(task)) {
      classes.add(task);
    }
    return classes;
  }

  /** C_l [T,d]. */
  private NDArray classifier(Site block, List<Task> classes) {
    NDList rows = new NDList();
    classes.forEach(task -> rows.add(row(block, task).value()));
    return NDArrays.concat(rows, 0);
  }

  private Param row(Site block, Task task) {
    return host.param(
        "discriminator/" + block.name() + "/" + task.name(),
        new Shape(1, block.out()),
        (manager, shape) -> manager.randomNormal(0, DEVIATION, shape, DataType.FLOAT32));
  }
}
