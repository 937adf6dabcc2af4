package org.continuo.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.plugin.Option;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/** {@code B A x} of a small rank, B zero at first. */
final class TinyExpert implements Expert.LowRank {
  record Options(@Option(doc = "rank", value = "4", min = 1) int rank) {}

  private final String name;
  private final Map<Site, Param> a = new LinkedHashMap<>();
  private final Map<Site, Param> b = new LinkedHashMap<>();

  TinyExpert(Options options, String name, List<Site> sites, Parameters parameters) {
    this.name = name;
    for (Site site : sites) {
      a.put(
          site,
          parameters.param(
              name + "/" + site.name() + ".A",
              new Shape(options.rank, site.in()),
              (manager, shape) -> manager.randomNormal(0, 0.2f, shape, DataType.FLOAT32)));
      b.put(
          site,
          parameters.param(
              name + "/" + site.name() + ".B",
              new Shape(site.out(), options.rank),
              (manager, shape) -> manager.zeros(shape, DataType.FLOAT32)));
    }
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
    return 1;
  }

  @Override
  public double dropout() {
    return 0;
  }

  @Override
  public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
    return x.matMul(a(site).value().transpose()).matMul(b(site).value().transpose());
  }
}
