package org.continuo.core.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Site;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Parameters;

/** A full-rank delta at one site. */
public record ToyExpert(String name, List<Site> sites, Param matrix) implements Expert {
  public static ToyExpert create(String name, List<Site> sites, Parameters parameters) {
    Shape shape = new Shape(sites.get(0).in(), sites.get(0).out());
    return new ToyExpert(
        name, sites, parameters.param(name, shape, (m, s) -> m.zeros(s, DataType.FLOAT32)));
  }

  @Override
  public List<Param> params() {
    return List.of(matrix);
  }

  @Override
  public NDArray delta(Site site, NDArray x, NDArray wx, boolean training) {
    return x.matMul(matrix.value());
  }
}
