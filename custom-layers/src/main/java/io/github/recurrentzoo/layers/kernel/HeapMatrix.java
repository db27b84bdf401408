package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix of floats on the Java heap, for products with a few rows: less than a call of BLAS and
 * the copies for it take. Each row is an array of its own, as the rows that it is multiplied with
 * are, because the JIT makes vector instructions of a loop only where all arrays have the same
 * index: with offsets it is four times as slow. It does not change; any number of threads may use
 * it.
 */
public final class HeapMatrix {

  private static final int AT_ONCE = 4; // lines that are added up in one pass

  /** With so many rows BLAS is quicker. */
  private static final int ROWS_FOR_BLAS = 24;

  /** Outside of the heap: this matrix, or what it is multiplied with. */
  private static final class Room {
    final NativeFloats x = new NativeFloats();
    final NativeFloats z = new NativeFloats();
    float[] line = {};
  }

  private static final ConcurrentLinkedDeque<Room> ROOMS = new ConcurrentLinkedDeque<>();

  private final float[][] lines; // [K][N]
  private final int columns;
  private NativeFloats copy; // for BLAS; null until it is needed
  private final NativeFloats blockMemory = new NativeFloats();
  private Matrix[] blocks; // null until they are needed

  private HeapMatrix(float[][] lines, int columns) {
    this.lines = lines;
    this.columns = columns;
  }

  /** A copy of a matrix [K, N], in whatever order that lies in memory. */
  public static HeapMatrix of(INDArray matrix) {
    int rows = Math.toIntExact(matrix.size(0));
    int columns = Math.toIntExact(matrix.size(1));
    int rowStride = rows == 1 ? 0 : Math.toIntExact(matrix.stride(0));
    int columnStride = columns == 1 ? 0 : Math.toIntExact(matrix.stride(1));
    float[] memory = new float[1 + (rows - 1) * rowStride + (columns - 1) * columnStride];
    try {
      Matrix.floats(matrix, memory.length).get(memory);
    } finally {
      Reference.reachabilityFence(matrix);
    }
    float[][] lines = new float[rows][columns];
    for (int k = 0; k < rows; k++) {
      for (int j = 0; j < columns; j++) {
        lines[k][j] = memory[k * rowStride + j * columnStride];
      }
    }
    return new HeapMatrix(lines, columns);
  }

  /** The rows [from, until), which are shared. */
  public HeapMatrix rows(int from, int until) {
    return new HeapMatrix(Arrays.copyOfRange(lines, from, until), columns);
  }

  /** The rows of this matrix and those of another one below, which are shared. */
  public HeapMatrix over(HeapMatrix other) {
    float[][] all = Arrays.copyOf(lines, lines.length + other.lines.length);
    System.arraycopy(other.lines, 0, all, lines.length, other.lines.length);
    return new HeapMatrix(all, columns);
  }

  /** A copy of the first columns. */
  public HeapMatrix firstColumns(int count) {
    float[][] first = new float[lines.length][];
    Arrays.setAll(first, k -> Arrays.copyOf(lines[k], count));
    return new HeapMatrix(first, count);
  }

  /** The number of its rows, K. */
  public int rows() {
    return lines.length;
  }

  /** The number of its columns, N. */
  public int columns() {
    return columns;
  }

  /** A row, [N]; not to be written to. */
  public float[] row(int row) {
    return lines[row];
  }

  /**
   * z += x M.
   *
   * @param x [count][K at least]
   * @param z [count][N at least]
   */
  public void addProduct(float[][] x, int count, float[][] z) {
    if (count >= ROWS_FOR_BLAS) {
      addByBlas(x, null, null, count, z);
      return;
    }
    int k = 0;
    for (; k + AT_ONCE <= lines.length; k += AT_ONCE) {
      for (int row = 0; row < count; row++) {
        addFour(x[row], k, z[row]);
      }
    }
    for (; k < lines.length; k++) {
      for (int row = 0; row < count; row++) {
        addOne(x[row][k], lines[k], z[row]);
      }
    }
  }

