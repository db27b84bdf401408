package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Ready;
import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Target;
import java.util.Arrays;

/**
 * Some time steps of a {@link SoftmaxKernel} of many classes whose labels are ids, with one thread.
 * R rows of x, of some steps, are worked on at once, and of them {@value #BLOCK} classes at a time,
 * which the second-level cache holds. All is class by class, [V, R], as W lies in memory: so the
 * three products are ones that OpenBLAS has small kernels for (docs/adr/0013), and the largest
 * number and the sum of each row are made by loops over rows.
 *
 * <pre>
 * forward, by block:   z = W^T x^T + b      m' = max(m, z)     e = exp(z - m')
 *                      s = s exp(m - m') + sum of e            m = m'
 * backward, by block:  d = mask (e exp(m' - m) / s - y)
 *                      dW^T = d x           db = sum of d      dx += d^T W^T
 * </pre>
 *
 * <p>m' is the largest number so far, by row; it is kept by block.
 *
 * <p>Memory: V (R + H) + 3 R H numbers, with {@value #ROWS} rows, fewer of very many classes, or
 * those of a step.
 */
final class ManyClassesShard extends LossShard {

  private static final int ROWS = 512;
  private static final int BLOCK = 128; // classes

  private final NativeFloats x = new NativeFloats(); // [R, H]; the gradient by x in the end
  private final NativeFloats turned = new NativeFloats(); // x^T, in panels
  private final NativeFloats panels = new NativeFloats(); // x, in panels
  private final NativeFloats z = new NativeFloats(); // [V, R]: z, e, then d
  private float[] xs = {}; // [B, H]
  private float[] line = {}; // [R]: of a class
  private float[] labels = {}; // [R]
  private float[] masks = {}; // [R]
  private float[] largest = {}; // [R]: m
  private float[] sums = {}; // [R]: s
  private float[] change = {}; // [R]
  private final float[] one = new float[1];
  private float[][] largestBefore = {}; // m' by block
  private int[] best = {}; // [R]
  private float[] bestValues = {}; // [R]
  private int rows; // R

  /** Whether it is quicker than {@link SoftmaxShard}, and can read the weights. */
  static boolean serves(Ready in, boolean ids) {
    return ids
        && in.classes > Blas.WIDE
        && in.inputs > 1
        && in.weights.stride(0) == 1
        && Blas.servesPanels();
  }

  @Override
  void loss(Ready in, Target target, BatchArray inputGradient, int from, int until) {
    boolean backward = inputGradient != null;
    beginLoss(in, backward);
    int most = Math.min(ROWS, SoftmaxShard.MOST_NUMBERS / (in.classes + inputs));
    int group = Math.max(1, Math.min(until - from, most / in.rows));
    for (int first = from; first < until; first += group) {
      int end = Math.min(until, first + group);
      begin(in, target, first, end);
      forward(in, target);
      finishLoss(in, target, first, end);
      if (backward) {
        backward(in, first > from);
        for (int t = first; t < end; t++) {
          x.get((long) (t - first) * in.rows * inputs, xs, in.rows * inputs);
          inputGradient.write(t, 0, in.rows, xs);
        }
      }
    }
  }

  /** Reads x, labels and masks of the steps [first, end). */
  private void begin(Ready in, Target target, int first, int end) {
    rows = (end - first) * in.rows;
    makeRoom(in, target.firstBest());
    for (int t = first; t < end; t++) {
      int at = (t - first) * in.rows;
      in.readInput(t, xs);
      target.labels().read(t, 0, in.rows, line);
      for (int row = 0; row < in.rows; row++) {
        labels[at + row] = line[row];
        masks[at + row] = in.mask(row, t);
      }
      x.put((long) at * inputs, xs, in.rows * inputs);
    }
  }

  private void makeRoom(Ready in, int firstBest) {
    int blocks = (in.classes + BLOCK - 1) / BLOCK;
    x.ensure((long) rows * inputs);
    turned.ensure((long) rows * inputs);
    panels.ensure((long) rows * inputs);
    z.ensure((long) in.classes * rows);
    if (xs.length < in.rows * inputs) {
      xs = new float[in.rows * inputs];
    }
    if (labels.length < rows || largestBefore.length < blocks) {
      line = new float[rows];
      labels = new float[rows];
      masks = new float[rows];
      largest = new float[rows];
      sums = new float[rows];
      change = new float[rows];
      best = new int[rows];
      bestValues = new float[rows];
      largestBefore = new float[blocks][rows];
    }
    Arrays.fill(largest, 0, rows, Float.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0, rows, 0);
    Arrays.fill(bestValues, 0, rows, Float.NEGATIVE_INFINITY);
    Arrays.fill(best, 0, rows, Math.max(0, firstBest));
  }

