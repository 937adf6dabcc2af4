package org.continuo.baselines.progressive;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Objective;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.baselines.softprompt.FirstPrompts;
import org.continuo.methods.pool.Tasks;

/** Prompts pile up, newest first; only the newest trains. */
final class ProgressivePrompts implements Strategy {

  /** Defaults as in the published code for T5, the network as in TRACE. */
  public record Options(
      @Option(doc = "length of a task's prompt", value = "10", unit = "tokens", min = 1) int length,
      @Option(
              doc = "width of the residual network that a prompt trains through; 0: none",
              value = "800",
              min = 0)
          int network,
      @Option(
              doc = "first values of a prompt: embeddings of random words, or U(-1,1)",
              value = "vocabulary")
          FirstPrompts first,
      @Option(doc = "step size of the prompt", value = "0.3", min = 0) double learningRate,
      @Option(doc = "weight decay of the prompt", value = "1e-5", min = 0) double weightDecay) {}

  private final Options options;
  private final Host host;
  private final Site site;
  private Optional<String> training = Optional.empty();

  ProgressivePrompts(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.site = host.backbone().sites(Site.Kind.EMBEDDING).get(0);
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    List<Task> seen = host.seen();
    return Optional.of(
        task.filter(name -> Tasks.has(seen, name))
            .map(name -> upTo(name, seen))
            .orElse(Wiring.NONE));
  }

  @Override
  public Contribution contribute(Task task) {
    TaskPrompt own = prompt(task, Optional.of(task.name()));
    List<Task> known = Tasks.met(host, task);
    return Contribution.builder()
        .train(
            Objective.Group.of(own.params()).at(options.learningRate).decaying(options.weightDecay))
        .trainWith(name -> upTo(name, known))
        .beforeTask(() -> training = Optional.of(task.name()))
        .afterTask(() -> settle(own))
        .build();
  }

  /** The prompt becomes what the model read; its network is done. */
  private void settle(TaskPrompt own) {
    host.assign(new Tensors(Map.of(own.prompt().name(), own.read())));
    training = Optional.empty();
  }

  /** The prompts of all tasks up to one of them, newest first. */
  private Wiring upTo(String name, List<Task> tasks) {
    List<Prompts> prompts = new ArrayList<>();
    Tasks.upTo(name, tasks).forEach(task -> prompts.add(0, prompt(task, training)));
    return new Wiring(List.of(), prompts);
  }

  private TaskPrompt prompt(Task task, Optional<String> inTraining) {
    int width = host.backbone().description().width();
    Param prompt =
        host.param(
            "prompt/" + task.name(),
            new Shape(options.length, width),
            options.first.of(host.backbone()));
    boolean through = options.network > 0 && inTraining.filter(task.name()::equals).isPresent();
    return new TaskPrompt(
        site, prompt, through ? Optional.of(network(task, width)) : Optional.empty());
  }

  private TaskPrompt.Network network(Task task, int width) {
    float bound = (float) (1 / Math.sqrt(width));
    return new TaskPrompt.Network(
        host.param(
            "network/" + task.name() + "/inner",
            new Shape(options.network, width),
            (m, shape) -> m.randomUniform(-bound, bound, shape, DataType.FLOAT32)),
        host.param(
            "network/" + task.name() + "/outer",
            new Shape(width, options.network),
            (m, shape) -> m.zeros(shape, DataType.FLOAT32)));
  }
}
