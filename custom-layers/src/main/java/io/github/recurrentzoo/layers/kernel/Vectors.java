package io.github.recurrentzoo.layers.kernel;

import java.util.Arrays;

/** Row vectors and matrices of the reference kernels, in double. None writes to its arguments. */
final class Vectors {

  private Vectors() {}

  /** {@code a + b}, each [N]. */
  static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone(); // [N]
    for (int j = 0; j < sum.length; j++) {
      sum[j] += b[j];
    }
    return sum;
  }

  /** {@code factor v}, [N]. */
  static double[] scaled(double factor, double[] v) {
    double[] scaled = v.clone(); // [N]
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] *= factor;
    }
    return scaled;
  }

  /** {@code v m}: [K] times [K, N] is [N]. */
  static double[] product(double[] v, double[][] m) {
    double[] product = new double[m[0].length]; // [N]
    for (int k = 0; k < v.length; k++) {
      for (int j = 0; j < product.length; j++) {
        product[j] += v[k] * m[k][j];
      }
    }
    return product;
  }

  /** {@code v m^T}: [N] times the transpose of [K, N] is [K]. */
  static double[] productTransposed(double[] v, double[][] m) {
    double[] product = new double[m.length]; // [K]
    for (int k = 0; k < product.length; k++) {
      for (int j = 0; j < v.length; j++) {
        product[k] += v[j] * m[k][j];
      }
    }
    return product;
  }

  /** a and b one after the other, [K + N]. */
  static double[] concat(double[] a, double[] b) {
    double[] concat = Arrays.copyOf(a, a.length + b.length); // [K + N]
    System.arraycopy(b, 0, concat, a.length, b.length);
    return concat;
  }
}