  /** z += x M for one row. */
  public void addProduct(float[] x, float[] z) {
    int k = 0;
    for (; k + AT_ONCE <= lines.length; k += AT_ONCE) {
      addFour(x, k, z);
    }
    for (; k < lines.length; k++) {
      addOne(x[k], lines[k], z);
    }
  }

  /**
   * z += x M + y N, where N has as many columns.
   *
   * @param x [count][K at least]
   * @param second N
   * @param y [count][rows of N at least]
   * @param z [count][columns at least]
   */
  public void addProducts(float[][] x, HeapMatrix second, float[][] y, int count, float[][] z) {
    if (count >= ROWS_FOR_BLAS) {
      addByBlas(x, second, y, count, z);
      return;
    }
    addProduct(x, count, z);
    second.addProduct(y, count, z);
  }

  private void addByBlas(float[][] x, HeapMatrix second, float[][] y, int count, float[][] z) {
    Room room = ROOMS.pollFirst();
    if (room == null) {
      room = new Room();
    }
    room.z.ensure((long) count * columns);
    if (room.line.length < columns) {
      room.line = new float[columns];
    }
    BlasThreads.enter();
    try {
      multiply(x, count, false, room);
      if (second != null) {
        second.multiply(y, count, true, room);
      }
    } finally {
      BlasThreads.leave();
    }
    for (int row = 0; row < count; row++) {
      room.z.get((long) row * columns, room.line, columns);
      addOne(1, room.line, z[row]);
    }
    ROOMS.addFirst(room);
  }

  /** The room's z = x M, or z += x M. */
  private void multiply(float[][] x, int count, boolean add, Room room) {
    int size = lines.length;
    room.x.ensure((long) count * size);
    for (int row = 0; row < count; row++) {
      room.x.put((long) row * size, x[row], size);
    }
    Blas.multiply(
        Matrix.rowMajor(room.x.address(0), count, size),
        Matrix.rowMajor(copy().address(0), size, columns),
        add,
        Matrix.rowMajor(room.z.address(0), count, columns));
  }

  /**
   * Blocks of so many columns, such as the gates of a cell, for BLAS; each lies by itself. This
   * matrix holds their memory.
   *
   * @param width of a block, the same each time
   */
  synchronized Matrix[] blocks(int width) {
    if (blocks == null) {
      Matrix[] made = new Matrix[columns / width];
      blockMemory.ensure((long) lines.length * columns);
      for (int i = 0; i < made.length; i++) {
        made[i] = block(i * width, width);
      }
      blocks = made;
    }
    return blocks;
  }

  private Matrix block(int from, int width) {
    int at = lines.length * from;
    for (int k = 0; k < lines.length; k++) {
      System.arraycopy(lines[k], from, Scratch.floats(3, width), 0, width);
      blockMemory.put((long) at + (long) k * width, Scratch.floats(3, width), width);
    }
    Matrix block = Matrix.rowMajor(blockMemory.address(at), lines.length, width);
    boolean panels = width > Matrix.PANEL && Blas.servesPanels();
    return panels ? block.inPanels(false, blockMemory, at) : block;
  }

  private synchronized NativeFloats copy() {
    if (copy == null) {
      NativeFloats made = new NativeFloats();
      made.ensure((long) lines.length * columns);
      for (int k = 0; k < lines.length; k++) {
        made.put((long) k * columns, lines[k], columns);
      }
      copy = made;
    }
    return copy;
  }

  private void addFour(float[] x, int k, float[] z) {
    float[] a = lines[k];
    float[] b = lines[k + 1];
    float[] c = lines[k + 2];
    float[] d = lines[k + 3];
    float x0 = x[k];
    float x1 = x[k + 1];
    float x2 = x[k + 2];
    float x3 = x[k + 3];
    int n = columns;
    for (int j = 0; j < n; j++) {
      z[j] += x0 * a[j] + x1 * b[j] + x2 * c[j] + x3 * d[j];
    }
  }

  private void addOne(float x, float[] line, float[] z) {
    int n = columns;
    for (int j = 0; j < n; j++) {
      z[j] += x * line[j];
    }
  }
}
