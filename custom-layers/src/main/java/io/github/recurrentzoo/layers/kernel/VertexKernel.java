package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the vertices between an encoder and a decoder copy, for floats on the CPU: whole rows of one
 * time step at once. All that is written is overwritten.
 */
public final class VertexKernel {

  private VertexKernel() {}

  /**
   * {@code output[b, :, t] = [sequence[b, :, t] ; context[b, :]]}.
   *
   * @param sequence [B, D, T]
   * @param context [B, C]
   * @param output written, [B, D + C, T]
   */
  public static void append(INDArray sequence, INDArray context, INDArray output) {
    int rows = (int) sequence.size(0);
    int size = (int) sequence.size(1);
    int contextSize = (int) context.size(1);
    BatchArray from = BatchArray.of(sequence);
    BatchArray to = BatchArray.of(output);
    float[] left = Scratch.floats(0, rows * size);
    float[] right = Scratch.floats(1, rows * contextSize);
    float[] both = Scratch.floats(2, rows * (size + contextSize));
    try {
      BatchArray.of(context).read(0, 0, rows, right);
      copyColumns(rows, right, contextSize, 0, both, size + contextSize, size, contextSize);
      for (int t = 0; t < (int) sequence.size(2); t++) {
        from.read(t, 0, rows, left);
        copyColumns(rows, left, size, 0, both, size + contextSize, 0, size);
        to.write(t, 0, rows, both);
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {sequence, context, output});
    }
  }

  /**
   * The gradients of {@link #append}.
   *
   * @param epsilon [B, D + C, T], the gradient by the output
   * @param sequence written, [B, D, T], the gradient by the sequence
   * @param context written, [B, C], the gradient by the context: the sum over all steps
   */
  public static void appendGradient(INDArray epsilon, INDArray sequence, INDArray context) {
    int rows = (int) sequence.size(0);
    int size = (int) sequence.size(1);
    int contextSize = (int) context.size(1);
    BatchArray from = BatchArray.of(epsilon);
    BatchArray to = BatchArray.of(sequence);
    float[] left = Scratch.floats(0, rows * size);
    float[] sum = Scratch.zeros(1, rows * contextSize);
    float[] both = Scratch.floats(2, rows * (size + contextSize));
    try {
      for (int t = 0; t < (int) sequence.size(2); t++) {
        from.read(t, 0, rows, both);
        copyColumns(rows, both, size + contextSize, 0, left, size, 0, size);
        to.write(t, 0, rows, left);
        for (int b = 0; b < rows; b++) {
          int start = b * (size + contextSize) + size;
          for (int c = 0; c < contextSize; c++) {
            sum[b * contextSize + c] += both[start + c];
          }
        }
      }
      BatchArray.of(context).write(0, 0, rows, sum);
    } finally {
      Reference.reachabilityFence(new INDArray[] {epsilon, sequence, context});
    }
  }

  /**
   * {@code output[b, :] = steps[b, :, lengths[b] - 1]}.
   *
   * @param steps [B, S, T]
   * @param output written, [B, S]
   */
  public static void last(INDArray steps, int[] lengths, INDArray output) {
    BatchArray from = BatchArray.of(steps);
    BatchArray to = BatchArray.of(output);
    float[] row = new float[(int) steps.size(1)];
    try {
      for (int b = 0; b < lengths.length; b++) {
        from.read(lengths[b] - 1, b, 1, row);
        to.write(0, b, 1, row);
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {steps, output});
    }
  }

  /**
   * The gradient of {@link #last}.
   *
   * @param epsilon [B, S], the gradient by the output
   * @param steps written at the last steps, [B, S, T]; the rest must be zero already
   */
  public static void lastGradient(INDArray epsilon, int[] lengths, INDArray steps) {
    BatchArray from = BatchArray.of(epsilon);
    BatchArray to = BatchArray.of(steps);
    float[] row = new float[(int) steps.size(1)];
    try {
      for (int b = 0; b < lengths.length; b++) {
        from.read(0, b, 1, row);
        to.write(lengths[b] - 1, b, 1, row);
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {epsilon, steps});
    }
  }

  /**
   * {@code output[b, :, t] = steps[b, :, lengths[b] - 1 - t]} for the steps of each row; the same
   * function is its own gradient.
   *
   * @param steps [B, S, T]
   * @param output written at the steps of each row, [B, S, T]; the rest must be zero already
   */
  public static void reverse(INDArray steps, int[] lengths, INDArray output) {
    BatchArray from = BatchArray.of(steps);
    BatchArray to = BatchArray.of(output);
    float[] row = new float[(int) steps.size(1)];
    try {
      for (int b = 0; b < lengths.length; b++) {
        for (int t = 0; t < lengths[b]; t++) {
          from.read(t, b, 1, row);
          to.write(lengths[b] - 1 - t, b, 1, row);
        }
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {steps, output});
    }
  }

