package io.github.recurrentzoo.layers.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

/** Matrix products in the OpenBLAS that ND4J brings. */
final class Blas {

  private Blas() {}

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
}
