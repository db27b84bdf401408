package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.util.Arrays;
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
    float[] left = new float[rows * size];
    float[] right = new float[rows * contextSize];
    float[] both = new float[left.length + right.length];
    try {
      BatchArray.of(context).read(0, 0, rows, right);
      copyColumns(right, contextSize, 0, both, size + contextSize, size, contextSize);
      for (int t = 0; t < (int) sequence.size(2); t++) {
        from.read(t, 0, rows, left);
        copyColumns(left, size, 0, both, size + contextSize, 0, size);
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
    float[] left = new float[rows * size];
    float[] sum = new float[rows * contextSize];
    float[] both = new float[left.length + sum.length];
    try {
      for (int t = 0; t < (int) sequence.size(2); t++) {
        from.read(t, 0, rows, both);
        copyColumns(both, size + contextSize, 0, left, size, 0, size);
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
   * {@code output[b, s] = steps[b, s, last[b]]} for the units that run forwards, {@code steps[b, s,
   * first[b]]} for the last {@code backwardUnits}.
   *
   * @param steps [B, S, T]
   * @param output written, [B, S]
   */
  public static void finalState(
      INDArray steps, int[] first, int[] last, int backwardUnits, INDArray output) {
    int size = (int) steps.size(1);
    int forwardUnits = size - backwardUnits;
    BatchArray from = BatchArray.of(steps);
    BatchArray to = BatchArray.of(output);
    float[] state = new float[size];
    float[] beginning = new float[size];
    try {
      for (int b = 0; b < last.length; b++) {
        from.read(last[b], b, 1, state);
        if (backwardUnits > 0) {
          from.read(first[b], b, 1, beginning);
          System.arraycopy(beginning, forwardUnits, state, forwardUnits, backwardUnits);
        }
        to.write(0, b, 1, state);
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {steps, output});
    }
  }

  /**
   * The gradient of {@link #finalState}.
   *
   * @param epsilon [B, S], the gradient by the output
   * @param steps written at the steps that were read, [B, S, T]; the rest must be zero already
   */
  public static void finalStateGradient(
      INDArray epsilon, int[] first, int[] last, int backwardUnits, INDArray steps) {
    int size = (int) steps.size(1);
    int forwardUnits = size - backwardUnits;
    BatchArray from = BatchArray.of(epsilon);
    BatchArray to = BatchArray.of(steps);
    float[] whole = new float[size];
    float[] part = new float[size];
    try {
      for (int b = 0; b < last.length; b++) {
        from.read(0, b, 1, whole);
        if (first[b] == last[b]) {
          to.write(last[b], b, 1, whole);
          continue;
        }
        System.arraycopy(whole, 0, part, 0, forwardUnits);
        Arrays.fill(part, forwardUnits, size, 0);
        to.write(last[b], b, 1, part);
        if (backwardUnits > 0) {
          Arrays.fill(part, 0, forwardUnits, 0);
          System.arraycopy(whole, forwardUnits, part, forwardUnits, backwardUnits);
          to.write(first[b], b, 1, part);
        }
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {epsilon, steps});
    }
  }

  /** Copies some columns of each row of a matrix into columns of another one. */
  private static void copyColumns(
      float[] from, int fromSize, int fromColumn, float[] to, int toSize, int toColumn, int count) {
    for (int f = fromColumn, t = toColumn; f < from.length; f += fromSize, t += toSize) {
      System.arraycopy(from, f, to, t, count);
    }
  }
}
