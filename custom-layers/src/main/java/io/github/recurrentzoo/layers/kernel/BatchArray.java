package io.github.recurrentzoo.layers.kernel;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array [B, S, T] or [B, S] that belongs to somebody else, read and written by rows of one time
 * step. Where the S numbers of a row lie together, as in time-major memory, whole rows are copied.
 * May be used by several threads at once.
 */
final class BatchArray {

  private final FloatBuffer memory;
  private final int size; // S
  private final int steps; // T; 1 for [B, S]
  private final long rowStride;
  private final long unitStride;
  private final long stepStride;

  private BatchArray(INDArray array) {
    boolean row = array.rank() == 1;
    size = Math.toIntExact(array.size(row ? 0 : 1));
    steps = array.rank() == 3 ? Math.toIntExact(array.size(2)) : 1;
    rowStride = row ? size : array.stride(0);
    unitStride = size == 1 ? 1 : array.stride(row ? 0 : 1);
    stepStride = array.rank() == 3 ? array.stride(2) : 0;
    long extent = 1 + (row ? 0 : (array.size(0) - 1) * rowStride);
    extent += (size - 1) * unitStride + (steps - 1) * stepStride;
    memory = Matrix.floats(array, extent);
  }

  /** For [1, S] or [S], such as a bias, as [1, S]. */
  static BatchArray ofRow(INDArray array) {
    return array.rank() == 1 ? new BatchArray(array) : of(array);
  }

  /** For [B, S, T] or [B, S]; null for null. */
  static BatchArray of(INDArray array) {
    if (array == null) {
      return null;
    }
    if (array.dataType() != DataType.FLOAT || array.rank() < 2 || array.rank() > 3) {
      throw new IllegalArgumentException(
          "A float array [batch, size, time] or [batch, size] was expected, but it is "
              + array.shapeInfoToString());
    }
    return new BatchArray(array);
  }

  private int at(int row, int step) {
    return Math.toIntExact(row * rowStride + step * stepStride);
  }

  private boolean isDense(int rows) {
    return unitStride == 1 && (rowStride == size || rows == 1);
  }

  /** Reads rows [first, first + rows) at a time step into {@code to}, [rows, S]. */
  void read(int step, int first, int rows, float[] to) {
    if (isDense(rows)) {
      memory.get(at(first, step), to, 0, rows * size);
    } else if (unitStride == 1) {
      for (int row = 0; row < rows; row++) {
        memory.get(at(first + row, step), to, row * size, size);
      }
    } else {
      int start = at(first, step);
      for (int row = 0; row < rows; row++) {
        int from = start + (int) (row * rowStride);
        for (int unit = 0; unit < size; unit++) {
          to[row * size + unit] = memory.get(from + (int) (unit * unitStride));
        }
      }
    }
  }

  /** Writes rows [first, first + rows) at a time step from {@code from}, [rows, S]. */
  void write(int step, int first, int rows, float[] from) {
    if (isDense(rows)) {
      memory.put(at(first, step), from, 0, rows * size);
    } else if (unitStride == 1) {
      for (int row = 0; row < rows; row++) {
        memory.put(at(first + row, step), from, row * size, size);
      }
    } else {
      int start = at(first, step);
      for (int row = 0; row < rows; row++) {
        int to = start + (int) (row * rowStride);
        for (int unit = 0; unit < size; unit++) {
          memory.put(to + (int) (unit * unitStride), from[row * size + unit]);
        }
      }
    }
  }
}
