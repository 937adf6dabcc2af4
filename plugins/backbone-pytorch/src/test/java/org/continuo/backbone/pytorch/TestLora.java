package org.continuo.backbone.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Autograd;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/** A low-rank expert with both matrices drawn at random, so that every gradient is non-zero. */
public record TestLora(
    String name,
    List<Site> sites,
    Map<Site, Param> as,
    Map<Site, Param> bs,
    double scale,
    double dropout)
    implements Expert.LowRank {

  public static TestLora random(
      String name, List<Site> sites, int rank, double scale, Parameters parameters) {
    return of(
        name,
        sites,
        rank,
        scale,
        parameters,
        (manager, shape) -> manager.randomNormal(0, 0.1f, shape, DataType.FLOAT32));
  }

  public static TestLora of(
      String name,
      List<Site> sites,
      int rank,
      double scale,
      Parameters parameters,
      Param.Initializer initializer) {
    Map<Site, Param> as = new LinkedHashMap<>();
    Map<Site, Param> bs = new LinkedHashMap<>();
    for (Site site : sites) {
      String cell = name + "/" + site.name();
      as.put(
          site,
          parameters.param(
              cell + "/a", new ai.djl.ndarray.types.Shape(rank, site.in()), initializer));
      bs.put(
          site,
          parameters.param(
              cell + "/b", new ai.djl.ndarray.types.Shape(site.out(), rank), initializer));
    }
    return new TestLora(name, sites, as, bs, scale, 0);
  }

  public TestLora withDropout(double probability) {
    return new TestLora(name, sites, as, bs, scale, probability);
  }

  @Override
  public Param a(Site site) {
    return as.get(site);
  }

  @Override
  public Param b(Site site) {
    return bs.get(site);
  }

  @Override
  public List<Param> params() {
    List<Param> params = new ArrayList<>(as.values());
    params.addAll(bs.values());
    return params;
  }

  @Override
  public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
    NDArray read =
        training && dropout > 0 ? Dropout.dropout(x, (float) dropout, true).singletonOrThrow() : x;
    NDArray low = Linear.linear(read, a(site).value()).singletonOrThrow();
    return Autograd.scale(Linear.linear(low, b(site).value()).singletonOrThrow(), scale);
  }
}
