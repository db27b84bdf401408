package io.github.recurrentzoo.layers.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

/** Matrix products in the OpenBLAS that ND4J brings. */
final class Blas {

  /**
   * OpenBLAS's kernels for small products, where it has some, serve up to so many multiplications,
   * and A B in that order in memory only (docs/adr/0013).
   */
  private static final long SMALL = 1_000_000;

  private static final int LINES = 16; // cuts are multiples of it
  private static final int COLUMNS = 64; // as many at least; else there are too many pieces
  private static final int TURNED_ROWS = 64; // of the result a^T b
  private static final int TURNED_COLUMNS = 128;
  static final int WIDE = 1024; // with more columns b is read too often

  private static boolean small = BlasCore.hasSmallKernels();

  private Blas() {}

  /** Whether a step of a recurrent layer is a small product, in pieces at least. */
  static boolean isSmall(int inputs, int hidden) {
    return small && columnsOfPiece(hidden, Math.max(inputs, hidden)) > 0;
  }

  /** For tests; gives what it was before. */
  static boolean setSmallKernels(boolean there) {
    boolean before = small;
    small = there;
    return before;
  }

  /**
   * {@code c = a b}, or {@code c += a b}. If b lies in panels, this takes panels of b as it is, and
   * {@link #multiplyTransposed} panels of its transpose; no other product takes panels.
   */
  static void multiply(Matrix a, Matrix b, boolean add, Matrix c) {
    multiply(a, false, b, false, add, c);
  }

  /** {@code c = a b^T}, or {@code c += a b^T}. */
  static void multiplyTransposed(Matrix a, Matrix b, boolean add, Matrix c) {
    multiply(a, false, b, true, add, c);
  }

  /** {@code c = a^T b}, or {@code c += a^T b}. */
  static void transposedMultiply(Matrix a, Matrix b, boolean add, Matrix c) {
    multiply(a, true, b, false, add, c);
  }

  private static void multiply(
      Matrix a, boolean transposeA, Matrix b, boolean transposeB, boolean add, Matrix c) {
    int inner = transposeA ? a.rows : a.columns;
    // A column-major matrix is the transpose of a row-major one.
    boolean flipA = transposeA != a.columnMajor;
    boolean flipB = transposeB != b.columnMajor;
    if (c.columnMajor) { // c^T = b^T a^T
      product(!flipB, !flipA, c.columns, c.rows, inner, b, a, add, c);
    } else {
      product(flipA, flipB, c.rows, c.columns, inner, a, b, add, c);
    }
  }

  /** All three row-major: [m, n] = op(a) [m, k] op(b) [k, n]. */
  private static void product(
      boolean flipA,
      boolean flipB,
      int m,
      int n,
      int k,
      Matrix a,
      Matrix b,
      boolean add,
      Matrix c) {
    float beta = add ? 1 : 0;
    if (b.inPanels) {
      if (flipA || flipB) {
        throw new IllegalArgumentException("No product of matrices that lie like this");
      }
      cutPanels(m, n, k, a, b, beta, c);
      return;
    }
    if (m == 1 && !flipA) { // one row: much quicker as a product of matrix and vector
      int rows = flipB ? n : k;
      int columns = flipB ? k : n;
      cblas_sgemv(
          CblasRowMajor,
          flipB ? CblasNoTrans : CblasTrans,
          rows,
          columns,
          1,
          b.pointer,
          b.leading,
          a.pointer,
          1,
          beta,
          c.pointer,
          1);
      return;
    }
    if (small && !flipB && n <= WIDE && (long) m * n * k > SMALL) {
      if (flipA) {
        cutTurned(m, n, k, a, b, beta, c);
        return;
      }
      int columns = columnsOfPiece(n, k);
      if (columns > 0) {
        cut(columns, m, n, k, a, b, beta, c);
        return;
      }
    }
    cblas_sgemm(
        CblasRowMajor,
        flipA ? CblasTrans : CblasNoTrans,
        flipB ? CblasTrans : CblasNoTrans,
        m,
        n,
        k,
        1,
        a.pointer,
        a.leading,
        b.pointer,
        b.leading,
        beta,
        c.pointer,
        c.leading);
  }

  /** How many of n columns a piece has for 16 rows to be small; 0 if that is too few. */
  private static int columnsOfPiece(int n, int k) {
    long columns = SMALL / LINES / k;
    return columns >= n ? n : (int) (columns / COLUMNS * COLUMNS);
  }