  /**
   * Some of the S units of a sequence, or some columns of a matrix, into units of another one.
   *
   * @param from [B, S, T] or [B, S]
   * @param firstFrom the first unit to copy
   * @param to written at {@code count} units, [B, R, T] or [B, R]
   * @param firstTo the first unit to write
   */
  public static void copyUnits(INDArray from, int firstFrom, INDArray to, int firstTo, int count) {
    int rows = (int) from.size(0);
    int fromSize = (int) from.size(1);
    int toSize = (int) to.size(1);
    int steps = from.rank() == 3 ? (int) from.size(2) : 1;
    BatchArray source = BatchArray.of(from);
    BatchArray target = BatchArray.of(to);
    float[] read = Scratch.floats(0, rows * fromSize);
    float[] written = Scratch.floats(1, rows * toSize);
    try {
      for (int t = 0; t < steps; t++) {
        source.read(t, 0, rows, read);
        if (count < toSize) {
          target.read(t, 0, rows, written);
        }
        for (int b = 0; b < rows; b++) {
          System.arraycopy(read, b * fromSize + firstFrom, written, b * toSize + firstTo, count);
        }
        target.write(t, 0, rows, written);
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {from, to});
    }
  }

  /**
   * {@code sum += part}, number by number.
   *
   * @param sum [B, S, T] or [B, S]
   * @param part of the same shape
   */
  public static void add(INDArray part, INDArray sum) {
    combine(part, sum, VectorMath::add);
  }

  /**
   * {@code array *= factors}, number by number.
   *
   * @param factors of the same shape
   * @param array [B, S, T] or [B, S]
   */
  public static void multiply(INDArray factors, INDArray array) {
    combine(factors, array, (a, b, n) -> VectorMath.multiply(a, b, a, n));
  }

  /** {@code to = a (.) b}, all of one shape. */
  public static void multiply(INDArray a, INDArray b, INDArray to) {
    copyUnits(a, 0, to, 0, (int) a.size(1));
    multiply(b, to);
  }

  /** Changes the first of two arrays. */
  @FunctionalInterface
  private interface Change {
    void run(float[] changed, float[] by, int length);
  }

  private static void combine(INDArray by, INDArray changed, Change change) {
    int rows = (int) changed.size(0);
    int block = rows * (int) changed.size(1);
    int steps = changed.rank() == 3 ? (int) changed.size(2) : 1;
    BatchArray right = BatchArray.of(by);
    BatchArray left = BatchArray.of(changed);
    float[] a = Scratch.floats(0, block);
    float[] b = Scratch.floats(1, block);
    try {
      for (int t = 0; t < steps; t++) {
        left.read(t, 0, rows, a);
        right.read(t, 0, rows, b);
        change.run(a, b, block);
        left.write(t, 0, rows, a);
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {by, changed});
    }
  }

  /** Writes zeros over [B, S, T] or [B, S]. */
  public static void clear(INDArray array) {
    int rows = (int) array.size(0);
    int steps = array.rank() == 3 ? (int) array.size(2) : 1;
    BatchArray to = BatchArray.of(array);
    float[] zeros = Scratch.zeros(0, rows * (int) array.size(1));
    try {
      for (int t = 0; t < steps; t++) {
        to.write(t, 0, rows, zeros);
      }
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  /**
   * The number of steps of each row, where its mask is 1 for so many steps and 0 for the rest; -1
   * for a row whose mask is another one.
   *
   * @param mask [B, T]
   */
  public static int[] lengths(INDArray mask) {
    int rows = (int) mask.size(0);
    int steps = (int) mask.size(1);
    float[] values = new float[rows * steps];
    try {
      BatchArray.of(mask).read(0, 0, rows, values);
    } finally {
      Reference.reachabilityFence(mask);
    }
    int[] lengths = new int[rows];
    for (int b = 0; b < rows; b++) {
      int length = 0;
      while (length < steps && values[b * steps + length] == 1) {
        length++;
      }
      int rest = length;
      while (rest < steps && values[b * steps + rest] == 0) {
        rest++;
      }
      lengths[b] = rest == steps ? length : -1;
    }
    return lengths;
  }

  /** Copies some columns of each row of a matrix into columns of another one. */
  private static void copyColumns(
      int rows,
      float[] from,
      int fromSize,
      int fromColumn,
      float[] to,
      int toSize,
      int toColumn,
      int count) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, row * fromSize + fromColumn, to, row * toSize + toColumn, count);
    }
  }
}
