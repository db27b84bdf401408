package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Concat pooling for floats on the CPU, a time step of all rows at once. */
public final class PoolingKernel {

  private PoolingKernel() {}

  /**
   * {@code output[b] = [end ; mean ; max]} of the first {@code lengths[b]} steps.
   *
   * @param steps [B, S, T]
   * @param forward how many of the S units end at the last step; the others end at step 0
   * @param output written, [B, 3S]
   * @return [B, S], the step of the largest state, the first of several
   */
  public static int[] pool(INDArray steps, int[] lengths, int forward, INDArray output) {
    int rows = lengths.length;
    int size = (int) steps.size(1);
    BatchArray from = BatchArray.of(steps);
    float[] states = Scratch.floats(0, rows * size);
    float[] pooled = Scratch.zeros(1, 3 * rows * size);
    int[] largest = new int[rows * size];
    try {
      for (int t = 0; t < (int) steps.size(2); t++) {
        from.read(t, 0, rows, states);
        for (int b = 0; b < rows; b++) {
          if (t < lengths[b]) {
            add(t, lengths[b], states, b * size, size, forward, pooled, largest);
          }
        }
      }
      for (int b = 0; b < rows; b++) {
        for (int i = (3 * b + 1) * size; i < (3 * b + 2) * size; i++) {
          pooled[i] /= lengths[b];
        }
      }
      BatchArray.of(output).write(0, 0, rows, pooled);
    } finally {
      Reference.reachabilityFence(new INDArray[] {steps, output});
    }
    return largest;
  }

  /** Adds the states of a row at step t, which begin at {@code at}. */
  private static void add(
      int t,
      int length,
      float[] states,
      int at,
      int size,
      int forward,
      float[] pooled,
      int[] largest) {
    int end = 3 * at;
    int mean = end + size;
    int max = mean + size;
    if (t == length - 1) {
      System.arraycopy(states, at, pooled, end, forward);
    }
    if (t == 0) {
      System.arraycopy(states, at + forward, pooled, end + forward, size - forward);
      System.arraycopy(states, at, pooled, max, size);
    }
    for (int s = 0; s < size; s++) {
      pooled[mean + s] += states[at + s];
    }
    for (int s = 0; s < size; s++) {
      if (states[at + s] > pooled[max + s]) {
        pooled[max + s] = states[at + s];
        largest[at + s] = t;
      }
    }
  }

  /**
   * The gradient of {@link #pool}.
   *
   * @param epsilon [B, 3S], the gradient by the output
   * @param largest what {@code pool} gave
   * @param steps written at all steps, [B, S, T]; zero at padding
   */
  public static void gradient(
      INDArray epsilon, int[] lengths, int forward, int[] largest, INDArray steps) {
    int rows = lengths.length;
    int size = (int) steps.size(1);
    float[] slopes = Scratch.floats(0, 3 * rows * size);
    float[] gradient = Scratch.floats(1, rows * size);
    BatchArray to = BatchArray.of(steps);
    try {
      BatchArray.of(epsilon).read(0, 0, rows, slopes);
      for (int t = 0; t < (int) steps.size(2); t++) {
        for (int b = 0; b < rows; b++) {
          int at = b * size;
          if (t >= lengths[b]) {
            Arrays.fill(gradient, at, at + size, 0);
            continue;
          }
          for (int s = 0; s < size; s++) {
            float slope = slopes[3 * at + size + s] / lengths[b];
            slope += t == (s < forward ? lengths[b] - 1 : 0) ? slopes[3 * at + s] : 0;
            slope += t == largest[at + s] ? slopes[3 * at + 2 * size + s] : 0;
            gradient[at + s] = slope;
          }
        }
        to.write(t, 0, rows, gradient);
      }
    } finally {
      Reference.reachabilityFence(new INDArray[] {epsilon, steps});
    }
  }
}