  /** A large product as small ones: some rows of a and c, and columns of b and c, at a time. */
  private static void cut(
      int columns, int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
    int rows = (int) (SMALL / ((long) columns * k)) / LINES * LINES;
    Piece piece = new Piece(a, b, c);
    for (int row = 0; row < m; row += rows) {
      int height = Math.min(rows, m - row);
      for (int column = 0; column < n; column += columns) {
        piece.left(row, 0).right(0, column).result(row, column);
        piece.multiply(false, height, Math.min(columns, n - column), k, beta);
      }
    }
  }

  /** Whether products with matrices in panels are quicker than others. */
  static boolean servesPanels() {
    return small;
  }

  /**
   * The same where b lies in panels: as many rows as are small at a time, and of the numbers that
   * are added up as many as leave room for {@value #LINES} rows.
   */
  private static void cutPanels(int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
    int depth = evenly(k, (int) (SMALL / Matrix.PANEL / LINES) / LINES * LINES);
    int rows = evenly(m, (int) (SMALL / Matrix.PANEL / depth) / LINES * LINES);
    Piece piece = new Piece(a, b, c);
    for (int first = 0; first < n; first += Matrix.PANEL) {
      int width = Math.min(Matrix.PANEL, n - first);
      for (int row = 0; row < m; row += rows) {
        for (int from = 0; from < k; from += depth) {
          int height = Math.min(rows, m - row);
          piece.left(row, from).panel(first, k, from, width).result(row, first);
          piece.multiply(
              false, height, width, Math.min(depth, k - from), width, from > 0 ? 1 : beta);
        }
      }
    }
  }

  /**
   * The size of parts that are about alike, a multiple of {@value #LINES}, and {@code most} at
   * most.
   */
  private static int evenly(int count, int most) {
    int parts = (count + most - 1) / most;
    return ((count + parts - 1) / parts + LINES - 1) / LINES * LINES;
  }

  /**
   * The same of a^T b: some rows and columns of c, and some of the numbers that are added up, in
   * their order.
   */
  private static void cutTurned(int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
    int rows = Math.min(m, TURNED_ROWS);
    int columns = Math.min(n, TURNED_COLUMNS);
    int depth = (int) (SMALL / ((long) rows * columns)) / LINES * LINES;
    Piece piece = new Piece(a, b, c);
    for (int from = 0; from < k; from += depth) {
      int count = Math.min(depth, k - from);
      for (int row = 0; row < m; row += rows) {
        int height = Math.min(rows, m - row);
        for (int column = 0; column < n; column += columns) {
          piece.left(from, row).right(from, column).result(row, column);
          int width = Math.min(columns, n - column);
          piece.multiply(true, height, width, count, from > 0 ? 1 : beta);
        }
      }
    }
  }

  /** Parts of three row-major matrices. */
  private static final class Piece {
    private final Matrix a;
    private final Matrix b;
    private final Matrix c;
    private final Matrix.Address left;
    private final Matrix.Address right;
    private final Matrix.Address result;

    Piece(Matrix a, Matrix b, Matrix c) {
      this.a = a;
      this.b = b;
      this.c = c;
      left = new Matrix.Address(a.pointer.address());
      right = new Matrix.Address(b.pointer.address());
      result = new Matrix.Address(c.pointer.address());
    }

    Piece left(int row, int column) {
      move(left, a, row, column);
      return this;
    }

    Piece right(int row, int column) {
      move(right, b, row, column);
      return this;
    }

    /** The panel from a column on, of a matrix of so many rows: from one of its rows on. */
    Piece panel(int column, int rows, int row, int width) {
      long at = (long) column * rows + (long) row * width;
      right.to(b.pointer.address() + at * Float.BYTES);
      return this;
    }

    void result(int row, int column) {
      move(result, c, row, column);
    }

    private static void move(Matrix.Address to, Matrix matrix, int row, int column) {
      to.to(matrix.pointer.address() + ((long) row * matrix.leading + column) * Float.BYTES);
    }

    void multiply(boolean flipA, int m, int n, int k, float beta) {
      multiply(flipA, m, n, k, b.leading, beta);
    }

    void multiply(boolean flipA, int m, int n, int k, int leadingB, float beta) {
      cblas_sgemm(
          CblasRowMajor,
          flipA ? CblasTrans : CblasNoTrans,
          CblasNoTrans,
          m,
          n,
          k,
          1,
          left,
          a.leading,
          right,
          leadingB,
          beta,
          result,
          c.leading);
    }
  }
}
