package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense output layer with its loss, forward and backward, for floats on the CPU:
 *
 * <pre>
 * z     = x W + b
 * loss  = sum over the rows of L(y, f(z))
 * delta = the gradient by z
 * </pre>
 *
 * <p>Losses and their gradients are Deeplearning4j's, rounding aside: where it clips probabilities,
 * so is done here.
 */
public final class OutputKernel {

  /** A loss with its activation. */
  public enum Loss {
    /** Softmax with cross-entropy: {@code - sum y log p}; delta is {@code p - y}. */
    SOFTMAX_CROSS_ENTROPY,
    /** Sigmoid with cross-entropy: {@code - sum (y log p + (1 - y) log (1 - p))}. */
    SIGMOID_CROSS_ENTROPY,
    /** Identity with the mean square over the columns. */
    MEAN_SQUARE,
    /** Identity with the mean of absolute differences over the columns. */
    MEAN_ABSOLUTE
  }

  private final Loss loss;
  private final double smallest;
  private final NativeFloats z = new NativeFloats(); // [B, C]: z, then delta
  private final NativeFloats x = new NativeFloats(); // [B, H], then the gradient by it
  private float[] zs = {};
  private float[] xs = {};
  private float[] ys = {};
  private double[] powers = {};

  /**
   * For one layer.
   *
   * @param loss null where it is computed elsewhere, and {@link #multiply} and {@link #back} are
   *     used
   * @param smallest probabilities enter the loss as if in [smallest, 1 - smallest]
   */
  public OutputKernel(Loss loss, double smallest) {
    this.loss = loss;
    this.smallest = smallest;
  }

  /** Whether {@link #run} knows the loss. */
  public boolean hasLoss() {
    return loss != null;
  }

  /**
   * What the layer reads.
   *
   * @param x [B, H]
   * @param weights W, [H, C]
   * @param bias b, [1, C] or [C]; null for none
   */
  public record Input(INDArray x, INDArray weights, INDArray bias) {}

  /**
   * What the backward pass writes.
   *
   * @param x the gradient by x, [B, H]; null if it is not wanted
   * @param weights the gradient by W, [H, C]
   * @param bias the gradient by b, [1, C] or [C]; null for none
   */
  public record Gradients(INDArray x, INDArray weights, INDArray bias) {}

  /**
   * {@code z = x W + b}.
   *
   * @param output written, [B, C]
   */
  public void multiply(Input input, INDArray output) {
    try {
      product(input);
      BatchArray.of(output).write(0, 0, rows(input), zs);
    } finally {
      Reference.reachabilityFence(input);
      Reference.reachabilityFence(output);
    }
  }

  /**
   * Forward and backward.
   *
   * @param labels y, [B, C]
   * @param gradients written
   * @return the loss, a sum over the rows
   */
  public double run(Input input, INDArray labels, Gradients gradients) {
    try {
      product(input);
      int rows = rows(input);
      int columns = columns(input);
      if (ys.length < rows * columns) {
        ys = new float[rows * columns];
      }
      BatchArray.of(labels).read(0, 0, rows, ys);
      double sum = 0;
      for (int b = 0; b < rows; b++) {
        sum += row(b * columns, columns);
      }
      back(input, gradients);
      return sum;
    } finally {
      Reference.reachabilityFence(input);
      Reference.reachabilityFence(labels);
      Reference.reachabilityFence(gradients);
    }
  }

  /**
   * The backward pass from a gradient by z that came from elsewhere.
   *
   * @param delta the gradient by z, [B, C]
   */
  public void back(Input input, INDArray delta, Gradients gradients) {
    try {
      read(input);
      BatchArray.of(delta).read(0, 0, rows(input), zs);
      back(input, gradients);
    } finally {
      Reference.reachabilityFence(input);
      Reference.reachabilityFence(delta);
      Reference.reachabilityFence(gradients);
    }
  }

  private static int rows(Input input) {
    return Math.toIntExact(input.x().size(0));
  }

  private static int columns(Input input) {
    return Math.toIntExact(input.weights().size(1));
  }

  /** x into native memory, and room for z. */
  private void read(Input input) {
    int rows = rows(input);
    int size = Math.toIntExact(input.x().size(1));
    int columns = columns(input);
    x.ensure((long) rows * size);
    z.ensure((long) rows * columns);
    if (xs.length < rows * size) {
      xs = new float[rows * size];
    }
    if (zs.length < rows * columns) {
      zs = new float[rows * columns];
    }
    BatchArray.of(input.x()).read(0, 0, rows, xs);
    x.put(0, xs, rows * size);
  }

