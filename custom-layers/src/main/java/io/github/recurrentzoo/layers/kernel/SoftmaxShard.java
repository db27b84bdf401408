package io.github.recurrentzoo.layers.kernel;

import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Ready;
import io.github.recurrentzoo.layers.kernel.SoftmaxKernel.Target;
import java.util.Arrays;

/**
 * Some time steps of a {@link SoftmaxKernel}, with one thread. They are worked on in groups that
 * the second-level cache holds, or of {@value #ROWS_AT_ONCE} rows.
 */
final class SoftmaxShard extends LossShard {

  private static final int NUMBERS_AT_ONCE = 100_000;

  // Of many classes, no cache holds a step, and a product of few rows writes the gradient by the
  // weights as often as one of many: with 256 rows, 10,000 classes take 0.64 of the time of 32.
  private static final int ROWS_AT_ONCE = 256;
  static final int MOST_NUMBERS = 8_000_000;

  private final NativeFloats x = new NativeFloats(); // [N, H]; the gradient by x in the end
  private final NativeFloats z = new NativeFloats(); // [N, V]: x W; the gradient by x W + b
  private float[] xs = {}; // [B, H]
  private float[] zs = {}; // [B, V]
  private float[] ys = {}; // [B, V], or ids, [B]

  /** Writes the probabilities of the steps [from, until). */
  void activate(Ready in, BatchArray output, int from, int until) {
    int group = begin(in);
    for (int first = from; first < until; first += group) {
      int end = Math.min(until, first + group);
      multiply(in, first, end);
      for (int t = first; t < end; t++) {
        softmax(in, t - first);
        if (in.hasMask()) {
          for (int row = 0; row < in.rows; row++) {
            scale(row * in.classes, in.classes, in.mask(row, t));
          }
        }
        output.write(t, 0, in.rows, zs);
      }
    }
  }

  @Override
  void loss(Ready in, Target target, BatchArray inputGradient, int from, int until) {
    int group = begin(in);
    int labels = in.rows * (target.ids() ? 1 : in.classes);
    if (ys.length < labels) {
      ys = new float[labels];
    }
    int classes = in.classes;
    boolean backward = inputGradient != null;
    beginLoss(in, backward);
    for (int first = from; first < until; first += group) {
      int end = Math.min(until, first + group);
      multiply(in, first, end);
      for (int t = first; t < end; t++) {
        softmax(in, t - first);
        if (target.best() != null) {
          findBest(in, t, target);
        }
        target.labels().read(t, 0, in.rows, ys);
        if (target.ids()) {
          addLossOfIds(in, t, target.smallest());
        } else {
          addLoss(in, t, target.smallest());
        }
        if (backward) {
          z.put((long) (t - first) * in.rows * classes, zs, in.rows * classes);
        }
      }
      if (backward) {
        goBack(in, inputGradient, first, end, first > from);
      }
    }
  }

  /** Makes room; returns how many steps are worked on at once. */
  private int begin(Ready in) {
    inputs = in.inputs;
    int step = Math.multiplyExact(in.rows, Math.addExact(inputs, in.classes));
    int ofManyClasses = Math.min(ROWS_AT_ONCE, MOST_NUMBERS / (inputs + in.classes)) / in.rows;
    int group = Math.max(1, Math.min(in.steps, Math.max(ofManyClasses, NUMBERS_AT_ONCE / step)));
    x.ensure((long) group * in.rows * inputs);
    z.ensure((long) group * in.rows * in.classes);
    if (xs.length < in.rows * inputs) {
      xs = new float[in.rows * inputs];
    }
    if (zs.length < in.rows * in.classes) {
      zs = new float[in.rows * in.classes];
    }
    return group;
  }

  /** z = x W of the steps [first, end). */
  private void multiply(Ready in, int first, int end) {
    int block = in.rows * inputs;
    for (int t = first; t < end; t++) {
      in.readInput(t, xs);
      x.put((long) (t - first) * block, xs, block);
    }
    Blas.multiply(xAll(in, end - first), weights(in), false, zAll(in, end - first));
  }

