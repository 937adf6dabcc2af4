package org.continuo.moecl.identify;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.plugin.Capability;
import org.continuo.methods.similarity.Prototypes;
import org.continuo.moecl.identify.IdentifyOptions.Nearness;

/** Keeps what {@link Prototypes} are of each task's training texts in the frozen model. */
final class TaskVectors implements Identification {
  private static final String STATISTICS = "task vectors";

  private final IdentifyOptions options;
  private final Host host;

  TaskVectors(IdentifyOptions options, Host host) {
    this.options = options;
    this.host = host;
  }

  @Override
  public Contribution contribute(Task task) {
    return host.offers(Capability.TASK_ID_AT_TEST)
        ? Contribution.NONE
        : Contribution.builder().afterTask(() -> learn(task)).build();
  }

  private void learn(Task task) {
    List<Example> texts = host.trainingData();
    Prototypes learned =
        prototypes()
            .plus(
                task.name(),
                consumer -> options.view().each(texts, host, consumer),
                texts.size(),
                host.backbone().description().width(),
                host.scope());
    host.keep(STATISTICS, learned.statistics());
  }

  @Override
  public NDArray scores(Batch batch, List<Task> seen) {
    NDArray x = options.view().of(batch, host);
    List<String> names = seen.stream().map(Task::name).toList();
    return options.nearness() == Nearness.COSINE
        ? prototypes().cosine(x, names)
        : prototypes().gaussian(x, names);
  }

  private Prototypes prototypes() {
    return new Prototypes(host.kept(STATISTICS));
  }
}
