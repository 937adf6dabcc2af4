package org.continuo.moecl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.continuo.api.model.Request;
import org.continuo.api.model.Wiring;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.backbone.pytorch.PytorchBackbonePlugin;
import org.continuo.backbone.pytorch.scratch.ScratchPlugin;
import org.continuo.heads.ClassificationPlugin;
import org.continuo.heads.FreeTextPlugin;
import org.continuo.lora.LoraPlugin;
import org.continuo.moecl.adversary.NoAdversaryPlugin;
import org.continuo.moecl.adversary.TaskDiscriminatorPlugin;
import org.continuo.moecl.router.FixedWeightsPlugin;
import org.continuo.moecl.router.SequenceSoftmaxPlugin;
import org.continuo.moecl.router.TaskTokenSoftmaxPlugin;
import org.continuo.moecl.router.TokenSoftmaxPlugin;
import org.continuo.testkit.OpenRun;
import org.continuo.testkit.TinyRun;

/** MoE-CL, run on tasks given in code. */
final class MoeClRun {
  private MoeClRun() {}

  /**
   * On a real checkpoint. The weights after a task are those of its last step, not of its best.
   *
   * @param checkpoint a Hugging Face folder
   * @param settings blocks of the experiment, in its syntax
   */
  static TinyRun of(Path checkpoint, TestStream stream, String settings) {
    return of(stream)
        .with("backbone { type = pytorch, checkpoint = \"%s\" }".formatted(checkpoint))
        .with("training { select-best = false }")
        .with(settings);
  }

  /**
   * With the plugins of this module and what a run needs beside them; a backbone is to be named.
   */
  static TinyRun of(TestStream stream) {
    List<Plugin<?, ?>> plugins =
        List.of(
            new TestStream.Offer(stream),
            new MoeClPlugin(),
            new TaskDiscriminatorPlugin(),
            new NoAdversaryPlugin(),
            new FirstTaskAdversary.Offer(),
            new TokenSoftmaxPlugin(),
            new TaskTokenSoftmaxPlugin(),
            new SequenceSoftmaxPlugin(),
            new FixedWeightsPlugin(),
            new LoraPlugin(),
            new ClassificationPlugin(),
            new FreeTextPlugin(),
            new PytorchBackbonePlugin(),
            new ScratchPlugin());
    return TinyRun.of("{ type = moe-cl }", plugins).with("stream = test");
  }

  /** Final states of the training examples of a task, as the strategy predicts them. */
  static float[] hidden(OpenRun run, int task) {
    return run.within(
        host -> {
          Wiring wiring = run.strategy().wiring(Optional.of(run.task(task).name())).orElseThrow();
          return host.pass(host.batch(run.examples(task)), Request.of(wiring))
              .forward()
              .hidden()
              .orElseThrow()
              .toFloatArray();
        });
  }

  /**
   * Gives the shared expert a say: in the fixtures' small weights its output is nearly 0, and no
   * discriminator could read anything in it.
   */
  static void wakeSharedExpert(OpenRun run) {
    run.within(
        host -> {
          Map<String, NDArray> values = new TreeMap<>();
          run.trained(0).stream()
              .filter(param -> param.name().startsWith("moe-cl/shared"))
              .filter(param -> param.name().endsWith(".B"))
              .forEach(param -> values.put(param.name(), random(host.scope(), param)));
          host.assign(new Tensors(values));
          return true;
        });
  }

  private static NDArray random(NDManager scope, Param param) {
    SplittableRandom random = new SplittableRandom(param.name().hashCode());
    float[] values = new float[(int) param.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() - 0.5) * 2;
    }
    return scope.create(values, param.shape());
  }
}
