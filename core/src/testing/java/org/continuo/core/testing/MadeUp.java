package org.continuo.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.continuo.api.data.Example;
import org.continuo.api.data.Split;
import org.continuo.api.data.Task;
import org.continuo.api.data.TaskStream;
import org.continuo.api.learning.Head;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Backbone;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Capability;
import org.continuo.api.plugin.Option;
import org.continuo.api.plugin.Plugin;
import org.continuo.api.result.Metric;
import org.continuo.api.result.MetricDefinition;
import org.continuo.api.result.Prediction;
import org.continuo.api.tensor.Parameters;
import org.continuo.core.plugin.PluginRegistry;
import org.continuo.results.Report;
import org.continuo.results.ResultsFile;

/**
 * Plugins whose options cover every type an option may have. Their factories are records, so that
 * bound options can be compared; nothing here can run.
 */
public final class MadeUp {
  private MadeUp() {}

  /** All of them. */
  public static PluginRegistry registry() {
    return with();
  }

  /** All of them and more. */
  public static PluginRegistry with(Plugin<?, ?>... more) {
    List<Plugin<?, ?>> all = new ArrayList<>(plugins());
    all.addAll(List.of(more));
    return PluginRegistry.of(all);
  }

  private static List<Plugin<?, ?>> plugins() {
    return List.of(
        simple("glass", Backbone.Factory.class, Glass.class, GlassFactory::new),
        simple("shelf", TaskStream.Factory.class, Shelf.class, ShelfFactory::new),
        preferred("plain", Head.Factory.class, Plugin.NoOptions.class, o -> new PlainFactory()),
        new DriftPlugin(),
        simple("still", Strategy.Factory.class, Still.class, StillFactory::new),
        preferred("thin", Expert.LowRank.Factory.class, Thin.class, ThinFactory::new),
        simple("wide", Expert.Factory.class, Wide.class, WideFactory::new));
  }

  public static <F, O extends Record> Plugin<F, O> simple(
      String id, Class<F> makes, Class<O> options, Function<O, F> create) {
    return new Given<>(id, makes, options, create, false);
  }

  public static <F, O extends Record> Plugin<F, O> preferred(
      String id, Class<F> makes, Class<O> options, Function<O, F> create) {
    return new Given<>(id, makes, options, create, true);
  }

  private record Given<F, O extends Record>(
      String id, Class<F> makes, Class<O> options, Function<O, F> maker, boolean preferred)
      implements Plugin<F, O> {
    @Override
    public String summary() {
      return id + " for tests";
    }

    @Override
    public F create(O chosen) {
      return maker.apply(chosen);
    }
  }

  /** Options of the backbone. */
  public enum Precision {
    FLOAT_32,
    BFLOAT_16
  }

  public record Glass(
      @Option(doc = "folder of the checkpoint") Path checkpoint,
      @Option(doc = "number of layers", value = "2", min = 1, max = 96) int layers,
      @Option(doc = "how weights are held", value = "float-32") Precision precision,
      @Option(doc = "where results of passes are kept") Optional<Path> cache) {}

  public record GlassFactory(Glass options) implements Backbone.Factory {
    @Override
    public String engine() {
      return "Abacus";
    }

    @Override
    public Backbone load(Parameters parameters) {
      return (Backbone)
          Proxy.newProxyInstance(
              Backbone.class.getClassLoader(),
              new Class<?>[] {Backbone.class},
              (backbone, method, arguments) -> {
                throw new UnsupportedOperationException("for binding only");
              });
    }
  }

  public record Shelf(
      @Option(doc = "folder of the tasks") Path root,
      @Option(doc = "names of the tasks in order", min = 1, value = "[a, b]") List<String> order,
      @Option(doc = "training examples per task", unit = "examples", min = 1)
          OptionalInt trainLimit,
      @Option(doc = "weight by task", min = 0, max = 1) Map<String, Double> weights,
      @Option(
              doc = "which form the files have",
              value = "json",
              choices = {"json", "csv"})
          String form) {}

  public record ShelfFactory(Shelf options) implements TaskStream.Factory {
    @Override
    public TaskStream open(long seed) {
      return new TaskStream() {
        @Override
        public List<Task> tasks() {
          return List.of();
        }

        @Override
        public List<Example> examples(Task task, Split split) {
          return List.of();
        }
      };
    }
  }

  public record PlainFactory() implements Head.Factory {
    @Override
    public Head create(Host host) {
      throw new UnsupportedOperationException("for binding only");
    }

    @Override
    public String score(String task) {
      return "accuracy";
    }
  }

