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

  /** Whether its columns, or its rows where columnMajor, lie in panels of {@link #PANEL}. */
  final boolean inPanels;

  /** The columns of a panel, whose rows lie one after the other without gaps. */
  static final int PANEL = 64;

  private Matrix(long address, int rows, int columns, int leading, boolean columnMajor) {
    this(address, rows, columns, leading, columnMajor, false);
  }

  private Matrix(
      long address, int rows, int columns, int leading, boolean columnMajor, boolean inPanels) {
    this.pointer = new Address(address);
    this.rows = rows;
    this.columns = columns;
    this.leading = leading;
    this.columnMajor = columnMajor;
    this.inPanels = inPanels;
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

  /** The same memory as the transpose. */
  Matrix transposed() {
    return new Matrix(pointer.address(), columns, rows, leading, !columnMajor, inPanels);
  }

  /**
   * A copy in the other order, column by column where this one goes row by row, and the reverse.
   *
   * @param room where the copy lies
   * @param at its first element there
   */
  Matrix turned(NativeFloats room, int at) {
    int lines = columnMajor ? columns : rows;
    room.put(at, read(!columnMajor), rows * columns);
    return new Matrix(room.address(at), rows, columns, lines, !columnMajor);
  }

  /**
   * A copy in panels, which are read from one end to the other where rows would be read in pieces.
   *
   * @param transposed whether it is for products with its transpose
   * @param room where the copy lies
   * @param at its first element there
   */
  Matrix inPanels(boolean transposed, NativeFloats room, int at) {
    int height = transposed ? columns : rows;
    int width = transposed ? rows : columns;
    float[] lines = read(transposed);
    float[] copy = Scratch.floats(2, rows * columns);
    for (int first = 0; first < width; first += PANEL) {
      int part = Math.min(PANEL, width - first);
      for (int i = 0; i < height; i++) {
        System.arraycopy(lines, i * width + first, copy, first * height + i * part, part);
      }
    }
    room.put(at, copy, rows * columns);
    return new Matrix(room.address(at), rows, columns, PANEL, transposed, true);
  }

  /** Its numbers without gaps, row by row or column by column, in an array of the thread. */
  private float[] read(boolean byColumns) {
    int lines = columnMajor ? columns : rows;
    int length = columnMajor ? rows : columns;
    long extent = (lines - 1L) * leading + length;
    FloatPointer whole = new Address(pointer.address()).capacity(extent);
    FloatBuffer from = whole.asBuffer();
    float[] copy = Scratch.floats(1, lines * length);
    float[] line = Scratch.floats(0, length);
    for (int i = 0; i < lines; i++) {
      if (byColumns == columnMajor) {
        from.get(i * leading, copy, i * length, length);
        continue;
      }
      from.get(i * leading, line, 0, length);
      for (int j = 0; j < length; j++) {
        copy[j * lines + i] = line[j];
      }
    }
    return copy;
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
