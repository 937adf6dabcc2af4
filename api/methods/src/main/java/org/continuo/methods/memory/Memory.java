package org.continuo.methods.memory;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Stability;
import org.continuo.api.tensor.Tensors;

/**
 * Examples of tasks that have been learned, never more than the budget allows. The host holds them,
 * so that they count as stored; {@code Capability.PAST_DATA} is needed.
 */
@Stability(Stability.Level.EVOLVING)
public final class Memory {

  /** Which examples are kept. */
  public enum Select {
    /** Any, each with the same probability (Vitter 1985, algorithm R, for a total budget). */
    RESERVOIR,
    /** Any, the same number of each label of each task. */
    CLASS_BALANCED,
    /** Of each label those whose mean is closest to the mean of all (iCaRL, eq. 4). */
    HERDING
  }

  /** What a budget is for. */
  public enum Per {
    TOTAL,
    TASK,
    /** A label of a task; a task of free text is one class. */
    CLASS
  }

  /** Defaults as in Buzzega et al. 2020 (DER, arXiv 2004.07211), the smallest of their buffers. */
  public record Options(
      @Option(
              doc =
                  "reservoir: any examples; class-balanced: as many of each label; herding: of each"
                      + " label those nearest to its mean",
              value = "reservoir")
          Select select,
      @Option(doc = "most examples kept", value = "200", unit = "examples", min = 1) int budget,
      @Option(
              doc = "what the budget is for: everything, each task, or each label of each task",
              value = "total")
          Per per) {}

  private static final String NAME = "memory";
  private static final String OFFERED = "offered";

  private final Options options;
  private final Host host;

  /**
   * @param host which keeps it under the name {@code memory}, and how much it was offered
   */
  public Memory(Options options, Host host) {
    this.options = options;
    this.host = host;
  }

  /** Takes what it may keep of the task at hand, which has been learned. */
  public void remember() {
    List<Example> learned = host.trainingData();
    long offered = offered();
    Selection selection = new Selection(options, examples(), offered);
    selection.add(learned, host.random(NAME), all -> Features.of(all, host));
    host.remember(NAME, selection.examples());
    NDArray count = host.scope().create((float) (offered + learned.size()));
    host.keep(OFFERED, new Tensors(Map.of(OFFERED, count)));
    host.record(NAME, selection.examples().size());
  }

  private long offered() {
    Tensors kept = host.kept(OFFERED);
    return kept.isEmpty() ? 0 : (long) kept.get(OFFERED).getFloat();
  }

  /** All that is kept. */
  public List<Example> examples() {
    return host.remembered(NAME);
  }
}
