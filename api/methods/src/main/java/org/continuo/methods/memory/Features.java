package org.continuo.methods.memory;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.continuo.api.data.Example;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Pass;
import org.continuo.methods.features.Batches;

/** What the model as trained so far makes of examples. */
final class Features {
  private static final int ROWS = 32;

  private Features() {}

  /**
   * The mean of the final hidden states [d] that the head reads, one vector per example.
   *
   * @return in the order of {@code examples}
   */
  static List<float[]> of(List<Example> examples, Host host) {
    Map<String, float[]> byId = new HashMap<>();
    for (List<Example> rows : Batches.of(examples, ROWS)) {
      host.within(
          () -> {
            for (Pass pass : host.passes(rows)) {
              byId.putAll(read(host.pass(pass.batch(), pass.request().inference())));
            }
          });
    }
    return examples.stream().map(example -> byId.get(example.id())).toList();
  }

  private static Map<String, float[]> read(Pass pass) {
    NDArray hidden = pass.forward().hidden().orElseThrow();
    int width = (int) hidden.getShape().get(1);
    float[] values = hidden.toFloatArray();
    long[] rows = pass.batch().rows().toLongArray();
    long length = pass.batch().tokens().getShape().get(1);
    List<float[]> sums = new ArrayList<>();
    pass.batch().examples().forEach(example -> sums.add(new float[width]));
    for (int r = 0; r < rows.length; r++) {
      float[] sum = sums.get((int) (rows[r] / length));
      for (int d = 0; d < width; d++) {
        // herding looks at directions only, so a sum does for a mean
        sum[d] += values[r * width + d];
      }
    }
    Map<String, float[]> byId = new HashMap<>();
    for (int i = 0; i < sums.size(); i++) {
      byId.put(pass.batch().examples().get(i).id(), sums.get(i));
    }
    return byId;
  }
}
