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

  private static boolean small = BlasCore.hasSmallKernels();

  private Blas() {}

  /** Whether a step of a recurrent layer is a small product, for some rows at least. */
  static boolean isSmall(int inputs, int hidden) {
    return small && (long) LINES * hidden * Math.max(inputs, hidden) <= SMALL;
  }

  /** For tests; gives what it was before. */
  static boolean setSmallKernels(boolean there) {
    boolean before = small;
    small = there;
    return before;
  }

  /** {@code c = a b}, or {@code c += a b}. */
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
    long line = (long) n * (flipA ? m : k); // of those that are cut
    if (small && !flipB && line * (flipA ? k : m) > SMALL && line * LINES <= SMALL) {
      cut(flipA, m, n, k, a, b, beta, c);
      return;
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

  /**
   * A large product as small ones: some rows of a and c at a time, or, where a is turned, some of
   * the numbers that are added up.
   */
  private static void cut(
      boolean flipA, int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
    int all = flipA ? k : m;
    long each = SMALL / ((long) n * (flipA ? m : k)) / LINES * LINES;
    Matrix.Address aPart = new Matrix.Address(a.pointer.address());
    Matrix.Address other = new Matrix.Address((flipA ? b : c).pointer.address());
    int otherLeading = flipA ? b.leading : c.leading;
    for (int from = 0; from < all; from += (int) each) {
      int count = (int) Math.min(each, all - from);
      aPart.to(a.pointer.address() + (long) from * a.leading * Float.BYTES);
      other.to((flipA ? b : c).pointer.address() + (long) from * otherLeading * Float.BYTES);
      cblas_sgemm(
          CblasRowMajor,
          flipA ? CblasTrans : CblasNoTrans,
          CblasNoTrans,
          flipA ? m : count,
          n,
          flipA ? count : k,
          1,
          aPart,
          a.leading,
          flipA ? other : b.pointer,
          b.leading,
          flipA && from > 0 ? 1 : beta,
          flipA ? c.pointer : other,
          c.leading);
    }
  }
}