  /** A nested block that is particular about its values. */
  public record Ramp(
      @Option(doc = "first weight", value = "0", min = 0) double from,
      @Option(doc = "last weight", value = "1", min = 0) double to) {
    public Ramp {
      if (from > to) {
        throw new IllegalArgumentException(
            "found from " + from + " above to " + to + ", expected a rising ramp; swap them");
      }
    }
  }

  public record Drift(
      @Option(doc = "weight of the pull", value = "1.0", min = 0) double lambda,
      @Option(doc = "how the weight grows") Ramp ramp,
      @Option(doc = "learning rate of its own", min = 0) OptionalDouble learningRate,
      @Option(doc = "what it trains") Expert.Factory expert,
      @Option(doc = "strategies beside it") List<Strategy.Factory> with,
      @Option(doc = "how many steps it looks back", value = "10", unit = "steps") long memory,
      @Option(doc = "pull towards the mean", value = "false") boolean mean,
      @Option(doc = "ramps by task") Map<String, Ramp> ramps) {}

  public record DriftFactory(Drift options) implements Strategy.Factory {
    @Override
    public Strategy create(Host host) {
      throw new UnsupportedOperationException("for binding only");
    }
  }

  private static final class DriftPlugin implements Plugin<Strategy.Factory, Drift> {
    @Override
    public String id() {
      return "drift";
    }

    @Override
    public String summary() {
      return "pull towards earlier weights";
    }

    @Override
    public String source() {
      return "Made Up et al. 2025, eq. 3";
    }

    @Override
    public boolean preferred() {
      return true;
    }

    @Override
    public Set<Capability> needs(Drift options) {
      return Set.of(Capability.PAST_DATA, Capability.GRADIENTS);
    }

    @Override
    public List<String> conflicts(Drift options) {
      return options.lambda() == 0 && options.mean()
          ? List.of("found mean = true with lambda = 0, expected a pull; raise lambda")
          : List.of();
    }

    @Override
    public Strategy.Factory create(Drift options) {
      return new DriftFactory(options);
    }
  }

  public record Still(
      @Option(doc = "what it trains", value = "{ type = thin, rank = 4 }")
          Expert.LowRank.Factory expert,
      @Option(doc = "another one") Optional<Expert.Factory> second) {}

  public record StillFactory(Still options) implements Strategy.Factory {
    @Override
    public Strategy create(Host host) {
      throw new UnsupportedOperationException("for binding only");
    }
  }

  public record Thin(
      @Option(doc = "rank", value = "8", min = 1) int rank,
      @Option(doc = "scale times rank", value = "16") double alpha) {}

  public record ThinFactory(Thin options) implements Expert.LowRank.Factory {
    @Override
    public Expert.LowRank create(String name, List<Site> sites, Parameters parameters) {
      throw new UnsupportedOperationException("for binding only");
    }
  }

  public record Wide(@Option(doc = "factor", value = "1.5") double factor) {}

  public record WideFactory(Wide options) implements Expert.Factory {
    @Override
    public Expert create(String name, List<Site> sites, Parameters parameters) {
      throw new UnsupportedOperationException("for binding only");
    }
  }

  /** The same number whatever the answers. */
  public record Fixed(@Option(doc = "the number", value = "0.5", min = 0, max = 1) double value) {}

  public record FixedFactory(Fixed options) implements Metric.Factory {
    @Override
    public Metric create() {
      return new Metric() {
        @Override
        public MetricDefinition definition() {
          return new MetricDefinition(
              "fixed@" + options.value(), "Fixed", "a number", "v", "made up", true);
        }

        @Override
        public Map<String, Double> values(List<Prediction> predictions) {
          return Map.of(TOTAL, options.value());
        }
      };
    }
  }

  /** Not among {@link #registry}. */
  public static Plugin<?, ?> fixed() {
    return simple("fixed", Metric.Factory.class, Fixed.class, FixedFactory::new);
  }

  /** Writes the name of what it reads. */
  public static <T> Plugin<?, ?> listing(ResultsFile<T> reads) {
    return report(
        "listing",
        reads,
        folder -> Files.writeString(folder.resolve("listing.txt"), reads.name()));
  }

  /** Cannot write. */
  public static Plugin<?, ?> fullDisk() {
    return report(
        "full",
        ResultsFile.RUN,
        folder -> {
          throw new IOException("no space left");
        });
  }

  /** What a report does. */
  @FunctionalInterface
  public interface Writing {
    Path write(Path folder) throws IOException;
  }

  public static <T> Plugin<?, ?> report(String id, ResultsFile<T> reads, Writing writing) {
    Report<T> report =
        new Report<>() {
          @Override
          public ResultsFile<T> reads() {
            return reads;
          }

          @Override
          public Path write(T results, Path folder) throws IOException {
            return writing.write(folder);
          }
        };
    return simple(id, Report.Factory.class, Plugin.NoOptions.class, o -> () -> report);
  }
}
