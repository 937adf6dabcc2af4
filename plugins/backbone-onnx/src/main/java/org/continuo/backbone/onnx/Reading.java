package org.continuo.backbone.onnx;

import java.util.Arrays;

/** What of the states of one text is wanted. */
sealed interface Reading {
  /** Tells readings apart. */
  String key();

  /**
   * @param states [S,w] row by row
   * @return rows of w numbers
   */
  float[] of(float[] states, int width);

  /** Those of all tokens, [S,w]. */
  record All() implements Reading {
    @Override
    public String key() {
      return "all";
    }

    @Override
    public float[] of(float[] states, int width) {
      return states;
    }
  }

  /** Their mean, [w]. */
  record Mean() implements Reading {
    @Override
    public String key() {
      return "mean";
    }

    @Override
    public float[] of(float[] states, int width) {
      int tokens = states.length / width;
      float[] mean = new float[width];
      for (int i = 0; i < width; i++) {
        double sum = 0;
        for (int token = 0; token < tokens; token++) {
          sum += states[token * width + i];
        }
        mean[i] = (float) (sum / tokens);
      }
      return mean;
    }
  }

  /** Those of some tokens, [T,w]. */
  @SuppressWarnings("ArrayRecordComponent") // made for one use and never compared
  record At(int[] tokens) implements Reading {
    @Override
    public String key() {
      return "at " + Arrays.toString(tokens);
    }

    @Override
    public float[] of(float[] states, int width) {
      float[] rows = new float[tokens.length * width];
      for (int row = 0; row < tokens.length; row++) {
        System.arraycopy(states, tokens[row] * width, rows, row * width, width);
      }
      return rows;
    }
  }
}
