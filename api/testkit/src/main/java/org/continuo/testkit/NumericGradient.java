package org.continuo.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.continuo.api.tensor.Param;

/** Compares gradients with central differences of the loss. */
final class NumericGradient {
  /** Large enough that the rounding of float32 losses does not drown the difference. */
  private static final float STEP = 1e-2f;

  /** Of the steepest slope found in a parameter. */
  private static final double TOLERANCE = 0.05;

  /** Relative rounding of a loss summed up in float32. */
  private static final double ROUNDING = 2e-6;

  private static final int ENTRIES = 6;

  private final TinyParameters parameters;
  private final Supplier<NDArray> loss;

  private NumericGradient(TinyParameters parameters, Supplier<NDArray> loss) {
    this.parameters = parameters;
    this.loss = loss;
  }

  /**
   * Checks some entries of every parameter.
   *
   * @param loss a scalar that reads the parameters anew each time
   */
  static void check(TinyParameters parameters, Supplier<NDArray> loss) {
    new NumericGradient(parameters, loss).check();
  }

  private void check() {
    Map<String, float[]> gradients = gradients();
    double noise = ROUNDING * (1 + Math.abs(value())) / STEP;
    double steepest = 0;
    for (Map.Entry<String, float[]> entry : parameters.values().entrySet()) {
      double[] slopes = slopes(entry.getKey(), entry.getValue());
      double largest = 0;
      for (double slope : slopes) {
        largest = Math.max(largest, Math.abs(slope));
      }
      steepest = Math.max(steepest, largest);
      int stride = stride(entry.getValue());
      for (int i = 0; i < slopes.length; i++) {
        assertEquals(
            slopes[i],
            gradients.get(entry.getKey())[i * stride],
            TOLERANCE * largest + noise,
            "gradient of entry " + i * stride + " of " + entry.getKey());
      }
    }
    assertTrue(steepest > 20 * noise, "no parameter changes the loss: steepest " + steepest);
  }

  private static int stride(float[] values) {
    return Math.max(1, values.length / ENTRIES);
  }

  private double[] slopes(String name, float[] values) {
    int stride = stride(values);
    double[] slopes = new double[(values.length + stride - 1) / stride];
    for (int i = 0; i < slopes.length; i++) {
      float[] moved = values.clone();
      moved[i * stride] = values[i * stride] + STEP;
      parameters.assign(name, moved);
      double above = value();
      moved[i * stride] = values[i * stride] - STEP;
      parameters.assign(name, moved);
      slopes[i] = (above - value()) / (2 * STEP);
    }
    parameters.assign(name, values);
    return slopes;
  }

  private double value() {
    try (NDArray value = loss.get()) {
      return value.getFloat();
    }
  }

  private Map<String, float[]> gradients() {
    parameters.all().forEach(param -> param.value().setRequiresGradient(true));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(loss.get());
    }
    Map<String, float[]> gradients = new TreeMap<>();
    for (Param param : parameters.all()) {
      try (NDArray gradient = param.value().getGradient()) {
        gradients.put(param.name(), gradient.toFloatArray());
      }
      param.value().setRequiresGradient(false);
    }
    return gradients;
  }
}