  private Matrix xAll(Ready in, int steps) {
    return Matrix.rowMajor(x.address(0), steps * in.rows, inputs);
  }

  private Matrix zAll(Ready in, int steps) {
    return Matrix.rowMajor(z.address(0), steps * in.rows, in.classes);
  }

  private static Matrix weights(Ready in) {
    return Matrix.block(in.weights, 0, in.inputs, 0, in.classes);
  }

  /** zs = softmax(z + b) of the i-th step of the group. */
  private void softmax(Ready in, int i) {
    int classes = in.classes;
    z.get((long) i * in.rows * classes, zs, in.rows * classes);
    for (int start = 0; start < in.rows * classes; start += classes) {
      for (int v = 0; v < classes; v++) {
        zs[start + v] += in.bias[v];
      }
      float largest = VectorMath.largest(zs, start, start + classes);
      VectorMath.exp(zs, start, start + classes, largest);
      scale(start, classes, 1 / VectorMath.sum(zs, start, start + classes));
    }
  }

  /** The most probable classes of step t. */
  private void findBest(Ready in, int t, Target target) {
    for (int row = 0; row < in.rows; row++) {
      int start = row * in.classes;
      int largest = start + target.firstBest();
      for (int i = largest + 1; i < start + in.classes; i++) {
        largest = zs[i] > zs[largest] ? i : largest;
      }
      target.best()[t * in.rows + row] = largest - start;
    }
  }

  private void scale(int start, int count, float factor) {
    for (int i = start; i < start + count; i++) {
      zs[i] *= factor;
    }
  }

  /** As {@link #addLoss}, where ys are ids: y is 1 for the class of that id. */
  private void addLossOfIds(Ready in, int t, float smallest) {
    int classes = in.classes;
    for (int row = 0; row < in.rows; row++) {
      float mask = in.mask(row, t);
      int start = row * classes;
      if (mask == 0) {
        Arrays.fill(zs, start, start + classes, 0);
        continue;
      }
      int label = start + (int) ys[row];
      float p = Math.max(smallest, Math.min(1 - smallest, zs[label]));
      loss -= (double) mask * Math.log(p);
      zs[label] -= 1;
      if (mask != 1) {
        scale(start, classes, mask);
      }
    }
  }

  /** Adds the loss of step t, and turns the probabilities into the gradient by x W + b. */
  private void addLoss(Ready in, int t, float smallest) {
    int classes = in.classes;
    for (int row = 0; row < in.rows; row++) {
      float mask = in.mask(row, t);
      int start = row * classes;
      if (mask == 0) { // whatever stands there, even NaN
        Arrays.fill(zs, start, start + classes, 0);
        continue;
      }
      for (int i = start; i < start + classes; i++) {
        if (ys[i] != 0) {
          float p = Math.max(smallest, Math.min(1 - smallest, zs[i]));
          loss -= (double) mask * ys[i] * Math.log(p);
        }
        zs[i] = mask * (zs[i] - ys[i]);
      }
    }
  }

  /** The gradients of the steps [first, end), whose gradients by x W + b are in z. */
  private void goBack(Ready in, BatchArray inputGradient, int first, int end, boolean add) {
    Matrix xs2 = xAll(in, end - first);
    Matrix zs2 = zAll(in, end - first);
    Matrix sum = Matrix.rowMajor(weightGradient.address(0), in.classes, inputs);
    Blas.transposedMultiply(zs2, xs2, add, sum);
    Blas.multiplyTransposed(zs2, weights(in), false, xs2);
    for (int t = first; t < end; t++) {
      z.get((long) (t - first) * in.rows * in.classes, zs, in.rows * in.classes);
      for (int i = 0; i < in.rows * in.classes; i += in.classes) {
        for (int v = 0; v < in.classes; v++) {
          biasGradient[v] += zs[i + v];
        }
      }
      x.get((long) (t - first) * in.rows * inputs, xs, in.rows * inputs);
      inputGradient.write(t, 0, in.rows, xs);
    }
  }
}