  private Matrix xMatrix(Input input) {
    return Matrix.rowMajor(x.address(0), rows(input), Math.toIntExact(input.x().size(1)));
  }

  private Matrix zMatrix(Input input) {
    return Matrix.rowMajor(z.address(0), rows(input), columns(input));
  }

  private static Matrix matrix(INDArray weights) {
    return Matrix.block(weights, 0, (int) weights.size(0), 0, (int) weights.size(1));
  }

  /** z into {@link #zs}. */
  private void product(Input input) {
    read(input);
    int rows = rows(input);
    int columns = columns(input);
    BlasThreads.enter();
    try {
      Blas.multiply(xMatrix(input), matrix(input.weights()), false, zMatrix(input));
    } finally {
      BlasThreads.leave();
    }
    z.get(0, zs, rows * columns);
    if (input.bias() == null) {
      return;
    }
    float[] bias = new float[columns];
    BatchArray.ofRow(input.bias()).read(0, 0, 1, bias);
    for (int i = 0; i < rows * columns; i += columns) {
      for (int c = 0; c < columns; c++) {
        zs[i + c] += bias[c];
      }
    }
  }

  /** From delta in {@link #zs}. */
  private void back(Input input, Gradients gradients) {
    int rows = rows(input);
    int columns = columns(input);
    z.put(0, zs, rows * columns);
    BlasThreads.enter();
    try {
      Blas.transposedMultiply(xMatrix(input), zMatrix(input), false, matrix(gradients.weights()));
      if (gradients.x() != null) {
        Blas.multiplyTransposed(zMatrix(input), matrix(input.weights()), false, xMatrix(input));
      }
    } finally {
      BlasThreads.leave();
    }
    if (gradients.x() != null) {
      x.get(0, xs, rows * (int) input.x().size(1));
      BatchArray.of(gradients.x()).write(0, 0, rows, xs);
    }
    if (gradients.bias() != null) {
      float[] sums = new float[columns];
      for (int i = 0; i < rows * columns; i += columns) {
        for (int c = 0; c < columns; c++) {
          sums[c] += zs[i + c];
        }
      }
      BatchArray.ofRow(gradients.bias()).write(0, 0, 1, sums);
    }
  }

  /** The loss of the row that begins at {@code from}; z becomes delta. */
  private double row(int from, int columns) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> softmax(from, columns);
      case SIGMOID_CROSS_ENTROPY -> sigmoid(from, columns);
      case MEAN_SQUARE -> square(from, columns);
      case MEAN_ABSOLUTE -> absolute(from, columns);
    };
  }

  private double softmax(int from, int columns) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + columns; i++) {
      largest = Math.max(largest, zs[i]);
    }
    double all = 0;
    if (powers.length < columns) {
      powers = new double[columns];
    }
    for (int c = 0; c < columns; c++) {
      powers[c] = Math.exp(zs[from + c] - largest);
      all += powers[c];
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      double p = powers[c] / all;
      float y = ys[from + c];
      if (y != 0 || Double.isNaN(p)) {
        sum -= y * Math.log(clipped(p));
      }
      zs[from + c] = (float) p - y;
    }
    return sum;
  }

  private double sigmoid(int from, int columns) {
    double sum = 0;
    for (int i = from; i < from + columns; i++) {
      double p = 1 / (1 + Math.exp(-zs[i]));
      double q = clipped(p);
      float y = ys[i];
      sum -= y * Math.log(q) + (1 - y) * Math.log(1 - q);
      zs[i] = (float) ((q - y) / (q * (1 - q)) * (p * (1 - p)));
    }
    return sum;
  }

  private double clipped(double p) {
    return Math.max(smallest, Math.min(1 - smallest, p));
  }

  private double square(int from, int columns) {
    double sum = 0;
    for (int i = from; i < from + columns; i++) {
      float error = zs[i] - ys[i];
      sum += (double) error * error;
      zs[i] = 2 * error / columns;
    }
    return sum / columns;
  }

  private double absolute(int from, int columns) {
    double sum = 0;
    for (int i = from; i < from + columns; i++) {
      float error = zs[i] - ys[i];
      sum += Math.abs(error);
      zs[i] = Math.signum(error) / columns;
    }
    return sum / columns;
  }
}
