package io.github.recurrentzoo.layers.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix of floats somewhere outside of the Java heap, as BLAS sees it. It does not own the
 * memory.
 */
final class Matrix {

  /** A pointer that can be moved. */
  static final class Address extends FloatPointer {
    Address(long address) {
      to(address);
    }

    void to(long newAddress) {
      this.address = newAddress;
    }
  }

  final Address pointer;
  final int rows;
  final int columns;

  /** Elements from one row to the next, or from one column to the next where columnMajor. */
  final int leading;

  final boolean columnMajor;

  private Matrix(long address, int rows, int columns, int leading, boolean columnMajor) {
    this.pointer = new Address(address);
    this.rows = rows;
    this.columns = columns;
    this.leading = leading;
    this.columnMajor = columnMajor;
  }

  /** Row after row without gaps. */
  static Matrix rowMajor(long address, int rows, int columns) {
    return new Matrix(address, rows, columns, columns, false);
  }

  /** Row after row, {@code leading} elements from one to the next. */
  static Matrix strided(long address, int rows, int columns, int leading) {
    return new Matrix(address, rows, columns, leading, false);
  }

  /**
   * The columns from {@code first} on, {@code count} of them, and the rows likewise, of a parameter
   * or its gradient, in 'c' or 'f' order.
   */
  static Matrix block(INDArray array, int firstRow, int rows, int firstColumn, int columns) {
    if (array.rank() != 2 || array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "A float matrix was expected, but it is " + array.shapeInfoToString());
    }
    requireOpen(array);
    long rowStride = array.stride(0);
    long columnStride = array.stride(1);
    boolean columnMajor = columnStride != 1;
    if (columnMajor && rowStride != 1) {
      throw new IllegalArgumentException(
          "Rows or columns of a parameter must lie without gaps, but its strides are ["
              + rowStride
              + ", "
              + columnStride
              + "]");
    }
    long offset = firstRow * rowStride + firstColumn * columnStride;
    long leading =
        columnMajor
            ? Math.max(columnStride, array.size(0))
            : Math.max(rowStride, array.size(1)); // the stride of a single row or column may be 1
    return new Matrix(
        array.data().addressPointer().address() + offset * Float.BYTES,
        rows,
        columns,
        Math.toIntExact(leading),
        columnMajor);
  }

  /**
   * A copy in the other order, column by column where this one goes row by row, and the reverse.
   *
   * @param room where the copy lies
   * @param at its first element there
   */
  Matrix turned(NativeFloats room, int at) {
    int lines = columnMajor ? columns : rows;
    int length = columnMajor ? rows : columns;
    long extent = (lines - 1L) * leading + length;
    FloatPointer whole = new Address(pointer.address()).capacity(extent);
    FloatBuffer from = whole.asBuffer();
    float[] line = Scratch.floats(0, length);
    float[] copy = Scratch.floats(1, lines * length);
    for (int i = 0; i < lines; i++) {
      from.get(i * leading, line, 0, length);
      for (int j = 0; j < length; j++) {
        copy[j * lines + i] = line[j];
      }
    }
    room.put(at, copy, lines * length);
    return new Matrix(room.address(at), rows, columns, lines, !columnMajor);
  }

  /** The memory of an array, from its first element on. */
  static FloatBuffer floats(INDArray array, long extent) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "A float array was expected, but it is " + array.shapeInfoToString());
    }
    requireOpen(array);
    if (extent > NativeFloats.MAX_FLOATS) {
      throw new IllegalArgumentException(
          "An array spans "
              + extent
              + " numbers, but a kernel reaches "
              + NativeFloats.MAX_FLOATS
              + "; take fewer rows, or cut the sequences");
    }
    FloatPointer whole = new Address(array.data().addressPointer().address()).capacity(extent);
    return whole.asBuffer();
  }

  /** ND4J's operations refuse arrays that were closed; to us their memory would be anybody's. */
  private static void requireOpen(INDArray array) {
    if (array.wasClosed()) {
      throw new IllegalStateException(
          "An array of shape "
              + Arrays.toString(array.shape())
              + " was closed; is the network in use after close()?");
    }
  }

  /** The block of H columns of gate {@code gate} in W [D, G*H] or RW [H, G*H]. */
  static Matrix gate(INDArray weights, int gate, int hidden) {
    return block(weights, 0, (int) weights.size(0), gate * hidden, hidden);
  }
}
