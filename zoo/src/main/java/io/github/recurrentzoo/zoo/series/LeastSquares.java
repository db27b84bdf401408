package io.github.recurrentzoo.zoo.series;

/** Linear least squares by the normal equations, for a few columns. */
final class LeastSquares {
  /** Keeps columns that are all but combinations of others from large weights. */
  private static final double RIDGE = 1e-10;

  private LeastSquares() {}

  /** The weights w with which the sum over the columns w_i x_i is nearest to y. */
  static double[] solve(double[][] columns, double[] y) {
    int n = columns.length;
    double[][] a = new double[n][n];
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = product(columns[i], columns[j]);
      }
      w[i] = product(columns[i], y);
      a[i][i] += RIDGE * a[i][i] + Double.MIN_NORMAL;
    }
    for (int j = 0; j < n; j++) { // Cholesky, a = L L^T
      for (int k = 0; k < j; k++) {
        for (int i = j; i < n; i++) {
          a[i][j] -= a[i][k] * a[j][k];
        }
      }
      double root = Math.sqrt(Math.max(a[j][j], Double.MIN_NORMAL));
      for (int i = j; i < n; i++) {
        a[i][j] /= root;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        w[i] -= a[i][k] * w[k];
      }
      w[i] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        w[i] -= a[k][i] * w[k];
      }
      w[i] /= a[i][i];
    }
    return w;
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