  private Matrix xRows() {
    return Matrix.rowMajor(x.address(0), rows, inputs);
  }

  /** Some classes of W^T, [count, H]. */
  private static Matrix weights(Ready in, int first, int count) {
    return Matrix.block(in.weights, 0, in.inputs, first, count).transposed();
  }

  private Matrix zOf(int first, int count) {
    return Matrix.rowMajor(z.address((long) first * rows), count, rows);
  }

  private void forward(Ready in, Target target) {
    Matrix xs2 = xRows().inPanels(true, turned, 0);
    for (int first = 0; first < in.classes; first += BLOCK) {
      int count = Math.min(BLOCK, in.classes - first);
      Blas.multiplyTransposed(weights(in, first, count), xs2, false, zOf(first, count));
      findLargest(in, target, first, first + count);
      float[] shift = largestBefore[first / BLOCK];
      System.arraycopy(largest, 0, shift, 0, rows);
      for (int v = first; v < first + count; v++) {
        exponentiate(in.bias[v], shift, v);
      }
    }
  }

  /** m' of the classes [first, end), and s so far times exp(m - m'). */
  private void findLargest(Ready in, Target target, int first, int end) {
    System.arraycopy(largest, 0, change, 0, rows);
    for (int v = first; v < end; v++) {
      z.get((long) v * rows, line, rows);
      float bias = in.bias[v];
      for (int r = 0; r < rows; r++) {
        line[r] += bias;
      }
      for (int r = 0; r < rows; r++) {
        largest[r] = Math.max(largest[r], line[r]);
      }
      if (target.best() != null && v >= target.firstBest()) {
        findBest(v);
      }
    }
    VectorMath.subtract(change, largest, change, rows);
    VectorMath.exp(change, 0, rows, 0);
    VectorMath.multiply(sums, change, sums, rows);
  }

  private void findBest(int v) {
    for (int r = 0; r < rows; r++) {
      if (line[r] > bestValues[r]) {
        bestValues[r] = line[r];
        best[r] = v;
      }
    }
  }

  /** e of a class, and its part of s. */
  private void exponentiate(float bias, float[] shift, int v) {
    z.get((long) v * rows, line, rows);
    for (int r = 0; r < rows; r++) {
      line[r] = line[r] + bias - shift[r];
    }
    VectorMath.exp(line, 0, rows, 0);
    VectorMath.add(sums, line, rows);
    z.put((long) v * rows, line, rows);
  }

  /** p of the labels, and the loss. */
  private void finishLoss(Ready in, Target target, int first, int end) {
    for (int r = 0; r < rows; r++) {
      if (masks[r] == 0) {
        continue;
      }
      int label = (int) labels[r];
      z.get((long) label * rows + r, one, 1);
      float p = one[0] * (float) Math.exp(largestBefore[label / BLOCK][r] - largest[r]) / sums[r];
      p = Math.max(target.smallest(), Math.min(1 - target.smallest(), p));
      loss -= (double) masks[r] * Math.log(p);
    }
    if (target.best() != null) {
      System.arraycopy(best, 0, target.best(), first * in.rows, (end - first) * in.rows);
    }
  }

  /** From e to the gradients, of which that by x takes its place. */
  private void backward(Ready in, boolean add) {
    Matrix xs2 = xRows().inPanels(false, panels, 0);
    for (int first = 0; first < in.classes; first += BLOCK) {
      int count = Math.min(BLOCK, in.classes - first);
      float[] before = largestBefore[first / BLOCK];
      VectorMath.subtract(before, largest, change, rows);
      VectorMath.exp(change, 0, rows, 0);
      for (int r = 0; r < rows; r++) {
        change[r] *= masks[r] / sums[r];
      }
      for (int v = first; v < first + count; v++) {
        differentiate(v);
      }
      subtractLabels(first, first + count);
      Matrix d = zOf(first, count);
      Matrix sum = Matrix.rowMajor(weightGradient.address((long) first * inputs), count, inputs);
      Blas.multiply(d, xs2, add, sum);
      Blas.transposedMultiply(d, weights(in, first, count), first > 0, xRows());
    }
  }

  /** d of a class, but for y. */
  private void differentiate(int v) {
    z.get((long) v * rows, line, rows);
    VectorMath.multiply(line, change, line, rows);
    biasGradient[v] += VectorMath.sum(line, 0, rows);
    z.put((long) v * rows, line, rows);
  }

  /** y, of the classes [first, end). */
  private void subtractLabels(int first, int end) {
    for (int r = 0; r < rows; r++) {
      int label = (int) labels[r];
      if (label >= first && label < end) {
        long at = (long) label * rows + r;
        z.get(at, one, 1);
        one[0] -= masks[r];
        z.put(at, one, 1);
        biasGradient[label] -= masks[r];
      }
    }
  }
}
