package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
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

  /** Larger matrices are left to Deeplearning4j. */
  public static final int MAX_WEIGHTS = NativeFloats.MAX_FLOATS;

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
          float[] row = new float[end - first];
          for (int n = 0; n < tokens.length; n++) {
            float factor = factors == null ? 1 : factors[n];
            int source = tokens[n] * from.rowStride;
            for (int d = first; d < end; d++) {
              float value = from.memory.get(source + d * from.columnStride);
              row[d - first] = factor == 0 ? 0 : factor * value;
            }
            to.write(n / steps, n % steps, first, row);
          }
        },
        weights,
        output);
  }

  /**
   * {@code output[u, :] = weights[tokens[u], :]}, and zeros in the rows behind.
   *
   * @param weights [V, D]
   * @param tokens U numbers from 0 to V-1
   * @param output written, [U or more, D], row after row
   */
  public static void lookUpRows(INDArray weights, int[] tokens, INDArray output) {
    Grid from = new Grid(weights);
    int size = from.columns;
    int count = (int) output.size(0);
    float[] rows = Scratch.zeros(0, count * size);
    inColumns(
        size,
        tokens.length,
        (first, end) -> {
          for (int u = 0; u < tokens.length; u++) {
            int source = tokens[u] * from.rowStride;
            for (int d = first; d < end; d++) {
              rows[u * size + d] = from.memory.get(source + d * from.columnStride);
            }
          }
        },
        weights,
        output);
    try {
      BatchArray.of(output).write(0, 0, count, rows);
    } finally {
      Reference.reachabilityFence(output);
    }
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
    inColumns(
        to.columns,
        tokens.length,
        (first, end) -> {
          float[] row = new float[end - first];
          float[][] sums = new float[end - first][vocabulary];
          for (int n = 0; n < tokens.length; n++) {
            float factor = factors == null ? 1 : factors[n];
            if (factor != 0) { // whatever stands at a masked step, even NaN
              from.read(n / steps, n % steps, first, row);
              for (int d = 0; d < row.length; d++) {
                sums[d][tokens[n]] += factor * row[d];
              }
            }
          }
          for (int d = first; d < end; d++) {
            to.writeColumn(d, sums[d - first]);
          }
        },
        epsilon,
        gradient);
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

    /** Writes numbers of a row of [B, D, T], from a column on. */
    void write(int b, int t, int firstColumn, float[] values) {
      int start = b * rowStride + t * stepStride + firstColumn * columnStride;
      if (columnStride == 1) {
        memory.put(start, values);
        return;
      }
      for (int d = 0; d < values.length; d++) {
        memory.put(start + d * columnStride, values[d]);
      }
    }

    /** Reads numbers of a row of [B, D, T], from a column on. */
    void read(int b, int t, int firstColumn, float[] values) {
      int start = b * rowStride + t * stepStride + firstColumn * columnStride;
      if (columnStride == 1) {
        memory.get(start, values);
        return;
      }
      for (int d = 0; d < values.length; d++) {
        values[d] = memory.get(start + d * columnStride);
      }
    }

    /** Writes a column of [V, D]. */
    void writeColumn(int d, float[] values) {
      int start = d * columnStride;
      if (rowStride == 1) {
        memory.put(start, values);
        return;
      }
      for (int v = 0; v < values.length; v++) {
        memory.put(start + v * rowStride, values[v]);
      }
    }
  }

  /** The mask, [B*T]; null if there is none, or all is there. */
  static float[] factors(INDArray mask, int count) {
    if (mask == null) {
      return null;
    }
    float[] values = new float[count]; // [B, T]
    int rows = (int) mask.size(0);
    int steps = (int) mask.size(1);
    float[] row = new float[steps];
    BatchArray array = BatchArray.of(mask);
    try {
      for (int b = 0; b < rows; b++) {
        array.read(0, b, 1, row);
        System.arraycopy(row, 0, values, b * steps, steps);
      }
    } finally {
      Reference.reachabilityFence(mask);
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

  /** Of the arrays only the addresses are known to the task, so they are kept meanwhile. */
  private static void inColumns(int columns, int tokens, ColumnTask task, INDArray... kept) {
    int groups = (columns + COLUMNS - 1) / COLUMNS;
    long worthwhile = Math.max(1, (long) columns * tokens / WORTH_A_THREAD);
    int threads = (int) Math.min(Math.min(groups, KernelThreads.count()), worthwhile);
    try {
      KernelThreads.run(
          threads,
          thread -> {
            for (int group = thread; group < groups; group += threads) {
              task.run(group * COLUMNS, Math.min(columns, (group + 1) * COLUMNS));
            }
          });
    } finally {
      Reference.reachabilityFence(kept);
    }
  }
}
