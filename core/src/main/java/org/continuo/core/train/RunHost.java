package org.continuo.core.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Example;
import org.continuo.api.data.Task;
import org.continuo.api.data.Text;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Request;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Capability;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;

/** The host as one plugin sees it: the run's parts, under a prefix of the plugin's own. */
final class RunHost implements Host {
  private final String prefix;
  private final String seedPrefix;
  private final Hosts run;

  RunHost(String prefix, String seedPrefix, Hosts run) {
    this.prefix = prefix;
    this.seedPrefix = seedPrefix;
    this.run = run;
  }

  @Override
  public Host under(String name) {
    return new RunHost(prefix + "/" + name, seedPrefix + "/" + name, run);
  }

  @Override
  public Backbone backbone() {
    return run.backbone();
  }

  @Override
  public Head head() {
    return run.head();
  }

  @Override
  public NDManager scope() {
    return run.scopes().current();
  }

  @Override
  public RandomGenerator random(String salt) {
    Progression now = run.progression();
    return run.seeds()
        .random(SeedTree.Purpose.STRATEGY, seedPrefix, now.taskName(), now.step(), salt);
  }

  @Override
  public void record(String name, double value) {
    run.progression().listener().value(prefix + "/" + name, value);
  }

  @Override
  public boolean offers(Capability capability) {
    return run.protocol().contains(capability);
  }

  @Override
  public void within(Runnable body) {
    run.scopes().within(body);
  }

  @Override
  public void remember(String name, List<Example> examples) {
    if (!offers(Capability.PAST_DATA)) {
      throw new IllegalStateException(
          "'%s' would keep training examples, which protocol.past-data = false forbids; set it to true, or take a strategy that keeps none"
              .formatted(prefix));
    }
    run.keepsakes().remember(prefix + "/" + name, examples);
  }

  @Override
  public List<Example> remembered(String name) {
    return run.keepsakes().remembered(prefix + "/" + name);
  }

  @Override
  public void rememberMade(String name, List<Example> examples) {
    run.keepsakes().rememberMade(prefix + "/" + name, examples);
  }

  @Override
  public List<Example> made(String name) {
    return run.keepsakes().made(prefix + "/" + name);
  }

  @Override
  public void warn(String text) {
    run.progression().listener().warning(prefix + ": " + text);
  }

  @Override
  public List<Task> announced() {
    return run.progression().announced();
  }

  @Override
  public List<Example> probe(Task task, int limit) {
    return run.progression().probe(task, limit);
  }

  @Override
  public List<Task> seen() {
    return run.progression().seen();
  }

  @Override
  public Task task(String name) {
    return run.progression().task(name);
  }

  @Override
  public List<Example> trainingData() {
    return run.progression().trainingData();
  }

  @Override
  public Map<Task, List<Example>> wholeStream() {
    if (!offers(Capability.FUTURE_DATA)) {
      throw new IllegalStateException(
          "'%s' would see training examples of tasks to come, which protocol.future-data = false forbids; set it to true if an upper bound is meant"
              .formatted(prefix));
    }
    return run.progression().wholeStream();
  }

  @Override
  public Param param(String name, Shape shape, Param.Initializer initializer) {
    return run.store().view(prefix, seedPrefix).param(name, shape, initializer);
  }

  @Override
  public Expert expert(String name, Expert.Factory factory, List<Site> sites) {
    if (sites.isEmpty()) {
      throw new IllegalArgumentException(
          "expert '%s' has no site to attach to; backbone '%s' has the linear sites %s"
              .formatted(
                  name,
                  backbone().description().architecture(),
                  backbone().sites(Site.Kind.LINEAR).stream().map(Site::part).distinct().toList()));
    }
    return run.experts()
        .computeIfAbsent(
            prefix + "/" + name, n -> factory.create(name, sites, this, backbone().weights()));
  }

  @Override
  public Tensors trained() {
    return run.store().values(run.store().trained());
  }

  @Override
  public void keep(String name, Tensors tensors) {
    requireFinite("what '%s' keeps as '%s'".formatted(prefix, name), tensors);
    run.keepsakes().keep(prefix + "/" + name, tensors);
  }

  private void requireFinite(String what, Tensors tensors) {
    Divergence.find("tensor", tensors)
        .ifPresent(
            found -> {
              throw new TrainingDiverged(
                  "task '%s': %s: %s; lower training.learning-rate, or mend what computes it"
                      .formatted(run.progression().taskName(), what, found));
            });
  }

  @Override
  public Tensors kept(String name) {
    return run.keepsakes().get(prefix + "/" + name);
  }

  @Override
  public void drop(String name) {
    run.keepsakes().drop(prefix + "/" + name);
  }

  @Override
  public void assign(Tensors values) {
    requireFinite("what '%s' assigns".formatted(prefix), values);
    run.store().assign(values);
  }

  @Override
  public <R> R at(Tensors values, Supplier<R> body) {
    return run.store().at(values, body);
  }

  @Override
  public Batch batch(List<Example> examples) {
    return run.passes().batch(examples);
  }

  @Override
  public List<long[]> prompts(List<Example> examples) {
    return examples.stream().map(run.encoder()::prompt).toList();
  }

  @Override
  public long[] answer(Task task, String answer) {
    return run.encoder().answer(task, answer);
  }

  @Override
  public Pass pass(Batch batch, Request request) {
    return run.passes().pass("asked", batch, request);
  }

  @Override
  public Pass read(List<Text> texts, Request request) {
    return run.passes().read(texts, request);
  }

  @Override
  public List<Pass> passes(List<Example> examples) {
    return run.passes().training("asked", examples, true);
  }

  @Override
  public NDArray loss(List<Pass> passes) {
    return run.passes().loss(passes);
  }

  @Override
  public Tensors gradient(Supplier<NDArray> loss, List<Param> params) {
    return run.gradients().of(loss, params);
  }

  @Override
  public Tensors gradient(Supplier<NDArray> loss) {
    return run.gradients().of(loss, List.copyOf(run.store().trained()));
  }

  @Override
  public void eachGradient(List<Example> examples, BiConsumer<Example, Tensors> consumer) {
    for (Example example : examples) {
      run.scopes()
          .within(
              () ->
                  consumer.accept(
                      example,
                      gradient(
                          () -> loss(run.passes().training("asked", List.of(example), false)))));
    }
  }
}
