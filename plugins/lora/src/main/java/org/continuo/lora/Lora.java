package org.continuo.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * A low-rank expert (Hu et al. 2021, eq. 3): {@code delta = alpha/r B A dropout(x)}, A [r,in] and B
 * [out,r], B zero at first, so that a new expert changes nothing.
 */
final class Lora implements Expert.LowRank {

  /** Defaults as in the MoE-CL reference configuration, dropout apart (0.05 there). */
  public record Options(
      @Option(doc = "rank r of the update", value = "8", min = 1) int rank,
      @Option(doc = "numerator of the scale alpha / r", value = "16", min = 0) double alpha,
      @Option(
              doc = "probability that an input of A is dropped in training",
              value = "0",
              min = 0,
              max = 0.99)
          double dropout) {}

  private final String name;
  private final Options options;
  private final Map<Site, Param> a = new LinkedHashMap<>();
  private final Map<Site, Param> b = new LinkedHashMap<>();

  private Lora(String name, List<Site> sites, Options options, Parameters parameters) {
    this.name = name;
    this.options = options;
    Parameters own = parameters.under(name);
    for (Site site : sites) {
      a.put(
          site,
          own.param(site.name() + ".A", new Shape(options.rank, site.in()), Lora::fanInUniform));
      b.put(site, own.param(site.name() + ".B", new Shape(site.out(), options.rank), Lora::zeros));
    }
  }

  /** U(-1/sqrt(in), 1/sqrt(in)): what a linear layer of PyTorch starts from. */
  private static NDArray fanInUniform(NDManager manager, Shape shape) {
    float bound = (float) (1 / Math.sqrt((double) shape.get(1)));
    return manager.randomUniform(-bound, bound, shape, DataType.FLOAT32);
  }

  private static NDArray zeros(NDManager manager, Shape shape) {
    return manager.zeros(shape, DataType.FLOAT32);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Site> sites() {
    return List.copyOf(a.keySet());
  }

  @Override
  public List<Param> params() {
    return Stream.concat(a.values().stream(), b.values().stream()).toList();
  }

  @Override
  public Param a(Site site) {
    return a.get(site);
  }

  @Override
  public Param b(Site site) {
    return b.get(site);
  }

  @Override
  public double scale() {
    return options.alpha / options.rank;
  }

  @Override
  public double dropout() {
    return options.dropout;
  }

  @Override
  public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
    NDArray input =
        training && options.dropout > 0
            ? Dropout.dropout(x, (float) options.dropout, true).singletonOrThrow()
            : x;
    NDArray low = input.matMul(a(site).value().transpose());
    return Autograd.scale(low, scale()).matMul(b(site).value().transpose());
  }

  @Override
  public String toString() {
    return "lora " + name + " (rank " + options.rank + ")";
  }

  /** Makes experts with one set of options. */
  record Factory(Options options) implements Expert.LowRank.Factory {
    @Override
    public Expert.LowRank create(String name, List<Site> sites, Parameters parameters) {
      return new Lora(name, sites, options, parameters);
    }
  }
}
