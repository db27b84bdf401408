package io.github.recurrentzoo.layers.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of an embedding matrix [V, D] by token, and the gradient by it, for floats on the CPU.
 *
 * <p>Deeplearning4j keeps the matrix in 'f' order, where the D numbers of a token lie V apart. So
 * columns are worked on in groups that the second-level cache holds, and are shared out among the
 * threads: no two of them write to the same place, and the sums are always in the same order.
 */
public final class EmbeddingKernel {

  private static final int COLUMNS = 16;

  /** A thread with fewer numbers to move is not worth waking. */
  private static final int WORTH_A_THREAD = 50_000;

  private EmbeddingKernel() {}

  /**
   * {@code output[b, :, t] = mask[b, t] * weights[tokens[b * T + t], :]}.
   *
   * @param weights [V, D]
   * @param tokens B*T numbers from 0 to V-1, the T of a row together
   * @param mask [B, T], or null
   * @param output written, [B, D, T]
   */
  public static void lookUp(INDArray weights, int[] tokens, INDArray mask, INDArray output) {
    Grid from = new Grid(weights);
    Grid to = new Grid(output);
    float[] factors = factors(mask, tokens.length);
    int steps = (int) output.size(2);
    inColumns(
        from.columns,
        tokens.length,
        (first, end) -> {
          for (int n = 0; n < tokens.length; n++) {
            int source = tokens[n] * from.rowStride;
            int target = n / steps * to.rowStride + n % steps * to.stepStride;
            float factor = factors == null ? 1 : factors[n];
            for (int d = first; d < end; d++) {
              float value = from.memory.get(source + d * from.columnStride);
              to.memory.put(target + d * to.columnStride, factor == 0 ? 0 : factor * value);
            }
          }
        });
  }

  /**
   * {@code gradient[v, :] = sum of mask[b, t] * epsilon[b, :, t]} over all b, t whose token is v.
   *
   * @param epsilon [B, D, T]
   * @param tokens as for {@link #lookUp}
   * @param mask [B, T], or null
   * @param gradient written, [V, D]
   */
  public static void scatter(INDArray epsilon, int[] tokens, INDArray mask, INDArray gradient) {
    Grid from = new Grid(epsilon);
    Grid to = new Grid(gradient);
    float[] factors = factors(mask, tokens.length);
    int steps = (int) epsilon.size(2);
    int vocabulary = (int) gradient.size(0);
    float[] zeros = to.rowStride == 1 ? new float[vocabulary] : null;
    inColumns(
        to.columns,
        tokens.length,
        (first, end) -> {
          for (int d = first; d < end; d++) {
            if (zeros != null) {
              to.memory.put(d * to.columnStride, zeros);
            } else {
              for (int v = 0; v < vocabulary; v++) {
                to.memory.put(v * to.rowStride + d * to.columnStride, 0);
              }
            }
          }
          for (int n = 0; n < tokens.length; n++) {
            float factor = factors == null ? 1 : factors[n];
            if (factor == 0) {
              continue;
            }
            int source = n / steps * from.rowStride + n % steps * from.stepStride;
            int target = tokens[n] * to.rowStride;
            for (int d = first; d < end; d++) {
              int at = target + d * to.columnStride;
              float value = factor * from.memory.get(source + d * from.columnStride);
              to.memory.put(at, to.memory.get(at) + value);
            }
          }
        });
  }

  /** An array [B, D, T] or [V, D] with its strides. */
  private static final class Grid {
    final FloatBuffer memory;
    final int columns;
    final int rowStride;
    final int columnStride;
    final int stepStride;

    Grid(INDArray array) {
      long extent = 1;
      for (int i = 0; i < array.rank(); i++) {
        extent += (array.size(i) - 1) * array.stride(i);
      }
      Math.toIntExact(extent); // so that no product of an index and a stride below overflows
      memory = Matrix.floats(array, extent);
      columns = (int) array.size(1);
      rowStride = array.stride(0);
      columnStride = array.stride(1);
      stepStride = array.rank() == 3 ? array.stride(2) : 0;
    }
  }

  private static float[] factors(INDArray mask, int count) {
    if (mask == null) {
      return null;
    }
    float[] values = new float[count]; // [B, T]
    int rows = (int) mask.size(0);
    int steps = (int) mask.size(1);
    float[] row = new float[steps];
    BatchArray array = BatchArray.of(mask);
    for (int b = 0; b < rows; b++) {
      array.read(0, b, 1, row);
      System.arraycopy(row, 0, values, b * steps, steps);
    }
    return allOnes(values) ? null : values;
  }

  private static boolean allOnes(float[] values) {
    float[] ones = new float[values.length];
    Arrays.fill(ones, 1);
    return Arrays.equals(values, ones);
  }

  @FunctionalInterface
  private interface ColumnTask {
    void run(int firstColumn, int endColumn);
  }

  private static void inColumns(int columns, int tokens, ColumnTask task) {
    int groups = (columns + COLUMNS - 1) / COLUMNS;
    long worthwhile = Math.max(1, (long) columns * tokens / WORTH_A_THREAD);
    int threads = (int) Math.min(Math.min(groups, KernelThreads.count()), worthwhile);
    KernelThreads.run(
        threads,
        thread -> {
          for (int group = thread; group < groups; group += threads) {
            task.run(group * COLUMNS, Math.min(columns, (group + 1) * COLUMNS));
          }
        });
  }
}
