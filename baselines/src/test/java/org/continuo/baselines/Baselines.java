package org.continuo.baselines;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.continuo.api.learning.Strategy;
import org.continuo.api.plugin.Plugin;
import org.continuo.backbone.pytorch.scratch.ScratchPlugin;
import org.continuo.baselines.combine.CombinePlugin;
import org.continuo.heads.ClassificationPlugin;
import org.continuo.heads.LabelScoringPlugin;
import org.continuo.lora.LoraPlugin;
import org.continuo.testkit.TinyRun;

/** Runs of this module's strategies: three tasks, a small transformer of random weights, LoRA. */
public final class Baselines {
  private static final String PARTS =
      """
      seed = 5
      backbone { type = pytorch-scratch, width = 16, layers = 2, heads = 2, key-value-heads = 2,
                 feed-forward-width = 32, vocabulary = 270, maximum-length = 64 }
      stream = contrary
      training { epochs = 2, batch-size = 8, learning-rate = 1e-2, maximum-length = 24 }
      """;

  private static final List<Plugin<?, ?>> OWN = own();

  private Baselines() {}

  /**
   * @param strategy its block
   * @param sets more options, as after {@code --set}
   */
  public static TinyRun of(String strategy, String... sets) {
    List<Plugin<?, ?>> plugins = new ArrayList<>(OWN);
    plugins.addAll(
        List.of(
            new LoraPlugin(),
            new ClassificationPlugin(),
            new LabelScoringPlugin(),
            new ScratchPlugin(),
            new ContraryTasks.Offer()));
    return TinyRun.of(strategy, plugins).with(PARTS).set(List.of(sets));
  }

  /** Ids of all strategies that the module offers. */
  static List<String> strategies() {
    return OWN.stream()
        .filter(plugin -> plugin.makes() == Strategy.Factory.class)
        .map(Plugin::id)
        .sorted()
        .toList();
  }

  /** What the module provides: tests run on the class path, where nothing does. */
  private static List<Plugin<?, ?>> own() {
    try {
      Path classes =
          Path.of(CombinePlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<Plugin<?, ?>> all = new ArrayList<>();
      for (ModuleDescriptor.Provides provides :
          ModuleFinder.of(classes)
              .find("org.continuo.baselines")
              .orElseThrow()
              .descriptor()
              .provides()) {
        for (String name : provides.providers()) {
          all.add(Class.forName(name).asSubclass(Plugin.class).getConstructor().newInstance());
        }
      }
      return all;
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
