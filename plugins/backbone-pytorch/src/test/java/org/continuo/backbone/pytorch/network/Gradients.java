package org.continuo.backbone.pytorch.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.continuo.api.tensor.Param;

/** Gradients of a scalar, copied to Java so that they outlive everything. */
final class Gradients {
  private Gradients() {}

  static Map<String, float[]> of(Supplier<NDArray> loss, List<Param> params) {
    params.forEach(param -> param.value().setRequiresGradient(true));
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(loss.get());
    }
    for (Param param : params) {
      try (NDArray gradient = param.value().getGradient()) {
        gradients.put(param.name(), gradient.toFloatArray());
        // The next collector would add to it.
        gradient.subi(gradient);
      }
      param.value().setRequiresGradient(false);
    }
    return gradients;
  }

  /** What {@code body} computes while a gradient is recorded. */
  static <R> R recorded(Supplier<R> body) {
    GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
    try {
      return body.get();
    } finally {
      collector.close();
    }
  }

  static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  static float difference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
