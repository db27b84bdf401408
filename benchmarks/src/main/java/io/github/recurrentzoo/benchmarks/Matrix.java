package io.github.recurrentzoo.benchmarks;

import java.util.Arrays;
import java.util.Random;

/**
 * Numbers in rows and columns, row by row.
 *
 * @param rows how many rows
 * @param columns how many columns
 * @param values rows times columns values; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // two matrices are never compared
record Matrix(int rows, int columns, float[] values) {

  /** Numbers between -scale and scale. */
  static Matrix random(int rows, int columns, double scale, Random random) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * (2 * random.nextDouble() - 1));
    }
    return new Matrix(rows, columns, values);
  }

  static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new float[rows * columns]);
  }

  Matrix transposed() {
    float[] result = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        result[c * rows + r] = values[r * columns + c];
      }
    }
    return new Matrix(columns, rows, result);
  }

  Matrix rows(int from, int to) {
    return new Matrix(to - from, columns, Arrays.copyOfRange(values, from * columns, to * columns));
  }

  /**
   * Some of the blocks that lie side by side, in the order that is asked for.
   *
   * @param width the columns of a block
   * @param blocks which blocks
   */
  Matrix blocks(int width, int... blocks) {
    float[] result = new float[rows * width * blocks.length];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < blocks.length; i++) {
        System.arraycopy(
            values,
            r * columns + blocks[i] * width,
            result,
            (r * blocks.length + i) * width,
            width);
      }
    }
    return new Matrix(rows, width * blocks.length, result);
  }
}
