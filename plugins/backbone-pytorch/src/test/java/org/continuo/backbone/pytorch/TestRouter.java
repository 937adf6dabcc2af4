package org.continuo.backbone.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/** A gate per site and token, without views of its parameters: those would outlive a step here. */
public record TestRouter(Map<Site, Param> gates) implements Router.TokenSoftmax {
  public static TestRouter random(List<Site> sites, int experts, Parameters parameters) {
    Map<Site, Param> gates = new LinkedHashMap<>();
    for (Site site : sites) {
      gates.put(
          site,
          parameters.param(
              "router/" + site.name(),
              new Shape(experts, site.in()),
              (manager, shape) -> manager.randomNormal(0, 0.5f, shape, DataType.FLOAT32)));
    }
    return new TestRouter(gates);
  }

  @Override
  public Param weight(Site site) {
    return gates.get(site);
  }

  @Override
  public List<Param> params() {
    return List.copyOf(gates.values());
  }

  @Override
  public NDArray weights(Input input) {
    return Linear.linear(input.hidden(), weight(input.site()).value())
        .singletonOrThrow()
        .softmax(-1);
  }
}
