package org.continuo.moecl.router;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/**
 * One matrix G [K,d] per site, from N(0, 0.02) as in the authors' code: all experts count about the
 * same at first.
 */
final class LinearGate {
  private static final float DEVIATION = 0.02f;

  private final Map<Site, Param> weights = new LinkedHashMap<>();

  LinearGate(String name, List<Site> sites, int experts, Parameters parameters) {
    Parameters own = parameters.under(name);
    for (Site site : sites) {
      weights.put(site, own.param(site.name(), new Shape(experts, site.in()), LinearGate::fresh));
    }
  }

  private static NDArray fresh(NDManager manager, Shape shape) {
    return manager.randomNormal(0, DEVIATION, shape, DataType.FLOAT32);
  }

  Param weight(Site site) {
    return weights.get(site);
  }

  List<Param> params() {
    return List.copyOf(weights.values());
  }
}
