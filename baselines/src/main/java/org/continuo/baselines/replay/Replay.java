package org.continuo.baselines.replay;

import java.util.List;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Step;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Projection;
import org.continuo.api.plugin.Option;
import org.continuo.methods.memory.Draw;
import org.continuo.methods.memory.Memory;

/** Draws from a memory of past tasks in every step; each example keeps its task and its head. */
final class Replay implements Strategy {

  /** Defaults as Mammoth's {@code er}: as many replayed examples as new ones, equal weight. */
  public record Options(
      @Option(doc = "what is kept of past tasks") Memory.Options memory,
      @Option(doc = "replayed examples per example of the task in a step", value = "1", min = 0)
          double ratio,
      @Option(doc = "weight of the loss on replayed examples", value = "1", min = 0) double weight,
      @Option(doc = "the expert to add to, where no other strategy attaches") Expert.Factory expert,
      @Option(
              doc =
                  "projections that expert attaches to, those the backbone has; final: the final"
                      + " hidden states; none: the head trains alone",
              value = "[gate, up, down]")
          List<Projection> sites) {}

  private final Options options;
  private final Host host;
  private final Memory memory;

  Replay(Options options, Host host) {
    this.options = options;
    this.host = host;
    this.memory = new Memory(options.memory, host);
  }

  @Override
  public Contribution contribute(Task task) {
    return Contribution.builder()
        .extra("replay", options.weight, this::draw)
        .afterTask(memory::remember)
        .build();
  }

  /** Each forward pass of a step draws anew. */
  private List<Example> draw(Step step) {
    var random = host.random("draw/" + step.forward());
    int count = Draw.rounded(options.ratio, step.batch().size(), random);
    return Draw.without(memory.examples(), count, random);
  }
}
