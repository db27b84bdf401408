package io.github.recurrentzoo.layers.inference;

import io.github.recurrentzoo.layers.kernel.HeapMatrix;

/** {@code p = softmax(x W + b)} over V symbols, for some rows. */
final class SteppedSoftmax {

  private final HeapMatrix weights; // W, [H, V]
  private final float[] bias; // b, [V]

  SteppedSoftmax(HeapMatrix weights, float[] bias) {
    this.weights = weights;
    this.bias = bias;
  }

  /** H. */
  int inputs() {
    return weights.rows();
  }

  /** V. */
  int symbols() {
    return bias.length;
  }

  /**
   * The probabilities.
   *
   * @param x [R][H]
   * @param p written, [R][V]
   */
  void activate(float[][] x, int rows, float[][] p) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(bias, 0, p[row], 0, bias.length);
    }
    weights.addProduct(x, rows, p);
    for (int row = 0; row < rows; row++) {
      normalize(p[row], bias.length);
    }
  }

  /** From scores to probabilities; a score of negative infinity becomes 0. */
  static void normalize(float[] p, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, p[i]);
    }
    float sum = 0;
    for (int i = 0; i < count; i++) {
      float e = (float) Math.exp(p[i] - largest);
      p[i] = e;
      sum += e;
    }
    float factor = 1 / sum;
    for (int i = 0; i < count; i++) {
      p[i] *= factor;
    }
  }
}
