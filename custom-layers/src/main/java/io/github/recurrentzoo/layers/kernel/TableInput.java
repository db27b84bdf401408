package io.github.recurrentzoo.layers.kernel;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The input of a layer whose steps read rows of a table, as the embeddings of tokens are: {@code
 * x[b, :, t] = table[places[b * T + t], :]}. Of each row, {@code x W} is made once, however many
 * steps read it, and so are the products with its gradient:
 *
 * <pre>
 * p_u      = table_u W
 * s_u      = sum of dz[b, t] over all b, t whose place is u
 * dW       = sum over u of table_u^T s_u
 * dtable_u = s_u W^T
 * </pre>
 *
 * <p>The rows of a step are seldom in the cache. So all gates of a row lie together and are used
 * together, and the rows of a step are touched before they are used: then the processor waits for
 * many of them at a time (docs/adr/0020).
 *
 * <p>Memory: U (D + (1 + threads) G H) numbers for U rows.
 */
final class TableInput {

  private static final int LINE = 16; // numbers in a line of the cache
  private static final int AT_ONCE = 2048; // numbers that stay in the first-level cache

  private final int inputs; // D
  private final int hidden; // H
  private final int gates; // G
  private final int width; // G*H
  private final NativeFloats x = new NativeFloats(); // [U, D]; the gradient by it in the end
  private final NativeFloats products = new NativeFloats(); // [U, G*H]: p, then s
  private final List<float[]> sums = new ArrayList<>(); // by shard, [U, G*H]: s of its steps
  private int[] places = {}; // [B*T]
  private int count; // U
  private int steps; // T

  TableInput(Cell cell) {
    inputs = cell.inputs();
    hidden = cell.hidden();
    gates = cell.gates();
    width = Math.multiplyExact(gates, hidden);
  }

  /** Reads the table and multiplies it. */
  void forward(Batch batch, Weights weights, int threads) {
    places = batch.places();
    count = batch.tableRows();
    steps = batch.steps();
    x.ensure((long) count * inputs);
    products.ensure((long) count * width);
    inRows(
        threads,
        (first, rows) -> {
          float[] read = Scratch.floats(0, rows * inputs);
          batch.x().read(0, first, rows, read);
          x.put((long) first * inputs, read, rows * inputs);
          for (int g = 0; g < gates; g++) {
            Blas.multiply(xRows(first, rows), weights.input[g], false, gate(g, first, rows));
          }
        });
  }

  @FunctionalInterface
  private interface RowTask {
    void run(int first, int rows);
  }

  private void inRows(int threads, RowTask task) {
    KernelThreads.run(
        threads,
        thread -> {
          int first = (int) ((long) count * thread / threads);
          int end = (int) ((long) count * (thread + 1) / threads);
          if (end > first) {
            task.run(first, end - first);
          }
        });
  }

  private Matrix xRows(int first, int rows) {
    return Matrix.rowMajor(x.address((long) first * inputs), rows, inputs);
  }

  private Matrix gate(int gate, int first, int rows) {
    long at = (long) first * width + (long) gate * hidden;
    return Matrix.strided(products.address(at), rows, hidden, width);
  }

  /** Where the row of a step begins, in p and s. */
  private int at(int row, int time) {
    return places[row * steps + time] * width;
  }

  /**
   * Copies {@code x W} of a step for rows [first, first + rows) of the batch.
   *
   * @param z by gate, [rows, H] from {@code zAt[gate]} on
   * @return any number; it is there for the JIT to keep what makes it
   */
  float copy(int first, int rows, int time, FloatBuffer z, int[] zAt) {
    FloatBuffer from = products.buffer();
    float touched = 0;
    for (int row = first; row < first + rows; row++) {
      int start = at(row, time);
      for (int j = start; j < start + width; j += LINE) {
        touched += from.get(j);
      }
    }
    for (int row = 0; row < rows; row++) {
      int start = at(first + row, time);
      for (int g = 0; g < gates; g++) {
        z.put(zAt[g] + row * hidden, from, start + g * hidden, hidden);
      }
    }
    return touched;
  }

  /** Makes room for the gradients of so many shards. */
  void beginBackward(int shards) {
    while (sums.size() < shards) {
      sums.add(new float[0]);
    }
    for (int i = 0; i < shards; i++) {
      if (sums.get(i).length < count * width) {
        sums.set(i, new float[count * width]);
      }
    }
  }

  /** Clears the gradients of a shard; for its thread. */
  void clear(int shard) {
    Arrays.fill(sums.get(shard), 0, count * width, 0);
  }

  /**
   * Adds the gradient by {@code x W} of a step for rows [first, first + rows) of the batch.
   *
   * @param gradients by gate, [rows, H]
   * @return any number; it is there for the JIT to keep what makes it
   */
  float addGradient(int shard, int first, int rows, int time, float[][] gradients) {
    float[] sum = sums.get(shard);
    float[] all = Scratch.floats(0, width);
    float[] own = Scratch.floats(1, width); // the JIT vectorizes loops with one index for all
    float touched = 0;
    for (int row = first; row < first + rows; row++) {
      int start = at(row, time);
      for (int j = start; j < start + width; j += LINE) {
        touched += sum[j];
      }
    }
    for (int row = 0; row < rows; row++) {
      for (int g = 0; g < gates; g++) { // one long loop is quicker than some short ones
        System.arraycopy(gradients[g], row * hidden, all, g * hidden, hidden);
      }
      int at = at(first + row, time);
      System.arraycopy(sum, at, own, 0, width);
      VectorMath.add(own, all, width);
      System.arraycopy(own, 0, sum, at, width);
    }
    return touched;
  }

  /**
   * Writes the gradients by W, and by the table, from those of the shards.
   *
   * @param table written, [U, D]; null if it is not wanted
   */
  void backward(int shards, Weights weights, Weights gradients, BatchArray table, int threads) {
    inRows(threads, (first, rows) -> putSums(shards, first * width, (first + rows) * width));
    IntConsumer byGate =
        thread -> {
          for (int g = thread; g < gates; g += threads) {
            Blas.transposedMultiply(xRows(0, count), gate(g, 0, count), false, gradients.input[g]);
          }
        };
    KernelThreads.run(threads, byGate);
    if (table != null) {
      inRows(threads, (first, rows) -> tableGradient(weights, table, first, rows));
    }
  }

  /** s, the sums of all shards, from one element to another. */
  private void putSums(int shards, int from, int until) {
    float[] sum = Scratch.floats(0, AT_ONCE);
    float[] part = Scratch.floats(1, AT_ONCE);
    for (int at = from; at < until; at += AT_ONCE) {
      int n = Math.min(AT_ONCE, until - at);
      System.arraycopy(sums.get(0), at, sum, 0, n);
      for (int i = 1; i < shards; i++) {
        System.arraycopy(sums.get(i), at, part, 0, n);
        VectorMath.add(sum, part, n);
      }
      products.put(at, sum, n);
    }
  }

  private void tableGradient(Weights weights, BatchArray table, int first, int rows) {
    for (int g = 0; g < gates; g++) {
      Blas.multiplyTransposed(
          gate(g, first, rows), weights.inputBack[g], g > 0, xRows(first, rows));
    }
    float[] read = Scratch.floats(0, rows * inputs);
    x.get((long) first * inputs, read, rows * inputs);
    table.write(0, first, rows, read);
  }
}
