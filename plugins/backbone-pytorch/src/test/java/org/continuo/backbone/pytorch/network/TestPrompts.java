package org.continuo.backbone.pytorch.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.continuo.api.model.Prompts;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/** The same soft prompts for every row. */
record TestPrompts(Site site, Param values) implements Prompts {
  static TestPrompts random(Site site, int count, Parameters parameters) {
    return new TestPrompts(
        site,
        parameters.param(
            "prompts/" + site.name(),
            new Shape(count, site.out()),
            (manager, shape) -> manager.randomNormal(0, 0.5f, shape, DataType.FLOAT32)));
  }

  @Override
  public NDArray prompts(Router.Input input) {
    long rows = input.hidden().getShape().get(0);
    NDArray base = input.hidden().getManager().zeros(new Shape(rows, 1, 1));
    return base.add(values.value());
  }

  @Override
  public List<Param> params() {
    return List.of(values);
  }
}
